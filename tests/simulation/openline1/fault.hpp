#pragma once

// The kinds of faults that a simulated conversation suffers, and what must come about in it. A full
// run fails where one of either never occurs.

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace openline::conversation {

enum class Fault : std::uint8_t {
  // of the network
  cut,          // in both directions, with what was on its way
  half_open,    // nothing comes or goes any more, and nobody is told
  cut_unseen,   // by the server, for which the socket lives on
  frames_late,  // of a socket that the client has left: they reach the server after the next HELLO
  frame_stale,  // of a socket that the client has left, and which it hears nevertheless
  slow_network,
  slow_consumer,
  handshake_refused,
  other_subprotocol,
  // of the servers
  server_crash,
  server_deploy,
  server_closes,
  server_overloaded,
  welcome_never,
  frame_malformed,
  grant_careless,  // the server takes another epoch for the right one
  run_repeated,
  ack_lost,      // the server has sent its last ack, and nobody has heard it
  ack_repeated,  // an ack that newer ones have overtaken
  stream_denied,
  stream_ended,
  // of the broker
  broker_forgot,       // all streams begin anew, in another epoch
  broker_overtook,     // the same, at offsets beyond the old ones
  broker_rolled_back,  // a stream lost its newest publications, and its epoch did not change
  feed_lost,
  feed_late,
  history_short,
  cursor_forgotten,
  // of handlers
  handler_slow,
  handler_failed,
  crash_before_effect,
  crash_before_cursor,
  crash_before_ack,
  // of the application and the page
  alarm_late,
  application_closes,
  application_reconnects,
  subscribed_again,  // let go and asked for at once
  snapshot_slow,
  send_not_open,
  unsendable,
};

inline constexpr std::array<std::string_view, 40> fault_names{"cut",
                                                              "half_open",
                                                              "cut_unseen",
                                                              "frames_late",
                                                              "frame_stale",
                                                              "slow_network",
                                                              "slow_consumer",
                                                              "handshake_refused",
                                                              "other_subprotocol",
                                                              "server_crash",
                                                              "server_deploy",
                                                              "server_closes",
                                                              "server_overloaded",
                                                              "welcome_never",
                                                              "frame_malformed",
                                                              "grant_careless",
                                                              "run_repeated",
                                                              "ack_lost",
                                                              "ack_repeated",
                                                              "stream_denied",
                                                              "stream_ended",
                                                              "broker_forgot",
                                                              "broker_overtook",
                                                              "broker_rolled_back",
                                                              "feed_lost",
                                                              "feed_late",
                                                              "history_short",
                                                              "cursor_forgotten",
                                                              "handler_slow",
                                                              "handler_failed",
                                                              "crash_before_effect",
                                                              "crash_before_cursor",
                                                              "crash_before_ack",
                                                              "alarm_late",
                                                              "application_closes",
                                                              "application_reconnects",
                                                              "subscribed_again",
                                                              "snapshot_slow",
                                                              "send_not_open",
                                                              "unsendable"};
inline constexpr std::size_t fault_count = fault_names.size();
static_assert(fault_count == static_cast<std::size_t>(Fault::unsendable) + 1);

/// What is no fault, and must come about as well.
enum class Met : std::uint8_t {
  granted_from_now,
  granted_after_position,
  replayed,
  resync_by_answer,
  resync_by_frame,
  resync_of_epoch,
  resync_of_history,
  resync_beyond_top,
  recovered,
  run_of_many,
  run_conflated,
  run_empty,
  run_known,
  answer_outdated,
  denied,
  lagged,
  cut_as_too_slow,
  superseded,
  greeted_while_handling,
  sent_again,
  deduplicated,
  published_once,
  acked,
  acked_by_heartbeat,
  acked_by_welcome,
  rejected,
  answered_again,
  replied,
  given_up,
  expired,
  overflowed,
  too_large,
  window_full,
  bytes_full,
  moved_to_other_server,
  failed_protocol,
  died_of_silence,
};
inline constexpr std::array<std::string_view, 37> met_names{"granted_from_now",
                                                            "granted_after_position",
                                                            "replayed",
                                                            "resync_by_answer",
                                                            "resync_by_frame",
                                                            "resync_of_epoch",
                                                            "resync_of_history",
                                                            "resync_beyond_top",
                                                            "recovered",
                                                            "run_of_many",
                                                            "run_conflated",
                                                            "run_empty",
                                                            "run_known",
                                                            "answer_outdated",
                                                            "denied",
                                                            "lagged",
                                                            "cut_as_too_slow",
                                                            "superseded",
                                                            "greeted_while_handling",
                                                            "sent_again",
                                                            "deduplicated",
                                                            "published_once",
                                                            "acked",
                                                            "acked_by_heartbeat",
                                                            "acked_by_welcome",
                                                            "rejected",
                                                            "answered_again",
                                                            "replied",
                                                            "given_up",
                                                            "expired",
                                                            "overflowed",
                                                            "too_large",
                                                            "window_full",
                                                            "bytes_full",
                                                            "moved_to_other_server",
                                                            "failed_protocol",
                                                            "died_of_silence"};
inline constexpr std::size_t met_count = met_names.size();
static_assert(met_count == static_cast<std::size_t>(Met::died_of_silence) + 1);

}  // namespace openline::conversation
