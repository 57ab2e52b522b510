#pragma once

// Heartbeat: finds out that a connection is dead although no close event comes. It asks the host to
// ping after a silence, and judges by the clock, never by how often a timer rang. Pure.

#include <openline/base/time.hpp>

#include <cstdint>

namespace openline {

struct HeartbeatOptions {
  Duration interval;                         // of silence before a ping; 0: no heartbeat
  Duration timeout = Duration::seconds(10);  // from a ping that left to its answer
  Duration probe_timeout = Duration::milliseconds(3'500);  // the same after a hint of the page
  friend constexpr bool operator==(const HeartbeatOptions&, const HeartbeatOptions&) = default;

  [[nodiscard]] constexpr bool is_on() const { return interval > Duration{}; }
};

/// The timers of a visible page ring in time but for a blocked thread or a short sleep; those of a
/// hidden one may be held back for a minute (Chromium, intensive throttling).
inline constexpr Duration lateness_max_shown = Duration::seconds(2);
inline constexpr Duration lateness_max_hidden = Duration::seconds(62);
/// Flapping signals of a page send one probe in that time.
inline constexpr Duration probe_gap = Duration::seconds(1);

enum class Pulse : std::uint8_t {
  none,
  ping,  // the host is to send a ping, and to say so when it has left
  dead,
};

/// The heartbeat of one open connection.
struct Heartbeat {
  Instant heard_at;                // the connection was alive then
  Instant due = Instant::never();  // the next ping, or its answer is judged
  Instant next_probe_at;
  std::uint64_t unsent = 0;  // bytes in the socket behind which the ping waits
  bool is_awaiting = false;  // a ping has left and is not answered
  bool is_probe = false;     // the coming or present ping is one
  bool has_grace = false;    // it was judged too late once already
  friend constexpr bool operator==(const Heartbeat&, const Heartbeat&) = default;
};

[[nodiscard]] Heartbeat start_heartbeat(const HeartbeatOptions& options, Instant now);

struct HeartbeatLook {
  Instant now;
  std::uint64_t unsent = 0;  // bytes in the socket
  bool is_hidden = false;    // the page is
};

/// Something came in that counts as life.
void note_heard(const HeartbeatOptions& options, Heartbeat& heartbeat, Instant now);
/// The ping asked for has really left.
void note_ping_sent(const HeartbeatOptions& options, Heartbeat& heartbeat,
                    const HeartbeatLook& look);
/// Is it time for a ping, or too late for an answer? Nothing before `due`.
[[nodiscard]] Pulse beat(const HeartbeatOptions& options, Heartbeat& heartbeat,
                         const HeartbeatLook& look);
/// Something suggests that the connection may be gone: ping now, or soon after the last probe.
[[nodiscard]] Pulse probe(const HeartbeatOptions& options, Heartbeat& heartbeat, Instant now);

}  // namespace openline
