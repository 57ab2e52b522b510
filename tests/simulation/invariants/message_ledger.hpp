#pragma once

// Every accepted message is sent, waiting or reported as dropped, exactly once, and messages leave
// in the order in which they were accepted. What became of it on the wire is not asked.

#include <simulation/invariants/story.hpp>

#include <deque>

namespace openline {

class MessageLedger : public Invariant {
 public:
  explicit MessageLedger(const Story& story) : Invariant{story, "message_ledger"} {}
  using Invariant::learn;

  void learn(const SendAnswered& fact);
  void learn(const PortSent& fact);
  void learn(const FlushReport& report);
  void learn(const DropReport& report);
  void settle();

 private:
  struct Waiting {
    Handle value;
    std::uint64_t bytes = 0;
    Instant expires_at;
  };

  bool take_waiting(Handle value);
  void check_overflow(const Waiting& dropped);

  std::deque<Waiting> waiting_;
  std::deque<Handle> flushed_;     // handed over, not reported yet
  std::deque<Handle> unsendable_;  // refused by the platform, not reported yet
  Handle direct_;                  // handed over without having waited
  Handle newest_sent_;
  std::uint64_t bytes_ = 0;  // of those that wait
};

}  // namespace openline
