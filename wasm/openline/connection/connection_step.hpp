#pragma once

// ConnectionStep: one step of the machine under way, and the moves that it is made of. It changes
// the state in place and notes commands; which event makes which move is the machine's business.

#include <openline/connection/connection_machine.hpp>

namespace openline {

class ConnectionStep {
 public:
  ConnectionStep(const ConnectionOptions& options, const ConnectionState& state,
                 const StepInputs& inputs)
      : options_{options}, inputs_{inputs}, state_{state} {}

  [[nodiscard]] const ConnectionState& state() const { return state_; }
  [[nodiscard]] Transition finish() const { return {state_, commands_}; }
  [[nodiscard]] bool is_current(SocketId socket, Phase phase) const {
    return state_.phase == phase && state_.socket == socket;
  }
  [[nodiscard]] bool is_due() const { return inputs_.now >= state_.deadline; }

  void note(const ConnectionCommand& command) { commands_.add(command); }
  void set_reopen(bool reopen) { state_.reopen = reopen; }

  /// A new attempt, with a new SocketId: asks for the URL.
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
  /// Waits for the next attempt, or fails when none is left.
  void retry_later();
  /// What the code of a close event asks for: a retry or a failure.
  void follow(CloseCode code);
  /// Attempts start anew once the line has been open for long enough.
  void note_stability();

 private:
  void enter(Phase phase, Instant deadline);

  const ConnectionOptions& options_;
  const StepInputs& inputs_;
  ConnectionState state_;
  CommandList commands_;
};

}  // namespace openline
