#pragma once

// Each loss that the line recovers from is told once, with the right duration.

#include <simulation/invariants/story.hpp>

namespace openline {

class OutageTold : public Invariant {
 public:
  explicit OutageTold(const Story& story) : Invariant{story, "outage_told"} {}
  using Invariant::learn;

  void learn(const StatusReport& report) {
    const bool is_lost = story_.phase_before == Phase::open && report.phase != Phase::open &&
                         report.phase != Phase::closing;
    if (is_lost) {
      lost_at_ = story_.options().heartbeat.is_on() ? story_.heard_at : now();
      // The line was alive when its close frame came, unless it was given up just before.
      or_at_ = framed_at_ == now() ? now() : lost_at_;
      is_lost_ = true;
    }
    if (report.phase == Phase::closed) {
      is_lost_ = false;
    }
  }
  void learn(const SocketClosed& fact) {
    if (fact.socket == story_.attempt && fact.code != close_abnormal) {
      framed_at_ = now();
    }
  }
  void learn(const OpenReport& /*report*/) {
    judge_.require(!is_due_, "an outage was not told");
    is_due_ = is_lost_;
    is_lost_ = false;
  }
  void learn(const OutageReport& report) {
    judge_.require(is_due_, "an outage that was none", report.down.count());
    judge_.require(report.down == now() - lost_at_ || report.down == now() - or_at_,
                   "an outage of another length", report.down.count());
    is_due_ = false;
  }
  void settle() { judge_.require(!is_due_, "an outage was not told"); }

 private:
  Instant lost_at_;
  Instant or_at_;
  Instant framed_at_;
  bool is_lost_ = false;
  bool is_due_ = false;
};

}  // namespace openline
