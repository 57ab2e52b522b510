// libFuzzer: any sequence of events, at any times and with any options, leaves the machine in a
// state that can go on. Run: node scripts/fuzz.js connection_machine_fuzz

#include <openline/connection/close_reason.hpp>
#include <openline/connection/connection_machine.hpp>

#include <fuzz/bytes.hpp>
#include <fuzz/world.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <variant>

namespace {

using namespace openline;
using fuzz::Bytes;
using fuzz::require;
using fuzz::World;

Duration milliseconds(std::int64_t count) { return Duration::milliseconds(count); }

ConnectionOptions options_from(Bytes& bytes) {
  ConnectionOptions options;
  const std::uint8_t attempts = bytes.byte();
  options.attempts_max = attempts == 255 ? ConnectionOptions::attempts_unlimited : attempts;
  options.backoff.delay_min = milliseconds(bytes.byte() * 10);
  options.backoff.delay_max = options.backoff.delay_min + milliseconds(bytes.word());
  options.backoff.base = milliseconds(bytes.byte() * 16);
  options.budget = {bytes.choice(32) + 1U, milliseconds(bytes.word() + 1)};
  options.heartbeat.interval = milliseconds(bytes.byte() * 200);
  options.heartbeat.timeout = milliseconds(bytes.byte() * 50 + 1);
  options.heartbeat.probe_timeout = milliseconds(bytes.byte() * 20 + 1);
  options.stable_after = milliseconds(bytes.byte() * 50);
  options.connect_timeout = milliseconds(bytes.byte() * 50 + 1);
  options.close_timeout = milliseconds(bytes.byte() * 50 + 1);
  options.hidden = static_cast<HiddenPolicy>(bytes.choice(3));
  options.hidden_after = milliseconds(bytes.byte() * 100);
  return options;
}

std::optional<Duration> retry_after_from(Bytes& bytes) {
  const std::uint8_t kind = bytes.byte();
  if (kind < 192) {
    return std::nullopt;
  }
  return kind == 255 ? Duration::forever() : milliseconds(bytes.word());
}

ConnectionEvent event_from(Bytes& bytes, SocketId newest) {
  const std::uint8_t kind = bytes.byte();
  const SocketId socket = (kind & 0x80U) != 0 ? SocketId{bytes.byte()} : newest;
  switch ((kind & 0x7fU) % 16) {
    case 0:
      return OpenRequested{};
    case 1:
      return CloseRequested{bytes.word()};
    case 2:
      return ReconnectRequested{};
    case 3:
      return UrlReady{socket};
    case 4:
      return UrlFailed{socket};
    case 5:
      return SocketRefused{socket};
    case 6:
      return SocketOpened{socket};
    case 7:
      return SocketErrored{socket};
    case 8: {
      const CloseCode code = bytes.word();
      return SocketClosed{socket, code, retry_after_from(bytes)};
    }
    case 9:
      return CredentialsReady{socket};
    case 10:
      return CredentialsFailed{socket};
    case 11:
      return SocketHeard{socket};
    case 12:
      return PingSent{socket};
    case 13:
      return WaitChosen{milliseconds(bytes.word())};
    case 14:
      return PageSignalled{static_cast<PageSignal>(bytes.choice(page_signal_count))};
    default:
      return Woken{};
  }
}

/// One machine, its options, its world and its clock.
class Run {
 public:
  explicit Run(Bytes& bytes) : options_{options_from(bytes)}, world_{options_, inputs_.now} {}

  void step_from(Bytes& bytes) {
    const ConnectionEvent event = event_from(bytes, state_.socket);
    const std::uint8_t pace = bytes.byte();
    const std::int64_t scale = pace < 200 ? 1 : pace < 250 ? 20 : 2'000;  // at times a sleep
    inputs_.now = inputs_.now + milliseconds(bytes.byte() * 8 * scale);
    inputs_.entropy = bytes.word() * 0x9e3779b97f4a7c15U;
    inputs_.unsent = bytes.byte() % 4;
    advance(event);
    check_settles();
  }

 private:
  void advance(const ConnectionEvent& event) {
    world_.note(event);
    const ConnectionState before = state_;
    const Transition transition = step(options_, before, event, inputs_);
    state_ = transition.state;
    for (const ConnectionCommand& command : transition.commands) {
      world_.carry_out(state_, command);
    }
    check_event(before, event, transition);
    check_phase();
    check_deadline();
    check_limits(before);
  }

