#include <openline/connection/page_reaction.hpp>

namespace openline {
namespace {

/// A connection that might be dead is asked; one that is not open has nothing to be asked.
void probe_if_open(ConnectionStep& step) {
  if (step.state().phase == Phase::open) {
    follow(step, probe(step.options().heartbeat, step.heartbeat(), step.inputs().now));
  }
}

/// The page came back, or its network did.
void react_to_good_sign(ConnectionStep& step) {
  switch (step.state().phase) {
    case Phase::waiting:
      step.bring_forward();
      return;
    case Phase::open:
      step.expect_news();
      probe_if_open(step);
      return;
    case Phase::refreshing:
    case Phase::asking:
    case Phase::opening:
      step.expect_news();
      return;
    case Phase::resting:
      step.connect();  // which rests on if the page is still hidden or stored
      return;
    case Phase::idle:
    case Phase::closing:
    case Phase::closed:
    case Phase::failed:
      return;
  }
}

/// An attempt that began without a network may hang where one that begins now would not.
void restart_attempt(ConnectionStep& step) {
  if (step.state().phase == Phase::asking) {
    step.note(ReportErrored{});
    step.note(ReportClosed{close_abnormal});
  } else {
    step.note(ReportErrored{});
    step.drop_socket(close_abnormal);
  }
  step.hint_taken();
  step.expect_news();  // a network that has just come back may refuse the first attempt
  step.connect();
}

void react_to_online(ConnectionStep& step) {
  const Phase phase = step.state().phase;
  const bool is_connecting = phase == Phase::asking || phase == Phase::opening;
  if (is_connecting && step.state().began_offline && step.takes_hint()) {
    restart_attempt(step);
  } else {
    react_to_good_sign(step);
  }
}

/// No socket while the page is away: what there is of a connection is let go.
void rest_now(ConnectionStep& step) {
  switch (step.state().phase) {
    case Phase::asking:
      step.note(ReportErrored{});
      step.note(ReportClosed{close_abnormal, true});
      break;
    case Phase::opening:
      step.note(ReportErrored{});
      step.note(DiscardSocket{step.state().socket});
      step.note(ReportClosed{close_abnormal, true});
      break;
    case Phase::open:
      step.note(DiscardSocket{step.state().socket});
      step.note(ReportClosed{close_normal, true});
      break;
    case Phase::refreshing:
    case Phase::waiting:
      break;
    case Phase::idle:
    case Phase::resting:
    case Phase::closing:
    case Phase::closed:
    case Phase::failed:
      return;
  }
  step.rest();
}

}  // namespace

void react(ConnectionStep& step, const PageSignalled& event) {
  PageState& page = step.page();
  switch (event.signal) {
    case PageSignal::online:
      page.is_offline = false;
      react_to_online(step);
      return;
    case PageSignal::offline:
      page.is_offline = true;
      probe_if_open(step);
      return;
    case PageSignal::shown:
      page.is_hidden = false;
      page.is_resting = false;
      page.rests_at = Instant::never();
      react_to_good_sign(step);
      return;
    case PageSignal::hidden:
      if (!page.is_hidden && step.options().hidden != HiddenPolicy::keep) {
        page.rests_at = step.inputs().now + step.options().hidden_after;
      }
      page.is_hidden = true;
      return;
    case PageSignal::resumed:
      react_to_good_sign(step);
      return;
    case PageSignal::stored:
      page.is_stored = true;
      rest_now(step);
      return;
    case PageSignal::restored:
      page.is_stored = false;
      react_to_good_sign(step);
      return;
  }
}

void note_sleep(ConnectionStep& step) {
  step.expect_news();
  step.forget_refresh();
  probe_if_open(step);
}

void note_hidden_for_long(ConnectionStep& step) {
  PageState& page = step.page();
  if (step.inputs().now < page.rests_at) {
    return;
  }
  page.is_resting = true;
  page.rests_at = Instant::never();
  const bool closes = step.options().hidden == HiddenPolicy::close;
  if (closes || step.state().phase == Phase::waiting) {
    rest_now(step);
  }
}

void follow(ConnectionStep& step, Pulse pulse) {
  switch (pulse) {
    case Pulse::none:
      return;
    case Pulse::ping:
      step.note(SendPing{step.state().socket});
      return;
    case Pulse::dead:
      // Not closed and waited for: a dead link never answers the closing handshake.
      step.note_stability();
      step.note(ReportErrored{});
      step.drop_socket(close_abnormal);
      step.retry_later();
      return;
  }
}

}  // namespace openline
