#pragma once

// There is always something to come: a deadline with an alarm set for it, a page to come back, a
// socket whose events count, or a state that the application alone may leave.

#include <simulation/invariants/story.hpp>

#include <algorithm>

namespace openline {

class NeverStuck : public Invariant {
 public:
  explicit NeverStuck(const Story& story) : Invariant{story, "never_stuck"} {}
  using Invariant::learn;

  void learn(const StatusReport& /*report*/) { changed_at_ = now(); }
  void learn(const UrlReport& /*report*/) { begun_at_ = now(); }
  void learn(const CredentialsReport& /*report*/) { begun_at_ = now(); }
  void learn(const PortClosed& /*fact*/) { begun_at_ = now(); }
  void learn(const Rang& /*fact*/) {
    // Rings in a row at one instant: the client asks for alarms that change nothing.
    constexpr int rings_max = 8;
    rings_ = now() == rang_at_ ? rings_ + 1 : 0;
    rang_at_ = now();
    has_rung_ = true;
    judge_.require(rings_ < rings_max, "the alarm rings without end", rings_);
  }
  void settle() {
    const ConnectionState& state = story_.state();
    const Instant by = ends_by(state);
    const Instant alarm = story_.scene.world.alarm();
    const Instant expiry = expiry_of_oldest();
    judge_.require(alarm <= std::min(by, expiry), "no alarm is set in time", alarm.count());
    judge_.require(alarm == std::min(wake_time(state), expiry), "the alarm is another one",
                   alarm.count());
    if (has_rung_) {
      judge_.require(by > now() || changed_at_ == now(),
                     "a deadline has passed and nothing came of it", by.count());
      has_rung_ = false;
    }
  }
  void check_end() {
    judge_.require(story_.scene.world.alarm() == Instant::never(), "an alarm outlives its client");
  }

 private:
  [[nodiscard]] Instant ends_by(const ConnectionState& state) const {
    const ConnectionOptions& options = story_.options();
    switch (state.phase) {
      case Phase::refreshing:
      case Phase::asking:
      case Phase::opening:
        return begun_at_ + options.connect_timeout;
      case Phase::closing:
        return begun_at_ + options.close_timeout;
      case Phase::waiting:
        return story_.status.retry_at;
      case Phase::open: {
        const bool is_on = options.heartbeat.is_on();
        const Duration longest = std::max({options.heartbeat.interval, options.heartbeat.timeout,
                                           options.heartbeat.probe_timeout});
        return is_on ? now() + longest : Instant::never();
      }
      case Phase::idle:
      case Phase::resting:
      case Phase::closed:
      case Phase::failed:
        return Instant::never();
    }
    return Instant::never();
  }
  [[nodiscard]] Instant expiry_of_oldest() const {
    const Outbox& outbox = story_.scene.client.outbox();
    return outbox.is_empty() ? Instant::never() : outbox.front().expires_at;
  }

  Instant begun_at_;
  Instant changed_at_;
  Instant rang_at_;
  int rings_ = 0;
  bool has_rung_ = false;
};

}  // namespace openline
