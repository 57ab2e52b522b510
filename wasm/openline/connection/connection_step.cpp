#include <openline/connection/connection_step.hpp>

#include <openline/connection/close_reason.hpp>

#include <algorithm>
#include <cstdint>
#include <limits>

namespace openline {
namespace {

void increase(std::uint32_t& count) {
  if (count < std::numeric_limits<std::uint32_t>::max()) {
    count += 1;
  }
}

}  // namespace

void ConnectionStep::connect() {
  const PageState& page = state_.page;
  if (page.is_stored || page.is_resting) {
    rest();
    return;
  }
  const Instant allowed_at =
      std::max(next_attempt_at(options_.budget, state_.spent_until), state_.not_before);
  if (allowed_at > inputs_.now) {
    wait_until(allowed_at);
    return;
  }
  state_.spent_until = spend_attempt(options_.budget, state_.spent_until, inputs_.now);
  state_.socket = state_.socket.next();
  state_.began_offline = page.is_offline;
  enter(Phase::asking, inputs_.now + options_.connect_timeout);
  note(AskUrl{state_.socket});
}

void ConnectionStep::connect_afresh() {
  state_.attempt = 0;
  state_.backoff_step = 0;
  state_.has_refreshed = false;
  state_.faults = 0;
  state_.not_before = Instant{};
  connect();
}

void ConnectionStep::open_socket() {
  // The deadline stays: it covers everything from asking for the URL to open.
  enter(Phase::opening, state_.deadline);
  note(OpenSocket{state_.socket});
}

void ConnectionStep::become_open() {
  enter(Phase::open, inputs_.now + options_.stable_after);
  state_.heartbeat = start_heartbeat(options_.heartbeat, inputs_.now);
  note(ReportOpened{});
  if (state_.lost_at != Instant::never()) {
    note(ReportOutage{inputs_.now - state_.lost_at});
    state_.lost_at = Instant::never();
  }
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
  state_.lost_at = Instant::never();  // the application ended the line: no outage goes on
}

void ConnectionStep::fail(Failure failure) {
  enter(Phase::failed, Instant::never());
  state_.failure = failure;
}

void ConnectionStep::rest() {
  // Credentials that are new now may be old when the page comes back.
  state_.has_refreshed = false;
  state_.backoff_step = 0;
  enter(Phase::resting, Instant::never());
}

void ConnectionStep::retry_later(const RetryCause& cause) {
  const bool is_limited = options_.attempts_max != ConnectionOptions::attempts_unlimited;
  if (is_limited && state_.attempt >= options_.attempts_max) {
    fail(Failure::attempts);
    return;
  }
  const Instant at = attempt_after(cause);
  if (state_.page.is_stored || state_.page.is_resting) {
    rest();  // what the server asked for holds for whoever comes back, too
    return;
  }
  increase(state_.attempt);
  increase(state_.backoff_step);
  wait_until(at);
}

void ConnectionStep::wait_for(Duration wait) {
  if (state_.phase == Phase::waiting && !state_.is_prompted) {
    wait_until(std::max(inputs_.now + wait, state_.not_before));
  }
}

void ConnectionStep::follow(CloseCode code, std::optional<Duration> retry_after) {
  const CloseMeaning meaning = close_meaning(code);
  switch (meaning) {
    case CloseMeaning::retry:
    case CloseMeaning::restarting:
    case CloseMeaning::overloaded:
      retry_later({meaning, retry_after});
      return;
    case CloseMeaning::unauthorized:
      if (state_.has_refreshed) {
        fail(Failure::auth);
        return;
      }
      state_.has_refreshed = true;
      enter(Phase::refreshing, inputs_.now + options_.connect_timeout);
      note(RefreshCredentials{state_.socket});
      return;
    case CloseMeaning::forbidden:
      fail(Failure::auth);
      return;
    case CloseMeaning::rejected:
      fail(Failure::rejected);
      return;
  }
}

void ConnectionStep::retry_after_fault(bool is_wrong) {
  state_.faults += is_wrong ? 1 : 0;
  if (is_wrong && state_.faults >= faults_max) {
    fail(Failure::protocol);
  } else {
    retry_later();
  }
}

void ConnectionStep::note_stability() {
  // A server that accepts and drops at once would be hammered at the shortest delay for ever if
  // being open were enough. Judged by the clock whenever the line is looked at, and not by the
  // alarm alone: browsers throttle timers in hidden tabs.
  if (state_.phase == Phase::open && is_due()) {
    state_.attempt = 0;
    state_.backoff_step = 0;
    state_.has_refreshed = false;
    state_.faults = 0;
    state_.deadline = Instant::never();
  }
}

void ConnectionStep::give_up_refreshing() {
  forget_refresh();
  retry_later();
}

void ConnectionStep::bring_forward() {
  state_.backoff_step = 0;
  const Instant at = std::max(hinted_attempt_at(), state_.not_before);
  if (at < state_.deadline) {
    state_.next_hint_at = at + hint_gap;
    state_.is_prompted = true;
    wait_until(at);
  }
}

void ConnectionStep::expect_news() {
  state_.backoff_step = 0;
  state_.hinted_until = inputs_.now + hint_validity;
}

void ConnectionStep::enter(Phase phase, Instant deadline) {
  if (state_.phase == Phase::open && phase != Phase::open && phase != Phase::closing) {
    // Asked in vain, it was last alive when it was heard; not asked, it is believed to have been
    // alive until now, or every reconnect() of a quiet line would be a long outage.
    state_.lost_at = state_.heartbeat.is_awaiting ? state_.heartbeat.heard_at : inputs_.now;
  }
  state_.phase = phase;
  state_.deadline = deadline;
  state_.failure = Failure::none;
  state_.reopen = false;
  state_.is_prompted = state_.is_prompted && phase == Phase::waiting;
  if (phase != Phase::waiting && phase != Phase::resting) {
    state_.not_before = Instant{};
  }
}

void ConnectionStep::wait_until(Instant at) {
  const Instant allowed_at = next_attempt_at(options_.budget, state_.spent_until);
  enter(Phase::waiting, std::max({at, allowed_at, inputs_.now}));
}

Instant ConnectionStep::hinted_attempt_at() const {
  const Instant allowed_at = next_attempt_at(options_.budget, state_.spent_until);
  return std::max({inputs_.now, state_.next_hint_at, allowed_at}) + draw(hint_jitter);
}

/// When the attempt after a failure comes.
Instant ConnectionStep::attempt_after(const RetryCause& cause) {
  const bool is_hinted = inputs_.now < state_.hinted_until;
  state_.hinted_until = Instant{};
  state_.is_prompted = is_hinted && !cause.retry_after && cause.meaning == CloseMeaning::retry;
  if (cause.retry_after) {
    // The server decides, within limits; all that it says this to must not come back together.
    const Duration wanted = std::clamp(*cause.retry_after, options_.backoff.delay_min,
                                       std::max(options_.backoff.delay_min, retry_after_max));
    state_.not_before = inputs_.now + wanted + draw(options_.backoff.base);
    return state_.not_before;
  }
  if (state_.is_prompted) {
    const Instant at = hinted_attempt_at();
    state_.next_hint_at = at + hint_gap;
    return at;
  }
  const Instant at = inputs_.now + backoff_after(cause.meaning);
  if (cause.meaning == CloseMeaning::overloaded) {
    state_.not_before = at;
  }
  return at;
}

Duration ConnectionStep::backoff_after(CloseMeaning meaning) const {
  BackoffOptions backoff = options_.backoff;
  const bool is_first = state_.backoff_step == 0;
  if (meaning == CloseMeaning::overloaded || (meaning == CloseMeaning::restarting && is_first)) {
    backoff.base = std::max(backoff.base, restart_spread);
  }
  return backoff_delay(backoff, state_.backoff_step, inputs_.entropy);
}

/// U(0, below), in whole milliseconds.
Duration ConnectionStep::draw(Duration below) const {
  const auto count = static_cast<std::uint64_t>(below.count()) + 1;
  return Duration::milliseconds(static_cast<std::int64_t>(inputs_.entropy % count));
}

}  // namespace openline
