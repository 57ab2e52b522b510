#include <openline/connection/connection_step.hpp>

#include <limits>

namespace openline {

void ConnectionStep::connect() {
  state_.socket = state_.socket.next();
  enter(Phase::asking, inputs_.now + options_.connect_timeout);
  note(AskUrl{state_.socket});
}

void ConnectionStep::connect_afresh() {
  state_.attempt = 0;
  connect();
}

void ConnectionStep::open_socket() {
  // The deadline stays: it covers everything from asking for the URL to open.
  enter(Phase::opening, state_.deadline);
  note(OpenSocket{state_.socket});
}

void ConnectionStep::become_open() {
  enter(Phase::open, inputs_.now + options_.stable_after);
  note(ReportOpened{});
}

void ConnectionStep::begin_closing(CloseCode code) {
  note(CloseSocket{state_.socket, code});
  enter(Phase::closing, inputs_.now + options_.close_timeout);
}

void ConnectionStep::drop_socket(CloseCode code) {
  note(DiscardSocket{state_.socket});
  note(ReportClosed{code});
}

void ConnectionStep::become_closed() {
  state_.attempt = 0;
  enter(Phase::closed, Instant::never());
}

void ConnectionStep::fail(Failure failure) {
  enter(Phase::failed, Instant::never());
  state_.failure = failure;
}

void ConnectionStep::retry_later() {
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

void ConnectionStep::follow(CloseCode code) {
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

void ConnectionStep::note_stability() {
  // A server that accepts and drops at once would be hammered at the shortest delay for ever if
  // being open were enough. Judged by the clock whenever the line is looked at, and not by the
  // alarm alone: browsers throttle timers in hidden tabs.
  if (state_.phase == Phase::open && is_due()) {
    state_.attempt = 0;
    state_.deadline = Instant::never();
  }
}

void ConnectionStep::enter(Phase phase, Instant deadline) {
  state_.phase = phase;
  state_.deadline = deadline;
  state_.failure = Failure::none;
  state_.reopen = false;
}

}  // namespace openline
