#pragma once

// ConnectionState: all that the connection machine remembers. A plain value; what each field means
// depends on the phase, as its comment says.

#include <openline/base/ids.hpp>
#include <openline/base/time.hpp>

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace openline {

enum class Phase : std::uint8_t {
  idle,     // not asked to connect yet
  asking,   // waiting for the application to say the URL of this attempt
  opening,  // WebSocket CONNECTING
  open,     // WebSocket OPEN
  waiting,  // no socket; the next attempt is at `deadline`
  closing,  // the application closed; the closing handshake runs
  closed,   // the application closed
  failed,   // another attempt would not help, or none is left; see `failure`
};
inline constexpr std::size_t phase_count = 8;

/// The public `status`: asking and opening are both "connecting".
[[nodiscard]] std::string_view to_string(Phase phase);

enum class Failure : std::uint8_t {
  none,
  auth,      // 4401, 4403
  rejected,  // the server will refuse this client again
  attempts,  // the last attempt allowed has failed
  url,       // the platform refused the URL or the subprotocols
};
[[nodiscard]] std::string_view to_string(Failure failure);

struct ConnectionState {
  Phase phase = Phase::idle;
  Failure failure = Failure::none;  // failed: why
  bool reopen = false;              // closing: connect again once it is closed
  SocketId socket;                  // the newest attempt; live in asking, opening, open, closing
  std::uint32_t attempt = 0;        // retries since the line was last stable; saturates
  Instant deadline = Instant::never();  // asking, opening: give up. open: count as stable.
                                        // waiting: retry. closing: stop waiting for the close event
  friend constexpr bool operator==(const ConnectionState&, const ConnectionState&) = default;
};

}  // namespace openline
