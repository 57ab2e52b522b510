#pragma once

// However a page or its network flaps, its signals bring an attempt now and then, not in a row.

#include <simulation/invariants/story.hpp>

#include <algorithm>

namespace openline {

class HintsRationed : public Invariant {
 public:
  explicit HintsRationed(const Story& story) : Invariant{story, "hints_rationed"} {}
  using Invariant::learn;

  void learn(const UrlReport& report) {
    // Sooner than the shortest delay only a signal brings an attempt, and the next one not before
    // hint_gap has passed.
    const Duration least = std::min(story_.options().backoff.delay_min, hint_gap);
    if (is_other_ || asked_at_ == now()) {
      last_at_ = Instant{};
      is_other_ = false;
    }
    const bool has_three = last_at_ != Instant{} && before_last_at_ != Instant{};
    judge_.require(!has_three || now() - before_last_at_ >= least,
                   "signals bring attempts in a row", report.socket.value);
    before_last_at_ = last_at_;
    last_at_ = now();
  }
  // These begin anew without a delay.
  void learn(const StatusReport& /*report*/) {
    is_other_ = is_other_ || story_.phase_before == Phase::resting ||
                story_.phase_before == Phase::refreshing || story_.phase_before == Phase::closing;
  }
  void learn(const OpenRequested& /*fact*/) { note_asked(); }
  void learn(const ReconnectRequested& /*fact*/) { note_asked(); }
  void learn(const CloseRequested& /*fact*/) { note_asked(); }

 private:
  void note_asked() {
    asked_at_ = now();
    is_other_ = true;
  }

  Instant asked_at_;
  Instant last_at_;
  Instant before_last_at_;
  bool is_other_ = false;  // the application or new credentials bring the next attempt
};

}  // namespace openline
