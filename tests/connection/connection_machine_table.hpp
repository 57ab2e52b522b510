#pragma once

// The full table of the connection machine: each phase with each event, the ignored pairs too. The
// events of a socket are there twice, from the present socket and from one that was abandoned.

#include <openline/connection/connection_machine.hpp>

#include <cstdint>
#include <optional>
#include <vector>

namespace openline::detail {

// clang-format off
enum class On {
  open_requested, close_requested, reconnect_requested,
  url_ready, stale_url_ready, url_failed, stale_url_failed,
  socket_refused, stale_socket_refused, socket_opened, stale_socket_opened,
  socket_errored, stale_socket_errored, socket_closed, stale_socket_closed,
  woken_early, woken_due,
};
inline constexpr int on_count = static_cast<int>(On::woken_due) + 1;

struct Row {
  On event;
  std::optional<ConnectionState> after;  // none: as before
  std::vector<ConnectionCommand> commands;
};
struct PhaseRows {
  Phase phase;
  std::vector<Row> rows;
};

// Every row begins with socket 7, attempt 2 and, where the phase has one, the deadline 10,000. The
// clock says 5,000, for woken_due 10,000. Connecting may take 10,000, closing 2,000; a retry waits
// for 1,000; a line is stable after 3,000.
inline constexpr SocketId abandoned{6};
inline constexpr SocketId it{7};
inline constexpr SocketId next{8};

constexpr ConnectionState in(Phase phase, SocketId socket, std::uint32_t attempt,
                             Instant deadline = Instant::never()) {
  return {phase, Failure::none, false, socket, attempt, deadline};
}
constexpr Instant at(std::int64_t count) { return Instant::from_milliseconds(count); }

inline constexpr std::nullopt_t ignored = std::nullopt;
inline constexpr std::nullopt_t same = std::nullopt;
inline constexpr ConnectionState asking_anew = in(Phase::asking, next, 0, at(15'000));
inline constexpr ConnectionState asking_again = in(Phase::asking, next, 2, at(20'000));
inline constexpr ConnectionState opening = in(Phase::opening, it, 2, at(10'000));
inline constexpr ConnectionState open = in(Phase::open, it, 2, at(8'000));
inline constexpr ConnectionState open_stable = in(Phase::open, it, 0);
inline constexpr ConnectionState waiting = in(Phase::waiting, it, 3, at(6'000));
inline constexpr ConnectionState waiting_late = in(Phase::waiting, it, 3, at(11'000));
inline constexpr ConnectionState closing = in(Phase::closing, it, 2, at(7'000));
inline constexpr ConnectionState closing_to_reopen{
    Phase::closing, Failure::none, true, it, 2, at(10'000)};
inline constexpr ConnectionState closed = in(Phase::closed, it, 0);
inline constexpr ConnectionState failed_url{
    Phase::failed, Failure::url, false, it, 2, Instant::never()};

inline constexpr AskUrl ask{next};
inline constexpr OpenSocket open_it{it};
inline constexpr CloseSocket close_it{it, 4000};
inline constexpr DiscardSocket discard{it};
inline constexpr ReportOpened opened;
inline constexpr ReportErrored errored;
inline constexpr ReportClosed lost{1006};
inline constexpr ReportClosed left{1000};

inline const std::vector<PhaseRows> connection_machine_table{
    {Phase::idle, {
        {On::open_requested, asking_anew, {ask}},
        {On::close_requested, closed, {}},
        {On::reconnect_requested, asking_anew, {ask}},
        {On::url_ready, ignored, {}},
        {On::stale_url_ready, ignored, {}},
        {On::url_failed, ignored, {}},
        {On::stale_url_failed, ignored, {}},
        {On::socket_refused, ignored, {}},
        {On::stale_socket_refused, ignored, {}},
        {On::socket_opened, ignored, {}},
        {On::stale_socket_opened, ignored, {}},
        {On::socket_errored, ignored, {}},
        {On::stale_socket_errored, ignored, {}},
        {On::socket_closed, ignored, {}},
        {On::stale_socket_closed, ignored, {}},
        {On::woken_early, ignored, {}},
        {On::woken_due, ignored, {}},
    }},
    {Phase::asking, {
        {On::open_requested, ignored, {}},
        {On::close_requested, closed, {errored, lost}},
        {On::reconnect_requested, asking_anew, {ask}},
        {On::url_ready, opening, {open_it}},
        {On::stale_url_ready, ignored, {}},
        {On::url_failed, waiting, {errored, lost}},
        {On::stale_url_failed, ignored, {}},
        {On::socket_refused, failed_url, {errored, lost}},
        {On::stale_socket_refused, ignored, {}},
        {On::socket_opened, ignored, {}},
        {On::stale_socket_opened, ignored, {}},
        {On::socket_errored, ignored, {}},
        {On::stale_socket_errored, ignored, {}},
        {On::socket_closed, ignored, {}},
        {On::stale_socket_closed, ignored, {}},
        {On::woken_early, ignored, {}},
        {On::woken_due, waiting_late, {errored, lost}},
    }},
    {Phase::opening, {
        {On::open_requested, ignored, {}},
        {On::close_requested, closed, {errored, discard, lost}},
        {On::reconnect_requested, asking_anew, {discard, lost, ask}},
        {On::url_ready, ignored, {}},
        {On::stale_url_ready, ignored, {}},
        {On::url_failed, ignored, {}},
        {On::stale_url_failed, ignored, {}},
        {On::socket_refused, failed_url, {errored, lost}},
        {On::stale_socket_refused, ignored, {}},
        {On::socket_opened, open, {opened}},
        {On::stale_socket_opened, ignored, {}},
        {On::socket_errored, same, {errored}},
        {On::stale_socket_errored, ignored, {}},
        {On::socket_closed, waiting, {lost}},
        {On::stale_socket_closed, ignored, {}},
        {On::woken_early, ignored, {}},
        {On::woken_due, waiting_late, {errored, discard, lost}},
    }},
    {Phase::open, {
        {On::open_requested, ignored, {}},
        {On::close_requested, closing, {close_it}},
        {On::reconnect_requested, asking_anew, {discard, left, ask}},
        {On::url_ready, ignored, {}},
        {On::stale_url_ready, ignored, {}},
        {On::url_failed, ignored, {}},
        {On::stale_url_failed, ignored, {}},
        {On::socket_refused, ignored, {}},
        {On::stale_socket_refused, ignored, {}},
        {On::socket_opened, ignored, {}},
        {On::stale_socket_opened, ignored, {}},
        {On::socket_errored, same, {errored}},
        {On::stale_socket_errored, ignored, {}},
        {On::socket_closed, waiting, {lost}},
        {On::stale_socket_closed, ignored, {}},
        {On::woken_early, ignored, {}},
        {On::woken_due, open_stable, {}},
    }},
    {Phase::waiting, {
        {On::open_requested, ignored, {}},
        {On::close_requested, closed, {}},
        {On::reconnect_requested, asking_anew, {ask}},
        {On::url_ready, ignored, {}},
        {On::stale_url_ready, ignored, {}},
        {On::url_failed, ignored, {}},
        {On::stale_url_failed, ignored, {}},
        {On::socket_refused, ignored, {}},
        {On::stale_socket_refused, ignored, {}},
        {On::socket_opened, ignored, {}},
        {On::stale_socket_opened, ignored, {}},
        {On::socket_errored, ignored, {}},
        {On::stale_socket_errored, ignored, {}},
        {On::socket_closed, ignored, {}},
        {On::stale_socket_closed, ignored, {}},
        {On::woken_early, ignored, {}},
        {On::woken_due, asking_again, {ask}},
    }},
    {Phase::closing, {
        {On::open_requested, closing_to_reopen, {}},
        {On::close_requested, ignored, {}},
        {On::reconnect_requested, asking_anew, {discard, left, ask}},
        {On::url_ready, ignored, {}},
        {On::stale_url_ready, ignored, {}},
        {On::url_failed, ignored, {}},
        {On::stale_url_failed, ignored, {}},
        {On::socket_refused, ignored, {}},
        {On::stale_socket_refused, ignored, {}},
        {On::socket_opened, ignored, {}},
        {On::stale_socket_opened, ignored, {}},
        {On::socket_errored, same, {errored}},
        {On::stale_socket_errored, ignored, {}},
        {On::socket_closed, closed, {lost}},
        {On::stale_socket_closed, ignored, {}},
        {On::woken_early, ignored, {}},
        {On::woken_due, closed, {discard, lost}},
    }},
    {Phase::closed, {
        {On::open_requested, asking_anew, {ask}},
        {On::close_requested, ignored, {}},
        {On::reconnect_requested, asking_anew, {ask}},
        {On::url_ready, ignored, {}},
        {On::stale_url_ready, ignored, {}},
        {On::url_failed, ignored, {}},
        {On::stale_url_failed, ignored, {}},
        {On::socket_refused, ignored, {}},
        {On::stale_socket_refused, ignored, {}},
        {On::socket_opened, ignored, {}},
        {On::stale_socket_opened, ignored, {}},
        {On::socket_errored, ignored, {}},
        {On::stale_socket_errored, ignored, {}},
        {On::socket_closed, ignored, {}},
        {On::stale_socket_closed, ignored, {}},
        {On::woken_early, ignored, {}},
        {On::woken_due, ignored, {}},
    }},
    {Phase::failed, {
        {On::open_requested, ignored, {}},
        {On::close_requested, closed, {}},
        {On::reconnect_requested, asking_anew, {ask}},
        {On::url_ready, ignored, {}},
        {On::stale_url_ready, ignored, {}},
        {On::url_failed, ignored, {}},
        {On::stale_url_failed, ignored, {}},
        {On::socket_refused, ignored, {}},
        {On::stale_socket_refused, ignored, {}},
        {On::socket_opened, ignored, {}},
        {On::stale_socket_opened, ignored, {}},
        {On::socket_errored, ignored, {}},
        {On::stale_socket_errored, ignored, {}},
        {On::socket_closed, ignored, {}},
        {On::stale_socket_closed, ignored, {}},
        {On::woken_early, ignored, {}},
        {On::woken_due, ignored, {}},
    }},
};
// clang-format on

}  // namespace openline::detail
