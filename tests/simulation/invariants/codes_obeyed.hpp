#pragma once

// What a close code asks for is done: retried, given up, or new credentials asked for, once between
// two stable connections; and a line fails for no other reason.

#include <simulation/invariants/story.hpp>

#include <cstdint>

namespace openline {

class CodesObeyed : public Invariant {
 public:
  explicit CodesObeyed(const Story& story) : Invariant{story, "codes_obeyed"} {}
  using Invariant::learn;

  void learn(const StatusReport& report);
  void learn(const CredentialsReport& report);
  void learn(const CredentialsReady& fact);
  // What was renewed before a sleep may be old.
  void learn(const Rang& /*fact*/) { note_sleep(); }
  void learn(const MessageGiven& /*fact*/) { note_sleep(); }
  void learn(const CloseReport& report);
  void learn(const ReconnectRequested& /*fact*/) { refreshed_ = Answer::no; }
  void learn(const SocketRefused& fact) {
    refused_ = fact.socket == story_.attempt ? fact.socket : refused_;
  }
  void learn(const PortOpened& fact) {
    if (!fact.is_taken) {
      refused_ = fact.socket;
    }
  }
  void settle();

 private:
  enum class Answer : std::uint8_t { no, yes, unknown };

  void note_sleep() {
    if (story_.overslept_at == now() && refreshed_ == Answer::yes) {
      refreshed_ = Answer::unknown;
    }
  }

  Answer refreshed_ = Answer::no;  // since the line was last stable
  SocketId refused_;
  Instant ready_at_;
  CloseCode code_ = 0;  // of the last connection
};

}  // namespace openline
