#pragma once

// HELLO comes first on each socket, and once; nothing else is said, and the line is not called
// open, before WELCOME. HELLO names the first message that is not settled, and bears the same
// client id as long as no message that was sent has been given up.

#include <simulation/openline1/invariants/invariant.hpp>

namespace openline::conversation {

class GreetingFirst : public Invariant {
 public:
  explicit GreetingFirst(const PageScene& scene) : Invariant{scene, "greeting_first"} {}
  using Invariant::learn;

  void learn(const FrameSaid& fact) {
    if (!(fact.socket == socket_)) {
      socket_ = fact.socket;
      is_welcomed_ = false;
      judge_.require(is(fact.frame, ToServer::hello), "HELLO does not come first", socket_.value);
      greet(fact.frame);
      return;
    }
    judge_.require(!is(fact.frame, ToServer::hello), "HELLO comes twice", socket_.value);
    judge_.require(is_welcomed_, "something is said before WELCOME", socket_.value);
  }
  void learn(const FrameHeard& fact) {
    is_welcomed_ = is_welcomed_ || (fact.socket == socket_ && is(fact.frame, ToClient::welcome));
  }
  void learn(const OpenReport& /*report*/) {
    judge_.require(is_welcomed_, "open before WELCOME", socket_.value);
  }
  void learn(const SettledReport& report) {
    is_another_ = is_another_ || report.how == Settlement::unknown;
  }

 private:
  void greet(const Json& hello) {
    const auto id = hello[1]["c"].get<std::string>();
    const bool is_same = id == client_id_;
    if (!client_id_.empty()) {
      judge_.require(is_same != is_another_,
                     is_same ? "a client that has given up comes back" : "another client id",
                     socket_.value);
    }
    client_id_ = id;
    is_another_ = false;
  }

  SocketId socket_;
  bool is_welcomed_ = false;
  bool is_another_ = false;  // the client id has to be
  std::string client_id_;
};

}  // namespace openline::conversation
