#pragma once

// The full table of the connection machine: each phase with each event, the ignored pairs too. The
// events of a socket are there twice, from the present socket and from one that was abandoned.

#include <openline/connection/connection_machine.hpp>

#include <connection/connection_machine_changes.hpp>

#include <vector>

namespace openline::detail {

// clang-format off
enum class On {
  open_requested, close_requested, reconnect_requested,
  credentials_ready, stale_credentials_ready, credentials_failed, stale_credentials_failed,
  url_ready, stale_url_ready, url_failed, stale_url_failed,
  socket_refused, stale_socket_refused, socket_opened, stale_socket_opened,
  socket_heard, stale_socket_heard, ping_sent, stale_ping_sent,
  socket_errored, stale_socket_errored, socket_closed, stale_socket_closed,
  socket_faulty, stale_socket_faulty,
  wait_chosen, online, offline, shown, hidden, resumed, stored, restored,
  woken_early, woken_due,
};
inline constexpr int on_count = static_cast<int>(On::woken_due) + 1;

struct Row {
  On event;
  Change change = same;
  std::vector<ConnectionCommand> commands;
};
struct PhaseRows {
  Phase phase;
  std::vector<Row> rows;
  std::vector<On> ignored;  // change nothing and want nothing
};

inline const std::vector<PhaseRows> connection_machine_table{
    {Phase::idle, {
        {On::open_requested, to_asking_anew, {ask}},
        {On::close_requested, to_closed, {}},
        {On::reconnect_requested, to_asking_anew, {ask}},
        {On::offline, be_offline, {}},
        {On::hidden, be_hidden, {}},
        {On::stored, be_stored, {}},
    }, {
        On::socket_faulty, On::stale_socket_faulty, On::wait_chosen,
        On::credentials_ready, On::stale_credentials_ready,
        On::credentials_failed, On::stale_credentials_failed,
        On::url_ready, On::stale_url_ready, On::url_failed, On::stale_url_failed,
        On::socket_refused, On::stale_socket_refused, On::socket_opened, On::stale_socket_opened,
        On::socket_heard, On::stale_socket_heard, On::ping_sent, On::stale_ping_sent,
        On::socket_errored, On::stale_socket_errored, On::socket_closed, On::stale_socket_closed,
        On::online, On::shown, On::resumed, On::restored, On::woken_early, On::woken_due,
    }},
    {Phase::refreshing, {
        {On::close_requested, to_closed, {}},
        {On::reconnect_requested, to_asking_anew, {ask}},
        {On::credentials_ready, to_asking, {ask}},
        {On::credentials_failed, to_waiting_unrefreshed, {}},
        {On::online, expect_news, {}},
        {On::offline, be_offline, {}},
        {On::shown, expect_news, {}},
        {On::hidden, be_hidden, {}},
        {On::resumed, expect_news, {}},
        {On::stored, to_resting, {}},
        {On::restored, expect_news, {}},
        {On::woken_due, to_waiting_unrefreshed_late, {}},
    }, {
        On::socket_faulty, On::stale_socket_faulty, On::wait_chosen,
        On::open_requested, On::stale_credentials_ready, On::stale_credentials_failed,
        On::url_ready, On::stale_url_ready, On::url_failed, On::stale_url_failed,
        On::socket_refused, On::stale_socket_refused, On::socket_opened, On::stale_socket_opened,
        On::socket_heard, On::stale_socket_heard, On::ping_sent, On::stale_ping_sent,
        On::socket_errored, On::stale_socket_errored, On::socket_closed, On::stale_socket_closed,
        On::woken_early,
    }},
    {Phase::asking, {
        {On::close_requested, to_closed, {errored, lost}},
        {On::reconnect_requested, to_asking_anew, {ask}},
        {On::url_ready, to_opening, {open_it}},
        {On::url_failed, to_waiting, {errored, lost}},
        {On::socket_refused, to_failed_url, {errored, lost}},
        {On::online, expect_news, {}},
        {On::offline, be_offline, {}},
        {On::shown, expect_news, {}},
        {On::hidden, be_hidden, {}},
        {On::resumed, expect_news, {}},
        {On::stored, to_resting, {errored, cut_off}},
        {On::restored, expect_news, {}},
        {On::woken_due, to_waiting_late, {errored, lost}},
    }, {
        On::socket_faulty, On::stale_socket_faulty, On::wait_chosen,
        On::open_requested, On::credentials_ready, On::stale_credentials_ready,
        On::credentials_failed, On::stale_credentials_failed,
        On::stale_url_ready, On::stale_url_failed, On::stale_socket_refused,
        On::socket_opened, On::stale_socket_opened,
        On::socket_heard, On::stale_socket_heard, On::ping_sent, On::stale_ping_sent,
        On::socket_errored, On::stale_socket_errored, On::socket_closed, On::stale_socket_closed,
        On::woken_early,
    }},
    {Phase::opening, {
        {On::close_requested, to_closed, {errored, discard, lost}},
        {On::reconnect_requested, to_asking_anew, {discard, lost, ask}},
        {On::socket_refused, to_failed_url, {errored, lost}},
        {On::socket_opened, to_open, {opened, outage}},
        {On::socket_errored, same, {errored}},
        {On::socket_closed, to_waiting, {lost}},
        {On::socket_faulty, to_waiting_faulted, {errored, blame, discard, lost}},
        {On::online, expect_news, {}},
        {On::offline, be_offline, {}},
        {On::shown, expect_news, {}},
        {On::hidden, be_hidden, {}},
        {On::resumed, expect_news, {}},
        {On::stored, to_resting, {errored, discard, cut_off}},
        {On::restored, expect_news, {}},
        {On::woken_due, to_waiting_late, {errored, discard, lost}},
    }, {
        On::stale_socket_faulty, On::wait_chosen,
        On::open_requested, On::credentials_ready, On::stale_credentials_ready,
        On::credentials_failed, On::stale_credentials_failed,
        On::url_ready, On::stale_url_ready, On::url_failed, On::stale_url_failed,
        On::stale_socket_refused, On::stale_socket_opened,
        On::socket_heard, On::stale_socket_heard, On::ping_sent, On::stale_ping_sent,
        On::stale_socket_errored, On::stale_socket_closed, On::woken_early,
    }},
    {Phase::open, {
        {On::close_requested, to_closing, {close_it}},
        {On::reconnect_requested, to_asking_anew_from_open, {discard, left, ask}},
        {On::socket_heard, be_heard, {}},
        {On::ping_sent, await_answer, {}},
        {On::socket_errored, same, {errored}},
        {On::socket_closed, to_waiting_from_open, {lost}},
        {On::socket_faulty, to_waiting_faulted_from_open, {errored, blame, discard, lost}},
        {On::online, expect_news_and_probe, {ping}},
        {On::offline, be_offline_and_probe, {ping}},
        {On::shown, expect_news_and_probe, {ping}},
        {On::hidden, be_hidden, {}},
        {On::resumed, expect_news_and_probe, {ping}},
        {On::stored, to_resting_from_open, {discard, let_go}},
        {On::restored, expect_news_and_probe, {ping}},
        {On::woken_due, be_stable, {}},
    }, {
        On::stale_socket_faulty, On::wait_chosen,
        On::open_requested, On::credentials_ready, On::stale_credentials_ready,
        On::credentials_failed, On::stale_credentials_failed,
        On::url_ready, On::stale_url_ready, On::url_failed, On::stale_url_failed,
        On::socket_refused, On::stale_socket_refused, On::socket_opened, On::stale_socket_opened,
        On::stale_socket_heard, On::stale_ping_sent, On::stale_socket_errored,
        On::stale_socket_closed, On::woken_early,
    }},
    {Phase::waiting, {
        {On::close_requested, to_closed, {}},
        {On::reconnect_requested, to_asking_anew, {ask}},
        {On::wait_chosen, wait_as_chosen, {}},
        {On::online, come_forward, {}},
        {On::offline, be_offline, {}},
        {On::shown, come_forward, {}},
        {On::hidden, be_hidden, {}},
        {On::resumed, come_forward, {}},
        {On::stored, to_resting, {}},
        {On::restored, come_forward, {}},
        {On::woken_due, to_asking_late, {ask}},
    }, {
        On::socket_faulty, On::stale_socket_faulty,
        On::open_requested, On::credentials_ready, On::stale_credentials_ready,
        On::credentials_failed, On::stale_credentials_failed,
        On::url_ready, On::stale_url_ready, On::url_failed, On::stale_url_failed,
        On::socket_refused, On::stale_socket_refused, On::socket_opened, On::stale_socket_opened,
        On::socket_heard, On::stale_socket_heard, On::ping_sent, On::stale_ping_sent,
        On::socket_errored, On::stale_socket_errored, On::socket_closed, On::stale_socket_closed,
        On::woken_early,
    }},
    {Phase::resting, {
        {On::close_requested, to_closed, {}},
        {On::reconnect_requested, forget_attempts, {}},
        {On::offline, be_offline, {}},
        {On::hidden, be_hidden, {}},
        {On::restored, to_asking_restored, {ask}},
    }, {
        On::socket_faulty, On::stale_socket_faulty, On::wait_chosen,
        On::open_requested, On::credentials_ready, On::stale_credentials_ready,
        On::credentials_failed, On::stale_credentials_failed,
        On::url_ready, On::stale_url_ready, On::url_failed, On::stale_url_failed,
        On::socket_refused, On::stale_socket_refused, On::socket_opened, On::stale_socket_opened,
        On::socket_heard, On::stale_socket_heard, On::ping_sent, On::stale_ping_sent,
        On::socket_errored, On::stale_socket_errored, On::socket_closed, On::stale_socket_closed,
        On::online, On::shown, On::resumed, On::stored, On::woken_early, On::woken_due,
    }},
    {Phase::closing, {
        {On::open_requested, be_to_reopen, {}},
        {On::reconnect_requested, to_asking_anew, {discard, left, ask}},
        {On::socket_errored, same, {errored}},
        {On::socket_closed, to_closed, {lost}},
        {On::offline, be_offline, {}},
        {On::hidden, be_hidden, {}},
        {On::stored, be_stored, {}},
        {On::woken_due, to_closed, {discard, lost}},
    }, {
        On::socket_faulty, On::stale_socket_faulty, On::wait_chosen,
        On::close_requested, On::credentials_ready, On::stale_credentials_ready,
        On::credentials_failed, On::stale_credentials_failed,
        On::url_ready, On::stale_url_ready, On::url_failed, On::stale_url_failed,
        On::socket_refused, On::stale_socket_refused, On::socket_opened, On::stale_socket_opened,
        On::socket_heard, On::stale_socket_heard, On::ping_sent, On::stale_ping_sent,
        On::stale_socket_errored, On::stale_socket_closed,
        On::online, On::shown, On::resumed, On::restored, On::woken_early,
    }},
    {Phase::closed, {
        {On::open_requested, to_asking_anew, {ask}},
        {On::reconnect_requested, to_asking_anew, {ask}},
        {On::offline, be_offline, {}},
        {On::hidden, be_hidden, {}},
        {On::stored, be_stored, {}},
    }, {
        On::socket_faulty, On::stale_socket_faulty, On::wait_chosen,
        On::close_requested, On::credentials_ready, On::stale_credentials_ready,
        On::credentials_failed, On::stale_credentials_failed,
        On::url_ready, On::stale_url_ready, On::url_failed, On::stale_url_failed,
        On::socket_refused, On::stale_socket_refused, On::socket_opened, On::stale_socket_opened,
        On::socket_heard, On::stale_socket_heard, On::ping_sent, On::stale_ping_sent,
        On::socket_errored, On::stale_socket_errored, On::socket_closed, On::stale_socket_closed,
        On::online, On::shown, On::resumed, On::restored, On::woken_early, On::woken_due,
    }},
    {Phase::failed, {
        {On::close_requested, to_closed, {}},
        {On::reconnect_requested, to_asking_anew, {ask}},
        {On::offline, be_offline, {}},
        {On::hidden, be_hidden, {}},
        {On::stored, be_stored, {}},
    }, {
        On::socket_faulty, On::stale_socket_faulty, On::wait_chosen,
        On::open_requested, On::credentials_ready, On::stale_credentials_ready,
        On::credentials_failed, On::stale_credentials_failed,
        On::url_ready, On::stale_url_ready, On::url_failed, On::stale_url_failed,
        On::socket_refused, On::stale_socket_refused, On::socket_opened, On::stale_socket_opened,
        On::socket_heard, On::stale_socket_heard, On::ping_sent, On::stale_ping_sent,
        On::socket_errored, On::stale_socket_errored, On::socket_closed, On::stale_socket_closed,
        On::online, On::shown, On::resumed, On::restored, On::woken_early, On::woken_due,
    }},
};
// clang-format on

}  // namespace openline::detail
