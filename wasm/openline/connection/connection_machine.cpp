#include <openline/connection/connection_machine.hpp>

#include <openline/base/assert.hpp>

#include <limits>
#include <variant>

namespace openline {
namespace {

/// One step under way: the state it began with, changed in place, and what it wants done.
class Step {
 public:
  Step(const ConnectionOptions& options, const ConnectionState& state, const StepInputs& inputs)
      : options_{options}, inputs_{inputs}, state_{state} {}

  void operator()(const OpenRequested& event);
  void operator()(const CloseRequested& event);
  void operator()(const ReconnectRequested& event);
  void operator()(const UrlReady& event);
  void operator()(const UrlFailed& event);
  void operator()(const SocketRefused& event);
  void operator()(const SocketOpened& event);
  void operator()(const SocketErrored& event);
  void operator()(const SocketClosed& event);
  void operator()(const Woken& event);

  [[nodiscard]] Transition finish() const { return {state_, commands_}; }

 private:
  [[nodiscard]] bool is_current(SocketId socket, Phase phase) const {
    return state_.phase == phase && state_.socket == socket;
  }
  void enter(Phase phase, Instant deadline);
  void connect();
  void drop_socket(CloseCode code);
  void fail(Failure failure);
  void retry_later();
  void after_close(CloseCode code);
  void finish_closing(CloseCode code);
  void note_stability();

