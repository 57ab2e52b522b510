#pragma once

// The kinds of faults that a simulated world injects.

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace openline {

enum class Fault : std::uint8_t {
  handshake_refused,
  handshake_hangs,
  handshake_late,  // after the client gave up
  accepted_and_dropped,
  connection_lost,
  server_restart,
  server_overloaded,
  server_closes,  // any other code
  unauthorized,
  forbidden,
  retry_after,
  half_open,  // nothing comes or goes any more, and nobody is told
  network_down,
  network_slow,
  close_late,
  close_never,
  late_event,  // of a socket that was discarded
  send_not_open,
  unsendable,
  socket_refused,  // by the platform
  upload_stuck,
  upload_slow,
  server_deaf,  // does not answer pings
  ping_not_sent,
  alarm_late,
  alarm_early,
  sleep,
  stall,  // of the page's thread
  offline,
  offline_lie,
  online_flaps,
  hidden,
  frozen,
  stored,
  url_late,
  url_rejected,
  url_never,
  url_refused,
  credentials_rejected,
  credentials_never,
};

inline constexpr std::array<std::string_view, 40> fault_names{"handshake_refused",
                                                              "handshake_hangs",
                                                              "handshake_late",
                                                              "accepted_and_dropped",
                                                              "connection_lost",
                                                              "server_restart",
                                                              "server_overloaded",
                                                              "server_closes",
                                                              "unauthorized",
                                                              "forbidden",
                                                              "retry_after",
                                                              "half_open",
                                                              "network_down",
                                                              "network_slow",
                                                              "close_late",
                                                              "close_never",
                                                              "late_event",
                                                              "send_not_open",
                                                              "unsendable",
                                                              "socket_refused",
                                                              "upload_stuck",
                                                              "upload_slow",
                                                              "server_deaf",
                                                              "ping_not_sent",
                                                              "alarm_late",
                                                              "alarm_early",
                                                              "sleep",
                                                              "stall",
                                                              "offline",
                                                              "offline_lie",
                                                              "online_flaps",
                                                              "hidden",
                                                              "frozen",
                                                              "stored",
                                                              "url_late",
                                                              "url_rejected",
                                                              "url_never",
                                                              "url_refused",
                                                              "credentials_rejected",
                                                              "credentials_never"};
inline constexpr std::size_t fault_count = fault_names.size();
static_assert(fault_count == static_cast<std::size_t>(Fault::credentials_never) + 1);

}  // namespace openline