  /// What is due now is done with a few alarms: no alarm can ring for ever at one moment.
  void check_settles() {
    for (int i = 0; i < 4 && wake_time(state_) <= inputs_.now; ++i) {
      advance(Woken{});
    }
    require(wake_time(state_) > inputs_.now, "alarms lead to rest");
  }

  void check_event(const ConnectionState& before, const ConnectionEvent& event,
                   const Transition& transition) const {
    const bool is_stale = std::visit(
        [&](const auto& each) {
          if constexpr (requires { each.socket; }) {
            return each.socket != before.socket;
          }
          return false;
        },
        event);
    require(!is_stale || (state_ == before && transition.commands.size() == 0), "stale events end");
    const bool is_attempt = state_.socket != before.socket;
    const bool is_told = std::holds_alternative<ReconnectRequested>(event);
    require(!is_attempt || is_told || inputs_.now >= before.not_before, "the server's time holds");
    require(!is_attempt || state_.phase == Phase::asking, "attempts begin with asking");
  }

  void check_phase() const {
    const Phase phase = state_.phase;
    const PageState& page = state_.page;
    const bool is_connecting =
        phase == Phase::refreshing || phase == Phase::asking || phase == Phase::opening;
    const bool is_ended = phase == Phase::idle || phase == Phase::closed || phase == Phase::failed;
    require(world_.has_socket() == has_socket(phase), "the socket that the phase says");
    require(world_.is_told_open() == (phase == Phase::open || phase == Phase::closing),
            "the application knows whether the line is open");
    require((state_.failure != Failure::none) == (phase == Phase::failed), "failed, and why");
    require(!state_.reopen || phase == Phase::closing, "reopen while closing");
    require(phase != Phase::resting || page.is_stored || page.is_resting, "a reason to rest");
    require(phase != Phase::waiting || !(page.is_stored || page.is_resting), "a wait, not a rest");
    require(!(is_connecting || phase == Phase::open) || !page.is_stored, "stored without a socket");
    require(!page.is_resting || (page.is_hidden && options_.hidden != HiddenPolicy::keep),
            "at rest because hidden");
    const bool is_alive = is_connecting || phase == Phase::waiting || phase == Phase::closing ||
                          (phase == Phase::open && options_.heartbeat.is_on());
    require(!is_alive || wake_time(state_) != Instant::never(), "an alarm where one is needed");
    require(!is_ended || wake_time(state_) == Instant::never(), "no alarm where none is");
  }

  void check_deadline() const {
    const Duration left = state_.deadline - inputs_.now;
    const bool is_set = state_.deadline != Instant::never();
    switch (state_.phase) {
      case Phase::refreshing:
      case Phase::asking:
      case Phase::opening:
        require(is_set && left <= options_.connect_timeout, "a connection in time");
        return;
      case Phase::open: {
        require(!is_set || left <= options_.stable_after, "stable in time");
        const HeartbeatOptions& beat = options_.heartbeat;
        const Duration longest = std::max({beat.interval, beat.timeout, beat.probe_timeout});
        require(!beat.is_on() || state_.heartbeat.due - inputs_.now <= longest, "a beat in time");
        return;
      }
      case Phase::waiting:
        require(is_set && left <= longest_wait(), "a retry in time");
        return;
      case Phase::closing:
        require(is_set && left <= options_.close_timeout, "closed in time");
        return;
      case Phase::idle:
      case Phase::resting:
      case Phase::closed:
      case Phase::failed:
        require(!is_set, "no deadline");
        return;
    }
  }

  [[nodiscard]] Duration longest_wait() const {
    const BackoffOptions& backoff = options_.backoff;
    const Duration asked_for = std::max(retry_after_max, backoff.delay_min) + backoff.base;
    return std::max({backoff.delay_max, asked_for, options_.budget.window + milliseconds(1)});
  }

  void check_limits(const ConnectionState& before) const {
    require(state_.attempt <= options_.attempts_max, "no more attempts than allowed");
    require(state_.attempt <= before.attempt + 1, "attempts are counted one by one");
    require(state_.socket.value - before.socket.value <= 1, "one attempt a step");
  }

  ConnectionOptions options_;
  StepInputs inputs_;
  ConnectionState state_;
  World world_;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Bytes bytes{data, size};
  Run run{bytes};
  while (!bytes.is_empty()) {
    run.step_from(bytes);
  }
  return 0;
}
