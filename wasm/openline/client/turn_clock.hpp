#pragma once

// TurnClock: a clock that stands still while one thing is worked through, so that all of it happens
// at one instant. It also looks only once: in a browser each look costs as much as some messages.

#include <openline/ports/clock_port.hpp>

#include <memory>
#include <optional>
#include <utility>

namespace openline {

class TurnClock final : public ClockPort {
 public:
  explicit TurnClock(std::unique_ptr<ClockPort> clock) : clock_{std::move(clock)} {}

  [[nodiscard]] Instant now() override {
    if (!now_) {
      now_ = clock_->now();
    }
    return *now_;
  }
  void wake_at(Instant at) override { clock_->wake_at(at); }

  /// Something else begins.
  void go_on() { now_.reset(); }

 private:
  std::unique_ptr<ClockPort> clock_;
  std::optional<Instant> now_;
};

}  // namespace openline
