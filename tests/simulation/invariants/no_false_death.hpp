#pragma once

// A connection is given up as dead only when a ping has really left and nothing came in for as long
// as an answer may take, nor while the upload before it goes on; and whoever looks far too late
// asks once more first.

#include <simulation/invariants/story.hpp>

#include <algorithm>
#include <cstdint>
#include <limits>
#include <utility>

namespace openline {

class NoFalseDeath : public Invariant {
 public:
  explicit NoFalseDeath(const Story& story) : Invariant{story, "no_false_death"} {}
  using Invariant::learn;

  void learn(const OpenReport& /*report*/) {
    pings_ = 0;
    asked_ = 0;
    is_judged_ = false;
  }
  void learn(const MessageReport& /*report*/) {
    has_spoken_ = true;
    // A ping of this very moment left after the message had been counted.
    if (story_.heard_at == now() && sent_at_ != now()) {
      pings_ = 0;
      asked_ = 0;
    }
  }
  void learn(const PingReport& /*report*/) { asked_ += 1; }
  void learn(const SocketHeard& /*fact*/) {
    if (story_.heard_at == now()) {
      pings_ = 0;
      asked_ = 0;
    }
  }
  void learn(const PingSent& fact) {
    if (fact.socket == story_.attempt) {
      pings_ += 1;
      // Then the answer is not expected before that has left.
      is_uploading_ = story_.scene.network.unsent_of_newest() > Network::ping_bytes;
      sent_at_ = now();
      least_ = unknown;
      unsent_ = unknown;
    }
  }
  void learn(const UploadSeen& fact) {
    if (fact.socket == story_.attempt) {
      least_ = std::min(least_, std::exchange(unsent_, fact.unsent));
      looked_at_ = now();
    }
  }
  void learn(const PortSent& /*fact*/) { busy_at_ = now(); }
  void learn(const Rang& /*fact*/) {
    // The rest of a message that has just been sent looks like an upload that goes on.
    constexpr Duration longest = Duration::milliseconds(50);
    is_uploading_ = is_uploading_ || now() - busy_at_ <= longest;
  }
  void learn(const PageSignalled& fact) {
    if (fact.signal == PageSignal::stored) {
      stored_at_ = now();
    }
  }
  void learn(const PortDiscarded& fact) {
    // Why else would a client discard a socket that is open?
    const bool is_explained = story_.ended_at == now() || stored_at_ == now() ||
                              story_.state().page.is_resting || !fact.was_open ||
                              story_.status.phase == Phase::closing ||
                              !(fact.socket == story_.attempt) || !story_.is_open;
    is_judged_ = !is_explained;
  }
  void settle() {
    const bool has_spoken = std::exchange(has_spoken_, false);
    if (!is_judged_) {
      return;
    }
    is_judged_ = false;
    const HeartbeatOptions& options = story_.options().heartbeat;
    if (story_.state().page.is_resting) {
      return;
    }
    const bool is_going_on = looked_at_ == now() && unsent_ > 0 && unsent_ < least_;
    judge_.require(!is_going_on, "dead though an upload goes on",
                   static_cast<std::int64_t>(unsent_));
    const Duration silence = now() - sent_at_;
    judge_.require(!has_spoken, "dead at the moment when it speaks", pings_);
    judge_.require(options.is_on() && pings_ > 0, "dead without a ping", pings_);
    judge_.require(silence >= std::min(options.timeout, options.probe_timeout),
                   "dead before an answer could come", silence.count());
    const Duration late = story_.is_hidden ? lateness_max_hidden : lateness_max_shown;
    const Duration longest = std::max(options.timeout, options.probe_timeout) + late;
    // Asked for once more is enough: a host that cannot send on its socket has lost it.
    const bool is_put_off = is_uploading_ || story_.put_off_at >= sent_at_;
    judge_.require(asked_ > 1 || is_put_off || silence <= longest,
                   "dead after a look that was far too late", silence.count());
  }

 private:
  static constexpr std::uint64_t unknown = std::numeric_limits<std::uint64_t>::max();

  std::int64_t pings_ = 0;  // that left since something was heard
  std::int64_t asked_ = 0;  // the same, and the host may have been unable to
  Instant sent_at_;
  Instant stored_at_;
  Instant busy_at_;
  Instant looked_at_;
  std::uint64_t unsent_ = unknown;  // since the last ping, when the client last looked
  std::uint64_t least_ = unknown;   // and before that
  bool is_uploading_ = false;
  bool has_spoken_ = false;
  bool is_judged_ = false;
};

}  // namespace openline
