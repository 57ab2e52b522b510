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

ConnectionOptions table_options() {
  ConnectionOptions options;
  options.backoff = {Duration::seconds(1), Duration::seconds(1), Duration::seconds(1)};
  options.stable_after = Duration::seconds(3);
  options.connect_timeout = Duration::seconds(10);
  options.close_timeout = Duration::seconds(2);
  return options;
}

ConnectionState state_before(Phase phase) {
  const bool has_deadline =
      phase != Phase::idle && phase != Phase::closed && phase != Phase::failed;
  ConnectionState state = in(phase, it, 2, has_deadline ? at(10'000) : Instant::never());
  state.failure = phase == Phase::failed ? Failure::auth : Failure::none;
  return state;
}

ConnectionEvent event_of(On event) {
  switch (event) {
    case On::open_requested:
      return OpenRequested{};
    case On::close_requested:
      return CloseRequested{4000};
    case On::reconnect_requested:
      return ReconnectRequested{};
    case On::url_ready:
      return UrlReady{it};
    case On::stale_url_ready:
      return UrlReady{abandoned};
    case On::url_failed:
      return UrlFailed{it};
    case On::stale_url_failed:
      return UrlFailed{abandoned};
    case On::socket_refused:
      return SocketRefused{it};
    case On::stale_socket_refused:
      return SocketRefused{abandoned};
    case On::socket_opened:
      return SocketOpened{it};
    case On::stale_socket_opened:
      return SocketOpened{abandoned};
    case On::socket_errored:
      return SocketErrored{it};
    case On::stale_socket_errored:
      return SocketErrored{abandoned};
    case On::socket_closed:
      return SocketClosed{it, 1006};
    case On::stale_socket_closed:
      return SocketClosed{abandoned, 1006};
    case On::woken_early:
    case On::woken_due:
      return Woken{};
  }
  return Woken{};
}

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
  const StepInputs inputs{at(row.event == On::woken_due ? 10'000 : 5'000), 0};
  const Transition transition = step(table_options(), before, event_of(row.event), inputs);
  const std::vector<ConnectionCommand> commands{transition.commands.begin(),
                                                transition.commands.end()};
  INFO(describe(phase) << " with event " << static_cast<int>(row.event));
  INFO("state is    " << describe(transition.state));
  INFO("state to be " << describe(row.after.value_or(before)));
  INFO("commands are    " << describe_all(commands));
  INFO("commands to be  " << describe_all(row.commands));
  CHECK(transition.state == row.after.value_or(before));
  CHECK(commands == row.commands);
}

}  // namespace

TEST_CASE("connection table: every row holds", "[connection]") {
  for (const PhaseRows& of_phase : connection_machine_table) {
    for (const Row& row : of_phase.rows) {
      check_row(of_phase.phase, row);
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
  for (int number = 0; number < on_count; ++number) {
    const ConnectionEvent event = event_of(static_cast<On>(number));
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

TEST_CASE("connection table: the alarm is looked at before and at the deadline", "[connection]") {
  // woken_early is before the deadline of every phase that has one, woken_due is upon it.
  for (const Phase phase : all_phases) {
    const Instant deadline = state_before(phase).deadline;
    CHECK(deadline > at(5'000));
    CHECK((deadline == at(10'000) || deadline == Instant::never()));
  }
}

}  // namespace openline::detail
