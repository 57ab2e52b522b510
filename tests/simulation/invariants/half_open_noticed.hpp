#pragma once

// With a heartbeat a connection that fell silent is noticed in time, unless the page's own timers
// were held up.

#include <simulation/invariants/story.hpp>

#include <algorithm>

namespace openline {

class HalfOpenNoticed : public Invariant {
 public:
  explicit HalfOpenNoticed(const Story& story) : Invariant{story, "half_open_noticed"} {}
  using Invariant::learn;

  void learn(const PingFailed& /*fact*/) { since_ = now(); }
  // Its signals may ask for a probe, which is another question with another time to answer it.
  void learn(const PageSignalled& /*fact*/) { since_ = now(); }
  void learn(const PortSent& fact) { unsent_at_ = fact.unsent > 0 ? now() : unsent_at_; }
  void settle() {
    const HeartbeatOptions& options = story_.options().heartbeat;
    if (story_.scene.world.alarm() < now()) {
      since_ = now();  // the alarm is held back
    }
    if (!options.is_on() || story_.state().phase != Phase::open || !story_.is_open) {
      return;
    }
    // A look for an answer may be put off as long as an upload goes on.
    const Instant since =
        std::max({story_.heard_at, since_, story_.scene.world.disturbed_at(), unsent_at_});
    const Duration longest = options.interval + options.timeout + options.probe_timeout * 2 +
                             Duration::milliseconds(500);
    judge_.require(now() - since <= longest, "a silent connection is not noticed",
                   (now() - since).count());
  }

 private:
  Instant since_;
  Instant unsent_at_;
};

}  // namespace openline
