#pragma once

// ConnectionStep: one step of the machine under way, and the moves that it is made of. It changes
// the state in place and notes commands; which event makes which move is the machine's business.

#include <openline/connection/connection_machine.hpp>

#include <optional>

namespace openline {

/// Why an attempt is needed: what the server said, if it did.
struct RetryCause {
  CloseMeaning meaning = CloseMeaning::retry;
  std::optional<Duration> retry_after;
};

class ConnectionStep {
 public:
  ConnectionStep(const ConnectionOptions& options, const ConnectionState& state,
                 const StepInputs& inputs)
      : options_{options}, inputs_{inputs}, state_{state} {}

  [[nodiscard]] const ConnectionOptions& options() const { return options_; }
  [[nodiscard]] const StepInputs& inputs() const { return inputs_; }
  [[nodiscard]] const ConnectionState& state() const { return state_; }
  [[nodiscard]] Transition finish() const { return {state_, commands_}; }
  [[nodiscard]] bool is_current(SocketId socket, Phase phase) const {
    return state_.phase == phase && state_.socket == socket;
  }
  [[nodiscard]] bool is_due() const { return inputs_.now >= state_.deadline; }

  void note(const ConnectionCommand& command) { commands_.add(command); }
  void set_reopen(bool reopen) { state_.reopen = reopen; }
  [[nodiscard]] PageState& page() { return state_.page; }
  [[nodiscard]] Heartbeat& heartbeat() { return state_.heartbeat; }

  /// A new attempt, with a new SocketId, now or when the budget allows: asks for the URL.
  void connect();
  /// The same, forgetting the attempts so far.
  void connect_afresh();
  void open_socket();
  void become_open();
  /// Starts the closing handshake.
  void begin_closing(CloseCode code);
  /// Closes and forgets the socket; the application hears of it.
  void drop_socket(CloseCode code);
  void become_closed();
  void fail(Failure failure);
  /// Waits for the page to be shown or restored.
  void rest();
  /// Waits for the next attempt, or fails when none is left.
  void retry_later(const RetryCause& cause = {});
  /// waiting: for so long from now, unless the server or the budget wants it to be longer, or the
  /// page has promised a network.
  void wait_for(Duration wait);
  /// The same as retry_later; but a server that spoke wrongly is not tried for ever.
  void retry_after_fault(bool is_wrong);
  /// What the code of a close event asks for: a retry, new credentials or a failure.
  void follow(CloseCode code, std::optional<Duration> retry_after);
  /// Attempts start anew once the line has been open for long enough.
  void note_stability();
  /// Credentials that were new may be old: the next 4401 asks again.
  void forget_refresh() { state_.has_refreshed = false; }
  /// The credentials were not renewed: a failed attempt.
  void give_up_refreshing();

  /// waiting: the next attempt comes almost at once, unless the server or the budget forbids it,
  /// and the backoff begins anew.
  void bring_forward();
  /// For a while a failure is answered with an attempt at once, and the backoff begins anew.
  void expect_news();
  /// True once in a while: signals of the page that flap bring few attempts.
  [[nodiscard]] bool takes_hint() const { return inputs_.now >= state_.next_hint_at; }
  void hint_taken() { state_.next_hint_at = inputs_.now + hint_gap; }

 private:
  void enter(Phase phase, Instant deadline);
  void wait_until(Instant at);
  [[nodiscard]] Instant hinted_attempt_at() const;
  [[nodiscard]] Instant attempt_after(const RetryCause& cause);
  [[nodiscard]] Duration backoff_after(CloseMeaning meaning) const;
  [[nodiscard]] Duration draw(Duration below) const;

  const ConnectionOptions& options_;
  const StepInputs& inputs_;
  ConnectionState state_;
  CommandList commands_;
};

}  // namespace openline
