#pragma once

// FakePlatform: the three ports of one line, without a network. What the line asked for is written
// down, and the test decides how it ends. A test keeps the fakes after the line is gone.

#include <openline/base/ids.hpp>
#include <openline/ports/platform.hpp>

#include <support/virtual_clock.hpp>

#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace openline {

/// What the line asked of its sockets, oldest first, and what it will be answered.
struct FakeSockets {
  struct Opened {
    SocketId socket;
    SocketRequest request;
  };
  struct Closed {
    SocketId socket;
    std::uint16_t code = 0;
    std::string reason;
  };

  std::vector<Opened> opened;
  std::vector<Handle> sent;        // handles that a socket took
  std::vector<std::string> texts;  // frames that it took; a message as "head#handle" and tail
  std::vector<Closed> closed;
  std::vector<SocketId> discarded;
  std::vector<BinaryType> binary_types;  // set on a socket that exists

  SocketId live;                     // the socket that exists; the test ends it with lose()
  bool refuses_open = false;         // the platform refuses the next requests
  std::deque<SendOutcome> outcomes;  // of the next sends; the ones after that are taken
  double buffered_amount = 0;

  // Called from within the port, as a platform that breaks the rules would.
  std::function<void()> during_open;
  std::function<void()> during_send;
  std::function<void()> during_close;
  std::function<void()> during_discard;

  /// The network took the socket away.
  void lose() { live = SocketId{}; }
};

struct FakePlatform {
  std::shared_ptr<FakeSockets> sockets = std::make_shared<FakeSockets>();
  std::shared_ptr<VirtualClock> clock = std::make_shared<VirtualClock>();
  std::uint64_t seed = 1;

  /// Ports that share these fakes.
  [[nodiscard]] Platform ports() const;
};

}  // namespace openline