  const ConnectionOptions& options_;
  const StepInputs& inputs_;
  ConnectionState state_;
  CommandList commands_;
};

void Step::operator()(const OpenRequested& /*event*/) {
  switch (state_.phase) {
    case Phase::idle:
    case Phase::closed:
      state_.attempt = 0;
      connect();
      return;
    case Phase::closing:
      state_.reopen = true;
      return;
    case Phase::asking:
    case Phase::opening:
    case Phase::open:
    case Phase::waiting:
      return;
    case Phase::failed:  // opening again would end the same way; reconnect() is the way out
      return;
  }
}

void Step::operator()(const CloseRequested& event) {
  switch (state_.phase) {
    case Phase::opening:
      // WHATWG: close() while CONNECTING fails the connection, which ends in 1006. We do not wait for
      // a handshake that may hang.
      drop_socket(close_abnormal);
      enter(Phase::closed, Instant::never());
      return;
    case Phase::open:
      commands_.add(CloseSocket{state_.socket, event.code});
      enter(Phase::closing, inputs_.now + options_.close_timeout);
      return;
    case Phase::closing:
      state_.reopen = false;
      return;
    case Phase::idle:
    case Phase::asking:
    case Phase::waiting:
      enter(Phase::closed, Instant::never());
      return;
    case Phase::closed:
    case Phase::failed:  // stays failed, so that its reason stays readable
      return;
  }
}

void Step::operator()(const ReconnectRequested& /*event*/) {
  switch (state_.phase) {
    case Phase::opening:
      drop_socket(close_abnormal);
      break;
    case Phase::open:
    case Phase::closing:
      drop_socket(close_normal);
      break;
    case Phase::idle:
    case Phase::asking:
    case Phase::waiting:
    case Phase::closed:
    case Phase::failed:
      break;
  }
  state_.attempt = 0;
  connect();
}

void Step::operator()(const UrlReady& event) {
  if (is_current(event.socket, Phase::asking)) {
    // The deadline stays: it covers everything from asking for the URL to open.
    enter(Phase::opening, state_.deadline);
    commands_.add(OpenSocket{state_.socket});
  }
}

void Step::operator()(const UrlFailed& event) {
  if (is_current(event.socket, Phase::asking)) {
    retry_later();
  }
}

void Step::operator()(const SocketRefused& event) {
  if (is_current(event.socket, Phase::asking) || is_current(event.socket, Phase::opening)) {
    commands_.add(ReportErrored{});
    commands_.add(ReportClosed{close_abnormal});
    fail(Failure::url);
  }
}

void Step::operator()(const SocketOpened& event) {
  if (is_current(event.socket, Phase::opening)) {
    enter(Phase::open, inputs_.now + options_.stable_after);
    commands_.add(ReportOpened{});
  }
}

void Step::operator()(const SocketErrored& event) {
  // An error is always followed by close, which decides; this is only passed on.
  if (is_current(event.socket, Phase::opening) || is_current(event.socket, Phase::open) ||
      is_current(event.socket, Phase::closing)) {
    commands_.add(ReportErrored{});
  }
}

void Step::operator()(const SocketClosed& event) {
  if (is_current(event.socket, Phase::opening) || is_current(event.socket, Phase::open)) {
    note_stability();
    commands_.add(ReportClosed{event.code});
    after_close(event.code);
  } else if (is_current(event.socket, Phase::closing)) {
    finish_closing(event.code);
  }
}

void Step::operator()(const Woken& /*event*/) {
  if (inputs_.now < state_.deadline) {
    return;
  }
  switch (state_.phase) {
    case Phase::asking:
      retry_later();
      return;
    case Phase::opening:
      commands_.add(ReportErrored{});
      drop_socket(close_abnormal);
      retry_later();
      return;
    case Phase::open:
      note_stability();
      state_.deadline = Instant::never();
      return;
    case Phase::waiting:
      connect();
      return;
    case Phase::closing:
      commands_.add(DiscardSocket{state_.socket});
      finish_closing(close_abnormal);
      return;
    case Phase::idle:
    case Phase::closed:
    case Phase::failed:
      return;
  }
}

void Step::enter(Phase phase, Instant deadline) {
  state_.phase = phase;
  state_.deadline = deadline;
  state_.failure = Failure::none;
  state_.reopen = false;
}

void Step::connect() {
  state_.socket = state_.socket.next();
  enter(Phase::asking, inputs_.now + options_.connect_timeout);
  commands_.add(AskUrl{state_.socket});
}

void Step::drop_socket(CloseCode code) {
  commands_.add(DiscardSocket{state_.socket});
  commands_.add(ReportClosed{code});
}

void Step::fail(Failure failure) {
  enter(Phase::failed, Instant::never());
  state_.failure = failure;
}

void Step::retry_later() {
  const bool is_limited = options_.attempts_max != ConnectionOptions::attempts_unlimited;
  if (is_limited && state_.attempt >= options_.attempts_max) {
    fail(Failure::attempts);
    return;
  }
  const Duration delay = backoff_delay(options_.backoff, state_.attempt, inputs_.entropy);
  if (state_.attempt < std::numeric_limits<std::uint32_t>::max()) {
    state_.attempt += 1;
  }
  enter(Phase::waiting, inputs_.now + delay);
}

void Step::after_close(CloseCode code) {
  switch (close_meaning(code)) {
    case CloseMeaning::retry:
      retry_later();
      return;
    case CloseMeaning::unauthorized:
      fail(Failure::auth);
      return;
    case CloseMeaning::rejected:
      fail(Failure::rejected);
      return;
  }
}

void Step::finish_closing(CloseCode code) {
  commands_.add(ReportClosed{code});
  if (state_.reopen) {
    state_.attempt = 0;
    connect();
  } else {
    enter(Phase::closed, Instant::never());
  }
}

void Step::note_stability() {
  // Attempts start anew only after a while of being open: a server that accepts and drops at once
  // would otherwise be hammered at the shortest delay for ever. Judged by the clock here as well as
  // by the alarm, because browsers throttle timers in hidden tabs.
  if (state_.phase == Phase::open && inputs_.now >= state_.deadline) {
    state_.attempt = 0;
  }
}

}  // namespace

Transition step(const ConnectionOptions& options, const ConnectionState& state,
                const ConnectionEvent& event, const StepInputs& inputs) {
  Step under_way{options, state, inputs};
  std::visit(under_way, event);
  return under_way.finish();
}

}  // namespace openline
