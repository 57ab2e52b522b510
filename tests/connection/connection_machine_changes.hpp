#pragma once

// What the rows of the table of the connection machine begin with, and what an event changes.

#include <openline/connection/connection_machine.hpp>

#include <cstdint>

namespace openline::detail {

// Every row begins with socket 7, attempt 2 and, where the phase has one, the deadline 10,000. The
// clock says 5,000, for woken_due 10,000. Connecting may take 10,000, closing 2,000; a retry waits
// for 1,000; a line is stable after 3,000. The heartbeat pings after 15,000 and waits for 5,000. A
// page that is hidden for 3,000 rests. What has no socket any more was lost at 3,000.
inline constexpr SocketId abandoned{6};
inline constexpr SocketId it{7};
inline constexpr SocketId next{8};

inline constexpr RefreshCredentials refresh{it};
inline constexpr AskUrl ask{next};
inline constexpr OpenSocket open_it{it};
inline constexpr CloseSocket close_it{it, 4000};
inline constexpr DiscardSocket discard{it};
inline constexpr CloseSocket blame{it, close_malformed};
inline constexpr SendPing ping{it};
inline constexpr ReportOpened opened;
inline constexpr ReportErrored errored;
inline constexpr ReportClosed lost{1006};
inline constexpr ReportClosed left{1000};
inline constexpr ReportClosed let_go{1000, true};  // by the line itself, with its page away
inline constexpr ReportClosed cut_off{1006, true};
inline constexpr ReportOutage outage{Duration::milliseconds(2'000)};

constexpr Instant at(std::int64_t count) { return Instant::from_milliseconds(count); }

inline ConnectionOptions table_options() {
  ConnectionOptions options;
  options.backoff = {Duration::seconds(1), Duration::seconds(1), Duration::seconds(1)};
  options.budget.attempts_max = BudgetOptions::attempts_unlimited;
  options.heartbeat.interval = Duration::seconds(15);
  options.heartbeat.timeout = Duration::seconds(5);
  options.stable_after = Duration::seconds(3);
  options.connect_timeout = Duration::seconds(10);
  options.close_timeout = Duration::seconds(2);
  options.hidden = HiddenPolicy::close;
  options.hidden_after = Duration::seconds(3);
  return options;
}

inline ConnectionState state_before(Phase phase) {
  const bool is_connecting =
      phase == Phase::refreshing || phase == Phase::asking || phase == Phase::opening;
  const bool has_deadline =
      is_connecting || phase == Phase::open || phase == Phase::waiting || phase == Phase::closing;
  const bool is_lost = is_connecting || phase == Phase::waiting || phase == Phase::resting;
  ConnectionState state;
  state.phase = phase;
  state.failure = phase == Phase::failed ? Failure::auth : Failure::none;
  state.socket = it;
  state.attempt = 2;
  state.backoff_step = phase == Phase::resting ? 0 : 2;
  state.deadline = has_deadline ? at(10'000) : Instant::never();
  state.has_refreshed = phase == Phase::refreshing;
  state.page.is_stored = phase == Phase::resting;
  state.lost_at = is_lost ? at(3'000) : Instant::never();
  if (phase == Phase::open) {
    state.heartbeat.heard_at = at(1'000);
    state.heartbeat.due = at(16'000);
  }
  return state;
}

using Change = void (*)(ConnectionState&);

inline void same(ConnectionState& /*state*/) {}

// The page.

inline void be_offline(ConnectionState& state) { state.page.is_offline = true; }
inline void be_stored(ConnectionState& state) { state.page.is_stored = true; }
inline void be_hidden(ConnectionState& state) {
  state.page.is_hidden = true;
  state.page.rests_at = at(8'000);
}
inline void expect_news(ConnectionState& state) {
  state.backoff_step = 0;
  state.hinted_until = at(11'000);
}
inline void come_forward(ConnectionState& state) {
  state.backoff_step = 0;
  state.deadline = at(5'000);
  state.next_hint_at = at(7'000);
  state.is_prompted = true;
}

inline void wait_as_chosen(ConnectionState& state) { state.deadline = at(65'000); }

// The heartbeat.

inline void be_heard(ConnectionState& state) { state.heartbeat.heard_at = at(5'000); }
inline void await_answer(ConnectionState& state) {
  state.heartbeat.is_awaiting = true;
  state.heartbeat.due = at(10'000);
}
inline void probe(ConnectionState& state) {
  state.heartbeat.is_probe = true;
  state.heartbeat.next_probe_at = at(6'000);
  state.heartbeat.due = at(20'000);
}
inline void expect_news_and_probe(ConnectionState& state) {
  expect_news(state);
  probe(state);
}
inline void be_offline_and_probe(ConnectionState& state) {
  be_offline(state);
  probe(state);
}

// From one phase to another.

inline void enter(ConnectionState& state, Phase phase, Instant deadline = Instant::never()) {
  state.phase = phase;
  state.failure = Failure::none;
  state.deadline = deadline;
}
inline void forget_attempts(ConnectionState& state) { state.attempt = 0; }

inline void to_asking(ConnectionState& state) {
  enter(state, Phase::asking, at(15'000));
  state.socket = next;
}
inline void to_asking_anew(ConnectionState& state) {
  to_asking(state);
  state.attempt = 0;
  state.backoff_step = 0;
  state.has_refreshed = false;
}
inline void to_asking_anew_from_open(ConnectionState& state) {
  to_asking_anew(state);
  state.lost_at = at(5'000);
}
inline void to_asking_late(ConnectionState& state) {
  to_asking(state);
  state.deadline = at(20'000);
}
inline void to_asking_restored(ConnectionState& state) {
  to_asking(state);
  state.page.is_stored = false;
}
inline void to_opening(ConnectionState& state) { enter(state, Phase::opening, at(10'000)); }
inline void to_open(ConnectionState& state) {
  enter(state, Phase::open, at(8'000));
  state.heartbeat.heard_at = at(5'000);
  state.heartbeat.due = at(20'000);
  state.lost_at = Instant::never();
}
inline void be_stable(ConnectionState& state) {
  state.attempt = 0;
  state.backoff_step = 0;
  state.deadline = Instant::never();
}

inline void to_waiting(ConnectionState& state) {
  enter(state, Phase::waiting, at(6'000));
  state.attempt = 3;
  state.backoff_step = 3;
}
inline void to_waiting_late(ConnectionState& state) {
  to_waiting(state);
  state.deadline = at(11'000);
}
inline void to_waiting_from_open(ConnectionState& state) {
  to_waiting(state);
  state.lost_at = at(5'000);
}
inline void to_waiting_faulted(ConnectionState& state) {
  to_waiting(state);
  state.faults = 1;
}
inline void to_waiting_faulted_from_open(ConnectionState& state) {
  to_waiting_from_open(state);
  state.faults = 1;
}
inline void to_waiting_unrefreshed(ConnectionState& state) {
  to_waiting(state);
  state.has_refreshed = false;
}
inline void to_waiting_unrefreshed_late(ConnectionState& state) {
  to_waiting_late(state);
  state.has_refreshed = false;
}

inline void to_resting(ConnectionState& state) {
  enter(state, Phase::resting);
  state.page.is_stored = true;
  state.backoff_step = 0;
  state.has_refreshed = false;
}
inline void to_resting_from_open(ConnectionState& state) {
  to_resting(state);
  state.lost_at = at(5'000);
}

inline void to_closing(ConnectionState& state) { enter(state, Phase::closing, at(7'000)); }
inline void be_to_reopen(ConnectionState& state) { state.reopen = true; }
inline void to_closed(ConnectionState& state) {
  enter(state, Phase::closed);
  state.attempt = 0;
  state.lost_at = Instant::never();
}
inline void to_failed_url(ConnectionState& state) {
  enter(state, Phase::failed);
  state.failure = Failure::url;
}

}  // namespace openline::detail
