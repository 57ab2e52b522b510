#pragma once

// Attempts are counted from one stable connection to the next, and a line gives up exactly when the
// last of them has failed.

#include <simulation/invariants/story.hpp>

namespace openline {

class AttemptCount : public Invariant {
 public:
  explicit AttemptCount(const Story& story) : Invariant{story, "attempt_count"} {}
  using Invariant::learn;

  void learn(const StatusReport& report) {
    const std::uint32_t max = story_.options().attempts_max;
    if (report.attempt > newest_) {
      judge_.require(report.attempt == newest_ + 1, "more than one at once", report.attempt);
    } else if (report.attempt < newest_) {
      // close() and reconnect() may work some time later, when the closing handshake has ended.
      const bool is_asked = story_.ended_at == now() || story_.phase_before == Phase::closing ||
                            story_.phase_before == Phase::closed ||
                            story_.phase_before == Phase::failed;
      judge_.require(is_asked || story_.is_stable(), "forgotten too early", report.attempt);
    }
    const bool is_lost = story_.phase_before == Phase::open && report.phase == Phase::waiting;
    if (is_lost && story_.is_stable()) {
      judge_.require(report.attempt <= 1, "not forgotten though stable", report.attempt);
    }
    judge_.require(report.attempt <= max, "one too many", report.attempt);
    if (report.failure == Failure::attempts) {
      judge_.require(report.attempt == max, "gave up too early", report.attempt);
    }
    newest_ = report.attempt;
  }
  void learn(const Rang& /*fact*/) { has_rung_ = true; }
  void settle() {
    if (has_rung_ && story_.state().phase == Phase::open && story_.is_stable()) {
      judge_.require(story_.state().attempt == 0, "not forgotten though stable",
                     story_.state().attempt);
    }
    has_rung_ = false;
  }

 private:
  std::uint32_t newest_ = 0;
  bool has_rung_ = false;
};

}  // namespace openline
