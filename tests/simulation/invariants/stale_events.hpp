#pragma once

// No message of an abandoned socket is delivered, none of the present one is lost, and each handle
// that the client was given is answered for exactly once.

#include <simulation/invariants/story.hpp>

#include <deque>

namespace openline {

class StaleEvents : public Invariant {
 public:
  explicit StaleEvents(const Story& story) : Invariant{story, "stale_events"} {}
  using Invariant::learn;

  void learn(const MessageGiven& fact) { given_.push_back(fact); }
  void learn(const MessageReport& report) {
    const MessageGiven fact = take(report.value);
    judge_.require(fact.socket == story_.attempt, "a message of an abandoned socket",
                   report.value.value);
  }
  void learn(const DropReport& report) {
    if (report.cause == DropCause::stale) {
      const MessageGiven fact = take(report.value);
      const bool is_good =
          fact.socket == story_.attempt && story_.status.phase == Phase::open && story_.is_open;
      judge_.require(!is_good, "a message of the present socket is lost", report.value.value);
    }
  }
  void settle() { judge_.require(given_.empty(), "a message came in and was not passed on"); }

 private:
  MessageGiven take(Handle value) {
    const bool is_next = !given_.empty() && given_.front().value == value;
    judge_.require(is_next, "messages were lost, doubled or reordered", value.value);
    if (!is_next) {
      return {};
    }
    const MessageGiven fact = given_.front();
    given_.pop_front();
    return fact;
  }

  std::deque<MessageGiven> given_;
};

}  // namespace openline
