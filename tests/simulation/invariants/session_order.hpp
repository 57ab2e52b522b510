#pragma once

// What the application hears of a connection has an order: a URL is asked for, then open, messages,
// error, close, each in its place; and the status is that of the state.

#include <simulation/invariants/story.hpp>

namespace openline {

class SessionOrder : public Invariant {
 public:
  explicit SessionOrder(const Story& story) : Invariant{story, "session_order"} {}
  using Invariant::learn;

  void learn(const UrlReport& report) {
    judge_.require(!is_open_, "asked for a URL while open", report.socket.value);
    judge_.require(report.socket.value > attempt_.value, "an old attempt", report.socket.value);
    attempt_ = report.socket;
    is_ended_ = false;
  }
  void learn(const UrlReady& fact) {
    answered_ = fact.socket == attempt_ ? fact.socket : answered_;
  }
  void learn(const PortOpened& fact) {
    judge_.require(fact.socket == answered_, "opened with an answer to another question",
                   fact.socket.value);
  }
  void learn(const SocketOpened& fact) {
    // Socket 23 may be heard of after socket 24.
    browser_opened_ = fact.socket.value > browser_opened_.value ? fact.socket : browser_opened_;
  }
  void learn(const SocketClosed& fact) {
    if (fact.socket == attempt_) {
      browser_closed_ = fact.socket;
      code_ = fact.code;
    }
  }
  void learn(const OpenReport& /*report*/) {
    judge_.require(!is_open_ && !is_ended_, "opened out of turn", attempt_.value);
    judge_.require(browser_opened_ == attempt_, "opened by a socket of before", attempt_.value);
    is_open_ = true;
  }
  void learn(const MessageReport& report) {
    judge_.require(is_open_, "a message of no open socket", report.value.value);
  }
  void learn(const ErrorReport& /*report*/) {
    judge_.require(!is_ended_, "an error after the end", attempt_.value);
  }
  void learn(const CloseReport& report) {
    judge_.require(!is_ended_, "closed twice", attempt_.value);
    const bool is_own = report.code == close_abnormal || report.code == close_normal;
    judge_.require(is_own || (browser_closed_ == attempt_ && code_ == report.code),
                   "a code that no server sent", report.code);
    is_open_ = false;
    is_ended_ = true;
  }
  void settle() {
    const ConnectionState& state = story_.state();
    const StatusReport& status = story_.status;
    judge_.require(status.phase == state.phase && status.failure == state.failure &&
                       status.attempt == state.attempt,
                   "the status is not that of the state", state.attempt);
    const bool is_waiting = state.phase == Phase::waiting;
    judge_.require(status.retry_at == (is_waiting ? state.deadline : Instant::never()),
                   "the status tells another time", status.retry_at.count());
    judge_.require(is_open_ == (state.phase == Phase::open || state.phase == Phase::closing),
                   "open and close do not match the state", is_open_ ? 1 : 0);
  }

 private:
  SocketId attempt_;
  SocketId answered_;  // the newest attempt whose URL was said
  SocketId browser_opened_;
  SocketId browser_closed_;
  CloseCode code_ = 0;
  bool is_open_ = false;
  bool is_ended_ = true;
};

}  // namespace openline
