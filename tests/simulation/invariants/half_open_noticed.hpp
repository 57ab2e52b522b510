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
    sent_at_ = Instant{};
  }
  void learn(const PingSent& fact) {
    if (fact.socket == story_.attempt) {
      sent_at_ = now();
    }
  }
  // Late as well, and perhaps asked for once more: a message made the client look at the clock.
  void learn(const MessageGiven& /*fact*/) {
    held_at_ = story_.scene.world.alarm() <= now() ? now() : held_at_;
  }
  void learn(const PingFailed& /*fact*/) {
    since_ = now();
    failed_at_ = now();
  }
  void learn(const PageSignalled& fact) {
    // A probe is another question with another time to answer it.
    since_ = now();
    held_at_ = story_.scene.world.alarm() <= now() ? now() : held_at_;
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
    held_at_ = story_.scene.world.alarm() < now() ? now() : held_at_;
    // An upload that goes on puts off the judgement.
    const Instant disturbed_at =
        std::max({held_at_, story_.scene.world.disturbed_at(), story_.put_off_at});
    const Instant since = std::max({story_.heard_at, since_, disturbed_at});
    const Duration longest =
        options.interval + std::max(options.timeout, options.probe_timeout) + lateness;
    judge_.require(now() - since <= longest, "a silent connection is not noticed",
                   (now() - since).count());
    judge_answer(options, disturbed_at);
    judge_probe(options, disturbed_at);
  }

 private:
  /// Once a ping has left, neither a signal nor another one that does not leave gives more time.
  void judge_answer(const HeartbeatOptions& options, Instant disturbed_at) {
    const Instant since = std::max(sent_at_, disturbed_at);
    const Duration longest = std::max(options.timeout, options.probe_timeout) + lateness;
    const bool is_answered = sent_at_ == Instant{} || story_.heard_at >= sent_at_;
    judge_.require(is_answered || now() - since <= longest, "a ping is not judged in time",
                   (now() - since).count());
  }
  void judge_probe(const HeartbeatOptions& options, Instant disturbed_at) {
    const bool is_void = story_.heard_at >= probed_at_ || failed_at_ >= story_.heard_at ||
                         disturbed_at >= probed_at_;
    if (probed_at_ == Instant::never() || is_void) {
      probed_at_ = Instant::never();
      return;
    }
    const Duration longest = probe_gap + options.probe_timeout + lateness;
    judge_.require(now() - probed_at_ <= longest, "a signal of the page led to no probe",
                   (now() - probed_at_).count());
  }

  // Of two timers, for the ping and for its answer; whatever is later disturbs (World::take_alarm).
  static constexpr Duration lateness = Duration::milliseconds(20);

  Instant since_;
  Instant held_at_;  // the alarm has been due for a while
  Instant sent_at_;  // a ping of this connection has left
  Instant failed_at_;
  Instant probed_at_ = Instant::never();  // the first signal that is not answered yet
};

}  // namespace openline
