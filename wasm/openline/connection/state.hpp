#pragma once

// ConnectionState: all that the connection machine remembers. A plain value; what each field means
// depends on the phase, as its comment says.

#include <openline/base/ids.hpp>
#include <openline/base/time.hpp>
#include <openline/connection/heartbeat.hpp>
#include <openline/connection/page.hpp>

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace openline {

enum class Phase : std::uint8_t {
  idle,        // not asked to connect yet
  refreshing,  // waiting for the application to renew the credentials
  asking,      // waiting for the application to say the URL of this attempt
  opening,     // WebSocket CONNECTING
  open,        // WebSocket OPEN
  waiting,     // no socket; the next attempt is at `deadline`
  resting,     // no socket; the next attempt is when the page is shown or restored
  closing,     // the application closed; the closing handshake runs
  closed,      // the application closed
  failed,      // another attempt would not help, or none is left; see `failure`
};
inline constexpr std::size_t phase_count = 10;

/// There is a WebSocket, and it has the SocketId of the state.
[[nodiscard]] constexpr bool has_socket(Phase phase) {
  return phase == Phase::opening || phase == Phase::open || phase == Phase::closing;
}

/// The public `status`: refreshing, asking and opening are "connecting", resting is "waiting".
[[nodiscard]] std::string_view to_string(Phase phase);

enum class Failure : std::uint8_t {
  none,
  auth,      // 4401 again, 4403
  rejected,  // the server will refuse this client again
  attempts,  // the last attempt allowed has failed
  url,       // the platform refused the URL or the subprotocols
  protocol,  // the server does not speak openline.1
};
[[nodiscard]] std::string_view to_string(Failure failure);

struct ConnectionState {
  Phase phase = Phase::idle;
  Failure failure = Failure::none;  // failed: why
  bool reopen = false;              // closing: connect again once it is closed
  SocketId socket;                  // the newest attempt; live in asking, opening, open, closing
  std::uint32_t attempt = 0;        // retries since the line was last stable; saturates
  Instant deadline = Instant::never();  // refreshing, asking, opening: give up. open: count as
                                        // stable. waiting: retry. closing: the close event is late

  // When the next attempt comes.
  std::uint32_t backoff_step = 0;  // doublings since the backoff last began anew; saturates
  Instant not_before;    // waiting, resting: the server wants no attempt sooner, whatever comes
  Instant spent_until;   // what budget.hpp remembers
  Instant hinted_until;  // until then a failure is answered with an attempt at once
  Instant next_hint_at;  // until then signals of the page bring no attempt forward

  bool is_prompted = false;    // waiting: a sign of the page brought the attempt so near
  bool began_offline = false;  // asking, opening: the page was offline when the attempt began
  bool has_refreshed = false;  // the credentials are new since the line was last stable
  std::uint8_t faults = 0;     // connections on which the server spoke wrongly, since then
  PageState page;
  Heartbeat heartbeat;                 // open
  Instant lost_at = Instant::never();  // an outage goes on since then
  friend constexpr bool operator==(const ConnectionState&, const ConnectionState&) = default;
};

/// When the machine next wants to see Woken; never: only another event moves it.
[[nodiscard]] Instant wake_time(const ConnectionState& state);

}  // namespace openline
