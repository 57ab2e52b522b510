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
      // With a ping out it was alive when it was last heard. A ping and its answer, or the close
      // frame and the end of patience, may have come in the same instant, in either order.
      const bool is_doubtful = is_pinged_ && pinged_at_ >= story_.heard_at;
      const bool is_tied =
          pinged_at_ == story_.heard_at || pinged_at_ == now() || framed_at_ == now();
      lost_at_ = is_doubtful ? story_.heard_at : now();
      or_at_ = is_tied ? now() : lost_at_;
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
  void learn(const PingSent& fact) {
    if (story_.is_open && fact.socket == story_.attempt) {
      is_pinged_ = true;
      pinged_at_ = now();
    }
  }
  void learn(const OpenReport& /*report*/) {
    is_pinged_ = false;
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
  Instant pinged_at_;
  bool is_pinged_ = false;
  bool is_lost_ = false;
  bool is_due_ = false;
};

}  // namespace openline
