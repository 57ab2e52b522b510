#include <connection/connection_machine_table.hpp>

#include <support/catch.hpp>
#include <support/describe.hpp>

#include <cstddef>
#include <map>
#include <set>
#include <utility>
#include <variant>
#include <vector>

namespace openline::detail {
namespace {

const std::map<On, ConnectionEvent> events{
    {On::open_requested, OpenRequested{}},
    {On::close_requested, CloseRequested{4000}},
    {On::reconnect_requested, ReconnectRequested{}},
    {On::credentials_ready, CredentialsReady{it}},
    {On::stale_credentials_ready, CredentialsReady{abandoned}},
    {On::credentials_failed, CredentialsFailed{it}},
    {On::stale_credentials_failed, CredentialsFailed{abandoned}},
    {On::url_ready, UrlReady{it}},
    {On::stale_url_ready, UrlReady{abandoned}},
    {On::url_failed, UrlFailed{it}},
    {On::stale_url_failed, UrlFailed{abandoned}},
    {On::socket_refused, SocketRefused{it}},
    {On::stale_socket_refused, SocketRefused{abandoned}},
    {On::socket_opened, SocketOpened{it}},
    {On::stale_socket_opened, SocketOpened{abandoned}},
    {On::socket_heard, SocketHeard{it}},
    {On::stale_socket_heard, SocketHeard{abandoned}},
    {On::ping_sent, PingSent{it}},
    {On::stale_ping_sent, PingSent{abandoned}},
    {On::socket_errored, SocketErrored{it}},
    {On::stale_socket_errored, SocketErrored{abandoned}},
    {On::socket_closed, SocketClosed{it, 1006}},
    {On::stale_socket_closed, SocketClosed{abandoned, 1006}},
    {On::socket_faulty, SocketFaulty{it}},
    {On::stale_socket_faulty, SocketFaulty{abandoned}},
    {On::wait_chosen, WaitChosen{Duration::seconds(60)}},
    {On::online, PageSignalled{PageSignal::online}},
    {On::offline, PageSignalled{PageSignal::offline}},
    {On::shown, PageSignalled{PageSignal::shown}},
    {On::hidden, PageSignalled{PageSignal::hidden}},
    {On::resumed, PageSignalled{PageSignal::resumed}},
    {On::stored, PageSignalled{PageSignal::stored}},
    {On::restored, PageSignalled{PageSignal::restored}},
    {On::woken_early, Woken{}},
    {On::woken_due, Woken{}},
};

/// The socket that an event bears; 0 for the events that bear none.
SocketId socket_of(const ConnectionEvent& event) {
  return std::visit(
      [](const auto& each) {
        if constexpr (requires { each.socket; }) {
          return each.socket;
        } else {
          return SocketId{};
        }
      },
      event);
}

void check_row(Phase phase, const Row& row) {
  const ConnectionState before = state_before(phase);
  ConnectionState after = before;
  row.change(after);
  const StepInputs inputs{at(row.event == On::woken_due ? 10'000 : 5'000)};
  const Transition transition = step(table_options(), before, events.at(row.event), inputs);
  const std::vector<ConnectionCommand> commands{transition.commands.begin(),
                                                transition.commands.end()};
  INFO(describe(phase) << " with event " << static_cast<int>(row.event));
  INFO("state is    " << describe(transition.state));
  INFO("state to be " << describe(after));
  INFO("commands are    " << describe_all(commands));
  INFO("commands to be  " << describe_all(row.commands));
  CHECK(transition.state == after);
  CHECK(commands == row.commands);
}

}  // namespace

TEST_CASE("connection table: every row holds", "[connection]") {
  for (const PhaseRows& of_phase : connection_machine_table) {
    for (const Row& row : of_phase.rows) {
      check_row(of_phase.phase, row);
    }
    for (const On event : of_phase.ignored) {
      check_row(of_phase.phase, {event, same, {}});
    }
  }
}

TEST_CASE("connection table: each phase has one row for each event, the ignored ones too",
          "[connection]") {
  std::map<std::pair<Phase, On>, int> rows_by_pair;
  for (const PhaseRows& of_phase : connection_machine_table) {
    for (const Row& row : of_phase.rows) {
      rows_by_pair[{of_phase.phase, row.event}] += 1;
    }
    for (const On event : of_phase.ignored) {
      rows_by_pair[{of_phase.phase, event}] += 1;
    }
  }
  for (const Phase phase : all_phases) {
    for (int event = 0; event < on_count; ++event) {
      INFO(describe(phase) << " with event " << event);
      CHECK(rows_by_pair[{phase, static_cast<On>(event)}] == 1);
    }
  }
  CHECK(rows_by_pair.size() == phase_count * on_count);
}

TEST_CASE("connection table: every type of event is there, current and stale", "[connection]") {
  std::set<std::size_t> types;
  std::map<std::size_t, std::set<std::uint32_t>> sockets_by_type;
  REQUIRE(events.size() == on_count);
  for (const auto& [on, event] : events) {
    types.insert(event.index());
    sockets_by_type[event.index()].insert(socket_of(event).value);
  }
  CHECK(types.size() == std::variant_size_v<ConnectionEvent>);
  const std::set<std::uint32_t> none{0};
  const std::set<std::uint32_t> both{abandoned.value, it.value};
  for (const auto& [type, sockets] : sockets_by_type) {
    INFO("event type " << type);
    CHECK((sockets == none || sockets == both));
  }
}

TEST_CASE("connection table: every signal of the page is there", "[connection]") {
  std::set<PageSignal> signals;
  for (const auto& [on, event] : events) {
    if (const auto* signalled = std::get_if<PageSignalled>(&event)) {
      signals.insert(signalled->signal);
    }
  }
  CHECK(signals.size() == page_signal_count);
}

TEST_CASE("connection table: the alarm is looked at before and at the deadline", "[connection]") {
  // woken_early is before the deadline of every phase that has one, woken_due is upon it.
  for (const Phase phase : all_phases) {
    const Instant deadline = state_before(phase).deadline;
    CHECK(deadline > at(5'000));
    CHECK((deadline == at(10'000) || deadline == Instant::never()));
  }
}

}  // namespace openline::detail
