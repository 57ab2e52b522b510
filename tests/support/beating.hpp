#pragma once

// Beating: the heartbeat of one connection with a clock, for the tests of heartbeat.hpp.

#include <openline/connection/heartbeat.hpp>

#include <support/catch.hpp>

#include <cstdint>

namespace openline {

/// A heartbeat with a clock: a ping after 10 s of silence, 5 s for the answer, 2 s for a probe's.
struct Beating {
  HeartbeatOptions options{Duration::seconds(10), Duration::seconds(5), Duration::seconds(2)};
  Instant now = Instant::from_milliseconds(100'000);
  Heartbeat heartbeat = start_heartbeat(options, now);
  std::uint64_t unsent = 0;
  bool is_hidden = false;

  [[nodiscard]] HeartbeatLook look() const { return {now, unsent, is_hidden}; }
  Pulse beat_after(Duration pause) {
    now = now + pause;
    return beat(options, heartbeat, look());
  }
  Pulse probe_now() { return probe(options, heartbeat, now); }
  void hear() { note_heard(options, heartbeat, now); }
  void send_ping() { note_ping_sent(options, heartbeat, look()); }
  /// Until a ping has left and is not answered.
  void await_answer() {
    REQUIRE(beat_after(options.interval) == Pulse::ping);
    send_ping();
  }
  [[nodiscard]] Duration due_in() const { return heartbeat.due - now; }
};

}  // namespace openline
