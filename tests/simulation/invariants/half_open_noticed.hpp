#pragma once

// With a heartbeat a connection that fell silent is noticed in time, and soon after a signal of the
// page, unless the page's own timers were held up or its host cannot send a ping.

#include <simulation/invariants/story.hpp>

#include <algorithm>

namespace openline {

class HalfOpenNoticed : public Invariant {
 public:
  explicit HalfOpenNoticed(const Story& story) : Invariant{story, "half_open_noticed"} {}
  using Invariant::learn;

  void learn(const OpenReport& /*report*/) {
    probed_at_ = Instant::never();
    failed_at_ = Instant{};
  }
  void learn(const PingFailed& /*fact*/) {
    since_ = now();
    failed_at_ = now();
  }
  void learn(const PageSignalled& fact) {
    // A probe is another question with another time to answer it.
    since_ = now();
    const bool asks = fact.signal != PageSignal::hidden && fact.signal != PageSignal::stored;
    if (asks && story_.is_open && probed_at_ == Instant::never()) {
      probed_at_ = now();
    }
  }
  void settle() {
    const HeartbeatOptions& options = story_.options().heartbeat;
    if (!options.is_on() || story_.state().phase != Phase::open || !story_.is_open) {
      return;
    }
    const bool is_held_back = story_.scene.world.alarm() < now();
    since_ = is_held_back ? now() : since_;
    const Instant disturbed_at = std::max(since_, story_.scene.world.disturbed_at());
    // One look more than is needed: an upload that goes on puts off the judgement.
    const Instant since = std::max(story_.heard_at, disturbed_at);
    const Duration longest =
        options.interval + options.timeout * 2 + options.probe_timeout * 2 + slack;
    judge_.require(now() - since <= longest, "a silent connection is not noticed",
                   (now() - since).count());
    judge_probe(options);
  }

 private:
  void judge_probe(const HeartbeatOptions& options) {
    const bool is_void = story_.heard_at >= probed_at_ || failed_at_ >= story_.heard_at ||
                         story_.scene.world.alarm() < now() ||
                         story_.scene.world.disturbed_at() >= probed_at_;
    if (probed_at_ == Instant::never() || is_void) {
      probed_at_ = Instant::never();
      return;
    }
    // A second chance, and an upload that puts off the judgement.
    const Duration longest = probe_gap + options.probe_timeout * 3 + slack;
    judge_.require(now() - probed_at_ <= longest, "a signal of the page led to no probe",
                   (now() - probed_at_).count());
  }

  static constexpr Duration slack = Duration::milliseconds(500);

  Instant since_;
  Instant failed_at_;
  Instant probed_at_ = Instant::never();  // the first signal that is not answered yet
};

}  // namespace openline
