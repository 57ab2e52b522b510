#include <openline/connection/heartbeat.hpp>

#include <algorithm>

namespace openline {
namespace {

Duration timeout_of(const HeartbeatOptions& options, const Heartbeat& heartbeat) {
  return heartbeat.is_probe ? options.probe_timeout : options.timeout;
}

Pulse ask_for_ping(const HeartbeatOptions& options, Heartbeat& heartbeat, Instant now) {
  // Asked for again later, should the host be unable to send it: then there is nothing to judge.
  // One that has left before is judged when it would have been.
  if (!heartbeat.is_awaiting) {
    heartbeat.due = now + options.interval;
  }
  if (heartbeat.is_probe) {
    heartbeat.next_probe_at = now + probe_gap;
  }
  return Pulse::ping;
}

/// Whoever looks far too late was asleep, frozen or blocked, and the answer may stand behind this
/// very look, or be lost with the time: ask once more, and believe that.
Pulse ask_once_more(const HeartbeatOptions& options, Heartbeat& heartbeat, Instant now) {
  heartbeat.has_grace = true;
  heartbeat.is_probe = true;
  heartbeat.due = now + options.probe_timeout;
  return ask_for_ping(options, heartbeat, now);
}

Pulse judge(const HeartbeatOptions& options, Heartbeat& heartbeat, const HeartbeatLook& look) {
  const Duration late_max = look.is_hidden ? lateness_max_hidden : lateness_max_shown;
  if (look.now - heartbeat.due > late_max && !heartbeat.has_grace) {
    return ask_once_more(options, heartbeat, look.now);
  }
  // A ping behind a long upload has not left as long as the upload goes on.
  if (look.unsent > 0 && look.unsent < heartbeat.unsent) {
    heartbeat.unsent = look.unsent;
    heartbeat.due = look.now + timeout_of(options, heartbeat);
    return Pulse::none;
  }
  return Pulse::dead;
}

}  // namespace

Heartbeat start_heartbeat(const HeartbeatOptions& options, Instant now) {
  Heartbeat heartbeat;
  heartbeat.heard_at = now;
  heartbeat.due = options.is_on() ? now + options.interval : Instant::never();
  return heartbeat;
}

void note_heard(const HeartbeatOptions& options, Heartbeat& heartbeat, Instant now) {
  heartbeat.heard_at = now;
  heartbeat.has_grace = false;
  // Else `due` stays where it is, and is put off when it comes: a firehose sets no alarms.
  if (heartbeat.is_awaiting) {
    heartbeat.is_awaiting = false;
    heartbeat.is_probe = false;
    heartbeat.due = now + options.interval;
  }
}

void note_ping_sent(const HeartbeatOptions& options, Heartbeat& heartbeat,
                    const HeartbeatLook& look) {
  heartbeat.is_awaiting = true;
  heartbeat.unsent = look.unsent;
  heartbeat.due = look.now + timeout_of(options, heartbeat);
}

Pulse beat(const HeartbeatOptions& options, Heartbeat& heartbeat, const HeartbeatLook& look) {
  if (look.now < heartbeat.due) {
    return Pulse::none;
  }
  if (heartbeat.is_awaiting) {
    return judge(options, heartbeat, look);
  }
  const Instant silent_at = heartbeat.heard_at + options.interval;
  if (silent_at > look.now && !heartbeat.is_probe) {
    heartbeat.due = silent_at;
    return Pulse::none;
  }
  return ask_for_ping(options, heartbeat, look.now);
}

Pulse probe(const HeartbeatOptions& options, Heartbeat& heartbeat, Instant now) {
  if (!options.is_on()) {
    return Pulse::none;
  }
  if (heartbeat.is_awaiting && now >= heartbeat.due) {
    // Not judged yet, so the page was frozen, or the alarm is about to ring.
    return heartbeat.has_grace ? Pulse::none : ask_once_more(options, heartbeat, now);
  }
  if (heartbeat.is_awaiting && heartbeat.is_probe) {
    return Pulse::none;
  }
  heartbeat.is_probe = true;
  if (now < heartbeat.next_probe_at) {
    const Instant soon =
        heartbeat.is_awaiting ? now + options.probe_timeout : heartbeat.next_probe_at;
    heartbeat.due = std::min(heartbeat.due, soon);
    return Pulse::none;
  }
  return ask_for_ping(options, heartbeat, now);
}

}  // namespace openline
