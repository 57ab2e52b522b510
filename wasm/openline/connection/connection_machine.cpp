#include <openline/connection/connection_machine.hpp>

#include <openline/base/match.hpp>
#include <openline/connection/connection_step.hpp>
#include <openline/connection/page_reaction.hpp>

namespace openline {
namespace {

/// An attempt ended before there was a socket; the application hears of it as of any other.
void report_lost(ConnectionStep& step) {
  step.note(ReportErrored{});
  step.note(ReportClosed{close_abnormal});
}

void react(ConnectionStep& step, const OpenRequested& /*event*/) {
  switch (step.state().phase) {
    case Phase::idle:
    case Phase::closed:
      step.connect_afresh();
      return;
    case Phase::closing:
      step.set_reopen(true);
      return;
    case Phase::refreshing:
    case Phase::asking:
    case Phase::opening:
    case Phase::open:
    case Phase::waiting:
    case Phase::resting:
    case Phase::failed:  // opening again would end the same way; reconnect() is the way out
      return;
  }
}

void react(ConnectionStep& step, const CloseRequested& event) {
  switch (step.state().phase) {
    case Phase::asking:
      report_lost(step);
      step.become_closed();
      return;
    case Phase::opening:
      // WHATWG: close() while CONNECTING fails the connection: error, then close with 1006. We do
      // not wait for a handshake that may hang.
      step.note(ReportErrored{});
      step.drop_socket(close_abnormal);
      step.become_closed();
      return;
    case Phase::open:
      step.begin_closing(event.code);
      return;
    case Phase::closing:
      step.set_reopen(false);
      return;
    case Phase::idle:
    case Phase::refreshing:
    case Phase::waiting:
    case Phase::resting:
    case Phase::failed:
      step.become_closed();
      return;
    case Phase::closed:
      return;
  }
}

void react(ConnectionStep& step, const ReconnectRequested& /*event*/) {
  switch (step.state().phase) {
    case Phase::opening:
      step.drop_socket(close_abnormal);
      break;
    case Phase::open:
    case Phase::closing:
      step.drop_socket(close_normal);
      break;
    case Phase::idle:
    case Phase::refreshing:
    case Phase::asking:
    case Phase::waiting:
    case Phase::resting:
    case Phase::closed:
    case Phase::failed:
      break;
  }
  step.connect_afresh();
}

void react(ConnectionStep& step, const CredentialsReady& event) {
  if (step.is_current(event.socket, Phase::refreshing)) {
    step.connect();
  }
}

void react(ConnectionStep& step, const CredentialsFailed& event) {
  if (step.is_current(event.socket, Phase::refreshing)) {
    step.give_up_refreshing();
  }
}

void react(ConnectionStep& step, const UrlReady& event) {
  if (step.is_current(event.socket, Phase::asking)) {
    step.open_socket();
  }
}

void react(ConnectionStep& step, const UrlFailed& event) {
  if (step.is_current(event.socket, Phase::asking)) {
    report_lost(step);
    step.retry_later();
  }
}

void react(ConnectionStep& step, const SocketRefused& event) {
  if (step.is_current(event.socket, Phase::asking) ||
      step.is_current(event.socket, Phase::opening)) {
    report_lost(step);
    step.fail(Failure::url);
  }
}

void react(ConnectionStep& step, const SocketOpened& event) {
  if (step.is_current(event.socket, Phase::opening)) {
    step.become_open();
  }
}

void react(ConnectionStep& step, const SocketHeard& event) {
  if (step.is_current(event.socket, Phase::open)) {
    note_heard(step.options().heartbeat, step.heartbeat(), step.inputs().now);
  }
}

HeartbeatLook look_of(const ConnectionStep& step) {
  return {step.inputs().now, step.inputs().unsent, step.state().page.is_hidden};
}

void react(ConnectionStep& step, const PingSent& event) {
  if (step.is_current(event.socket, Phase::open) && step.options().heartbeat.is_on()) {
    note_ping_sent(step.options().heartbeat, step.heartbeat(), look_of(step));
  }
}

void react(ConnectionStep& step, const SocketFaulty& event) {
  if (step.is_current(event.socket, Phase::opening) || step.is_current(event.socket, Phase::open)) {
    step.note_stability();
    step.note(ReportErrored{});
    step.note(CloseSocket{event.socket, close_malformed});  // the server may want to know why
    step.drop_socket(close_abnormal);
    step.retry_after_fault(event.is_wrong);
  }
}

void react(ConnectionStep& step, const SocketErrored& event) {
  // An error is always followed by close, which decides; this is only passed on.
  if (step.is_current(event.socket, Phase::opening) || step.is_current(event.socket, Phase::open) ||
      step.is_current(event.socket, Phase::closing)) {
    step.note(ReportErrored{});
  }
}

void finish_closing(ConnectionStep& step, CloseCode code) {
  step.note(ReportClosed{code});
  if (step.state().reopen) {
    step.connect_afresh();
  } else {
    step.become_closed();
  }
}

void react(ConnectionStep& step, const SocketClosed& event) {
  if (step.is_current(event.socket, Phase::opening) || step.is_current(event.socket, Phase::open)) {
    step.note_stability();
    if (event.code != close_abnormal) {
      step.heartbeat().heard_at = step.inputs().now;  // the close frame came through
    }
    step.note(ReportClosed{event.code});
    step.follow(event.code, event.retry_after);
  } else if (step.is_current(event.socket, Phase::closing)) {
    finish_closing(step, event.code);
  }
}

void react(ConnectionStep& step, const WaitChosen& event) { step.wait_for(event.wait); }

/// Did the alarm ring so late that the machine was asleep?
bool has_slept(const ConnectionStep& step) {
  const Instant expected_at = wake_time(step.state());
  return expected_at != Instant::never() && step.inputs().now - expected_at > sleep_min;
}

void react_to_deadline(ConnectionStep& step) {
  switch (step.state().phase) {
    case Phase::refreshing:
      step.give_up_refreshing();
      return;
    case Phase::asking:
      report_lost(step);
      step.retry_later();
      return;
    case Phase::opening:
      step.note(ReportErrored{});
      step.drop_socket(close_abnormal);
      step.retry_later();
      return;
    case Phase::open:
      step.note_stability();
      return;
    case Phase::waiting:
      step.connect();
      return;
    case Phase::closing:
      step.note(DiscardSocket{step.state().socket});
      finish_closing(step, close_abnormal);
      return;
    case Phase::idle:
    case Phase::resting:
    case Phase::closed:
    case Phase::failed:
      return;
  }
}

void react(ConnectionStep& step, const Woken& /*event*/) {
  const bool was_asleep = has_slept(step);
  note_hidden_for_long(step);
  if (was_asleep) {
    note_sleep(step);
  }
  if (step.is_due()) {
    react_to_deadline(step);
  }
  if (step.state().phase == Phase::open) {
    follow(step, beat(step.options().heartbeat, step.heartbeat(), look_of(step)));
  }
}

}  // namespace

Transition step(const ConnectionOptions& options, const ConnectionState& state,
                const ConnectionEvent& event, const StepInputs& inputs) {
  ConnectionStep under_way{options, state, inputs};
  match(event, [&](const auto& each) { react(under_way, each); });
  return under_way.finish();
}

}  // namespace openline
