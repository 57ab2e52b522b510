#pragma once

// At most one socket lives, it is the one that the client knows of, and its number is new.

#include <simulation/invariants/story.hpp>

namespace openline {

class OneSocket : public Invariant {
 public:
  explicit OneSocket(const Story& story) : Invariant{story, "one_socket"} {}
  using Invariant::learn;

  void learn(const PortOpened& fact) {
    judge_.require(live_ == SocketId{}, "a second socket is opened", fact.socket.value);
    judge_.require(fact.socket.value > newest_.value, "a number is used twice", fact.socket.value);
    newest_ = fact.socket;
    is_discarded_ = false;
    live_ = fact.is_taken ? fact.socket : SocketId{};
  }
  void learn(const PortSent& fact) { require_newest(fact.socket); }
  void learn(const PortClosed& fact) {
    require_newest(fact.socket);
    judge_.require(!is_closing_ || !(closing_ == fact.socket), "closed twice", fact.socket.value);
    is_closing_ = true;
    closing_ = fact.socket;
  }
  void learn(const PortDiscarded& fact) {
    require_newest(fact.socket);
    is_discarded_ = true;
    live_ = SocketId{};
  }
  void learn(const SocketClosed& fact) {
    if (live_ == fact.socket) {
      live_ = SocketId{};
    }
  }
  void settle() {
    const ConnectionState& state = story_.state();
    const SocketId known = has_socket(state.phase) ? state.socket : SocketId{};
    judge_.require(live_ == known, "the client and the browser disagree", live_.value);
  }
  void check_end() {
    judge_.require(live_ == SocketId{}, "a socket outlives its client", live_.value);
  }

 private:
  void require_newest(SocketId socket) {
    judge_.require(socket == newest_ && !is_discarded_, "a socket that is gone is used",
                   socket.value);
  }

  SocketId live_;
  SocketId newest_;
  SocketId closing_;
  bool is_closing_ = false;
  bool is_discarded_ = false;
};

}  // namespace openline
