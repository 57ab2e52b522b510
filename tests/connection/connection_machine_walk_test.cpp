#include <openline/connection/connection_machine.hpp>

#include <openline/base/random.hpp>

#include <support/catch.hpp>
#include <support/driven_machine.hpp>

#include <cstddef>
#include <cstdint>
#include <set>
#include <variant>
#include <vector>

using namespace openline;

namespace {

/// Walks a machine through events in random order, and checks after each step what always holds.
class Walk {
 public:
  explicit Walk(std::uint64_t seed) : random_{seed} {
    options_.attempts_max =
        draw(3) == 0 ? static_cast<std::uint32_t>(draw(4)) : ConnectionOptions::attempts_unlimited;
    options_.backoff.delay_min = Duration::milliseconds(static_cast<std::int64_t>(draw(2)) * 500);
    options_.budget = {static_cast<std::uint32_t>(draw(9)) + 2, Duration::seconds(20)};
    options_.heartbeat.interval = Duration::seconds(static_cast<std::int64_t>(draw(2)) * 8);
    options_.hidden = static_cast<HiddenPolicy>(draw(3));
  }

  void step_once() {
    // Each draw on a line of its own: compilers differ in the order of operands and arguments.
    const std::uint64_t pause = draw(4);
    clock_.advance(Duration::milliseconds(static_cast<std::int64_t>(pause * draw(4'000))));
    const ConnectionState before = state_;
    const ConnectionEvent event = next_event();
    const StepInputs inputs{clock_.now(), random_.next(), draw(3)};
    const Transition transition = step(options_, before, event, inputs);
    state_ = transition.state;
    INFO(describe(before) << " to " << describe(state_) << " with "
                          << describe_all(transition.commands));
    for (const ConnectionCommand& command : transition.commands) {
      std::visit([this](const auto& each) { note(each); }, command);
    }
    check_state(before);
  }

  [[nodiscard]] Phase phase() const { return state_.phase; }

 private:
  std::uint64_t draw(std::uint64_t count) { return random_.next() % count; }

  SocketId some_socket() {
    const bool is_stale = draw(4) == 0 && state_.socket.value > 0;
    return is_stale ? SocketId{state_.socket.value - 1} : state_.socket;
  }

  ConnectionEvent next_event() {
    constexpr CloseCode codes[] = {1000, 1006, 1006, 1012, 1013, 4401, 4401, 4404};
    switch (draw(17)) {
      case 0:
        return OpenRequested{};
      case 1:
        return draw(3) == 0 ? ConnectionEvent{CloseRequested{}} : ConnectionEvent{Woken{}};
      case 2:
        return draw(3) == 0 ? ConnectionEvent{ReconnectRequested{}} : ConnectionEvent{Woken{}};
      case 3:
        return UrlFailed{some_socket()};
      case 4:
        return draw(8) == 0 ? ConnectionEvent{SocketRefused{some_socket()}} : Woken{};
      case 5:
        return SocketErrored{some_socket()};
      case 6:
        return close(codes[draw(std::size(codes))]);
      case 7:
      case 8:
        return UrlReady{some_socket()};
      case 9:
      case 10:
        return SocketOpened{some_socket()};
      case 11:
        return draw(2) == 0 ? ConnectionEvent{CredentialsReady{some_socket()}}
                            : ConnectionEvent{CredentialsFailed{some_socket()}};
      case 12:
        return draw(2) == 0 ? ConnectionEvent{SocketHeard{some_socket()}}
                            : ConnectionEvent{PingSent{some_socket()}};
      case 13:
        return PageSignalled{static_cast<PageSignal>(draw(page_signal_count))};
      case 14:
        return WaitChosen{Duration::milliseconds(static_cast<std::int64_t>(draw(3'000)))};
      default:
        return Woken{};
    }
  }

  ConnectionEvent close(CloseCode code) {
    const SocketId socket = some_socket();
    has_socket_ = has_socket_ && !(socket == socket_);  // the platform tells of what has happened
    const std::uint64_t asked_for = draw(4);
    return asked_for == 0 ? SocketClosed{socket, code, Duration::seconds(3)}
                          : SocketClosed{socket, code};
  }

  void note(const RefreshCredentials& command) {
    CHECK_FALSE(has_socket_);
    CHECK(command.socket == asked_);
  }
  void note(const AskUrl& command) {
    CHECK_FALSE(has_socket_);
    asked_at_.push_back(clock_.now());
    CHECK(command.socket.value == asked_.value + 1);
    asked_ = command.socket;
  }
  void note(const OpenSocket& command) {
    CHECK_FALSE(has_socket_);
    CHECK(command.socket == asked_);
    socket_ = command.socket;
    has_socket_ = true;
  }
  void note(const CloseSocket& command) {
    CHECK(has_socket_);
    CHECK(command.socket == socket_);
  }
  void note(const DiscardSocket& command) {
    CHECK(has_socket_);
    CHECK(command.socket == socket_);
    has_socket_ = false;
  }
  void note(const ReportOpened& /*command*/) {
    CHECK_FALSE(is_reported_open_);
    is_reported_open_ = true;
  }
  void note(const SendPing& command) {
    CHECK(has_socket_);
    CHECK(command.socket == socket_);
    CHECK(state_.phase == Phase::open);
  }
  void note(const ReportErrored& /*command*/) {}
  void note(const ReportClosed& /*command*/) { is_reported_open_ = false; }
  void note(const ReportOutage& command) {
    CHECK(is_reported_open_);
    CHECK(command.down >= Duration{});
  }

  void check_state(const ConnectionState& before) {
    const Phase phase = state_.phase;
    has_socket_ = has_socket_ && state_.failure != Failure::url;  // a refused one never was
    const bool is_live = phase == Phase::opening || phase == Phase::open || phase == Phase::closing;
    const bool has_end =
        is_live || phase == Phase::refreshing || phase == Phase::asking || phase == Phase::waiting;
    CHECK(has_socket_ == is_live);
    CHECK(is_reported_open_ == (phase == Phase::open || phase == Phase::closing));
    const bool is_endless = state_.deadline == Instant::never();
    const bool is_stable = phase == Phase::open && state_.attempt == 0;
    CHECK((is_endless == !has_end || (is_endless && is_stable)));
    CHECK((state_.failure != Failure::none) == (phase == Phase::failed));
    CHECK((!state_.reopen || phase == Phase::closing));
    CHECK(state_.attempt <= options_.attempts_max);
    CHECK(state_.attempt <= before.attempt + 1);
    CHECK(state_.socket.value >= before.socket.value);
    check_budget();
  }

  /// No window of the budget holds more attempts than it allows.
  void check_budget() const {
    const std::size_t attempts_max = options_.budget.attempts_max;
    const std::size_t count = asked_at_.size();
    if (count > attempts_max) {
      const Duration spread = asked_at_[count - 1] - asked_at_[count - 1 - attempts_max];
      CHECK(spread >= options_.budget.window);
    }
  }

  SplitMix64 random_;
  ConnectionOptions options_;
  ConnectionState state_;
  VirtualClock clock_;
  SocketId asked_;
  std::vector<Instant> asked_at_;
  SocketId socket_;
  bool has_socket_ = false;
  bool is_reported_open_ = false;
};

}  // namespace

TEST_CASE("connection: whatever happens, sockets, reports and deadlines stay in step",
          "[connection]") {
  std::set<Phase> visited;
  for (std::uint64_t seed = 1; seed <= 200; ++seed) {
    INFO("seed " << seed);
    Walk walk{seed};
    for (int i = 0; i < 500; ++i) {
      INFO("step " << i);
      walk.step_once();
      visited.insert(walk.phase());
    }
  }
  CHECK(visited.size() == phase_count);
}
