#pragma once

// Platform: the three ports of one line. make_platform is the link-time seam: wasm/platform defines
// it for browsers, tests/support for the native build. Nothing else knows which one it is.

#include <openline/base/ids.hpp>
#include <openline/ports/clock_port.hpp>
#include <openline/ports/random_port.hpp>
#include <openline/ports/socket_port.hpp>

#include <memory>

namespace openline {

struct Platform {
  std::unique_ptr<SocketPort> sockets;
  std::unique_ptr<ClockPort> clock;
  std::unique_ptr<RandomPort> random;
};

[[nodiscard]] Platform make_platform(LineId line);

}  // namespace openline
