// libFuzzer: any sequence of events leaves the machine in a state that can go on. Built by the
// preset `fuzz`; run `build/fuzz/connection_machine_fuzz -max_total_time=60`.

#include <openline/connection/connection_machine.hpp>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <variant>

namespace {

using namespace openline;

void require(bool condition) {
  if (!condition) {
    std::abort();
  }
}

/// Bytes of the fuzzer, read as numbers; zeros when they have run out.
class Bytes {
 public:
  Bytes(const std::uint8_t* data, std::size_t size) : data_{data}, size_{size} {}
  [[nodiscard]] bool is_empty() const { return at_ >= size_; }
  std::uint8_t byte() { return is_empty() ? 0 : data_[at_++]; }
  std::uint16_t word() { return static_cast<std::uint16_t>(byte() << 8U | byte()); }

 private:
  const std::uint8_t* data_;
  std::size_t size_;
  std::size_t at_ = 0;
};

ConnectionEvent event_from(Bytes& bytes, SocketId newest) {
  const std::uint8_t kind = bytes.byte();
  const SocketId socket = (kind & 0x80U) != 0 ? SocketId{bytes.byte()} : newest;
  switch (kind % 10) {
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
    case 8:
      return SocketClosed{socket, bytes.word()};
    default:
      return Woken{};
  }
}

/// What the commands did to the world: at most one socket lives, and only the newest.
struct World {
  bool has_socket = false;
  SocketId socket;

  void carry_out(const ConnectionCommand& command) {
    if (const auto* open = std::get_if<OpenSocket>(&command)) {
      require(!has_socket);
      has_socket = true;
      socket = open->socket;
    } else if (const auto* discard = std::get_if<DiscardSocket>(&command)) {
      require(has_socket && socket == discard->socket);
      has_socket = false;
    } else if (const auto* close = std::get_if<CloseSocket>(&command)) {
      require(has_socket && socket == close->socket);
    }
  }

  /// The browser tells of the end of a socket at most once, and never refuses one that it made.
  [[nodiscard]] bool may_happen(const ConnectionEvent& event, const ConnectionState& state) const {
    if (const auto* refused = std::get_if<SocketRefused>(&event)) {
      return refused->socket != state.socket || state.phase == Phase::asking;
    }
    return true;
  }

  void note(const ConnectionEvent& event) {
    if (const auto* closed = std::get_if<SocketClosed>(&event)) {
      has_socket = has_socket && closed->socket != socket;
    }
  }
};

void check(const ConnectionState& state, const World& world) {
  switch (state.phase) {
    case Phase::asking:
    case Phase::waiting:
      require(!world.has_socket && state.deadline != Instant::never());
      return;
    case Phase::opening:
    case Phase::closing:
      require(world.has_socket && state.deadline != Instant::never());
      return;
    case Phase::open:
      require(world.has_socket);
      return;
    case Phase::idle:
    case Phase::closed:
      require(!world.has_socket && state.deadline == Instant::never());
      return;
    case Phase::failed:
      require(!world.has_socket && state.failure != Failure::none);
      return;
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Bytes bytes{data, size};
  ConnectionOptions options;
  options.attempts_max = bytes.byte();
  ConnectionState state;
  World world;
  std::int64_t now = 0;
  while (!bytes.is_empty()) {
    const ConnectionEvent event = event_from(bytes, state.socket);
    if (!world.may_happen(event, state)) {
      continue;
    }
    now += bytes.word();
    const StepInputs inputs{Instant::from_milliseconds(now), bytes.word() * 0x9e3779b97f4a7c15U};
    world.note(event);
    const Transition transition = step(options, state, event, inputs);
    for (const ConnectionCommand& command : transition.commands) {
      world.carry_out(command);
    }
    state = transition.state;
    check(state, world);
  }
  return 0;
}
