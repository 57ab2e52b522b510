#pragma once

// DrivenMachine: a connection machine on a virtual clock, which remembers what its last step wanted
// done. It carries nothing out.

#include <openline/connection/connection_machine.hpp>

#include <support/catch.hpp>
#include <support/describe.hpp>
#include <support/virtual_clock.hpp>

#include <cstdint>
#include <string>

namespace openline {

class DrivenMachine {
 public:
  ConnectionOptions options;
  ConnectionState state;
  VirtualClock clock;
  std::uint64_t entropy = 0;  // 0 draws the shortest delay
  std::uint64_t unsent = 0;   // bytes in the open socket

  /// One step; answers its commands in words.
  std::string on(const ConnectionEvent& event) {
    const Transition transition = step(options, state, event, {clock.now(), entropy, unsent});
    state = transition.state;
    return describe_all(transition.commands);
  }

  std::string on(PageSignal signal) { return on(PageSignalled{signal}); }

  /// Lets time pass and rings once.
  std::string advance(Duration by) {
    clock.advance(by);
    return on(Woken{});
  }

  /// To opening, from a phase that connects when the application wants it open.
  void start() {
    on(OpenRequested{});
    on(UrlReady{state.socket});
    REQUIRE(state.phase == Phase::opening);
  }
  /// From opening to open.
  void opened() {
    on(SocketOpened{state.socket});
    REQUIRE(state.phase == Phase::open);
  }
  void connect() {
    start();
    opened();
  }
  /// The network ends the present socket.
  std::string lose(CloseCode code = close_abnormal) { return on(SocketClosed{state.socket, code}); }
  /// The server ends it, and says in the reason when to come back.
  std::string lose(CloseCode code, Duration retry_after) {
    return on(SocketClosed{state.socket, code, retry_after});
  }
  /// How long it is to the next attempt.
  [[nodiscard]] Duration wait() const {
    REQUIRE(state.phase == Phase::waiting);
    return state.deadline - clock.now();
  }
  /// From waiting to the next attempt, up to opening.
  void retry() {
    advance(wait());
    REQUIRE(state.phase == Phase::asking);
    on(UrlReady{state.socket});
    REQUIRE(state.phase == Phase::opening);
  }
};

}  // namespace openline
