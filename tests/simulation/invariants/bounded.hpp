#pragma once

// Queues stay within their bounds, and a message is refused only for the reason that is given.

#include <simulation/invariants/story.hpp>

namespace openline {

class Bounded : public Invariant {
 public:
  explicit Bounded(const Story& story) : Invariant{story, "bounded"} {}
  using Invariant::learn;

  void learn(const SendAnswered& fact);
  void settle() {
    const OutboxLimits& limits = story_.scene.options.sender.outbox;
    const Outbox& outbox = story_.scene.client.outbox();
    judge_.require(outbox.size() <= limits.messages_max, "too many messages wait");
    judge_.require(outbox.bytes() <= limits.bytes_max, "too many bytes wait");
    judge_.require(story_.scene.client.reports().empty(), "reports are left over");
    // A queue may be dropped as a whole, and a step reports no more than a few things.
    judge_.require(story_.scene.client.reports().capacity() <= 4 * limits.messages_max + 256,
                   "the reports grow without end");
  }
};

inline void Bounded::learn(const SendAnswered& fact) {
  const OutboxLimits& limits = story_.scene.options.sender.outbox;
  const Outbox& outbox = story_.scene.client.outbox();
  const Phase phase = story_.state().phase;
  const bool makes_room = limits.overflow == Overflow::drop_oldest;
  const bool fits_never = fact.bytes > limits.bytes_max || limits.messages_max == 0;
  const std::int64_t value = fact.value.value;
  switch (fact.result) {
    case SendResult::sent:
      return judge_.require(phase == Phase::open, "sent while not open", value);
    case SendResult::queued:
      return judge_.require(phase != Phase::failed && phase != Phase::closed, "queued for nothing",
                            value);
    case SendResult::measure:
      return judge_.require(false, "measured twice", value);
    case SendResult::refused_too_large:
      return judge_.require(fact.bytes > story_.scene.options.sender.message_bytes_max,
                            "not too large", value);
    case SendResult::refused_queue_messages:
      return judge_.require(outbox.size() >= limits.messages_max && (!makes_room || fits_never),
                            "there is room for a message", value);
    case SendResult::refused_queue_bytes:
      return judge_.require(
          fact.bytes > limits.bytes_max - outbox.bytes() && (!makes_room || fits_never),
          "there is room for its bytes", value);
    case SendResult::refused_closed:
      return judge_.require(phase == Phase::closed || phase == Phase::closing, "not closed", value);
    case SendResult::refused_failed:
      return judge_.require(phase == Phase::failed, "not failed", value);
    case SendResult::refused_unsendable:
      return;
  }
}

}  // namespace openline
