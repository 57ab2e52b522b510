#pragma once

// The connection machine: one pure function. It calls nothing, knows no clock and no chance, and
// ignores what does not fit: tests/connection/connection_machine_table.hpp lists every pair of
// phase and event.

#include <openline/base/time.hpp>
#include <openline/connection/backoff.hpp>
#include <openline/connection/budget.hpp>
#include <openline/connection/command.hpp>
#include <openline/connection/event.hpp>
#include <openline/connection/heartbeat.hpp>
#include <openline/connection/page.hpp>
#include <openline/connection/state.hpp>

#include <cstdint>
#include <limits>

namespace openline {

struct ConnectionOptions {
  static constexpr std::uint32_t attempts_unlimited = std::numeric_limits<std::uint32_t>::max();

  BackoffOptions backoff;
  BudgetOptions budget;
  HeartbeatOptions heartbeat;
  std::uint32_t attempts_max = attempts_unlimited;   // retries between two stable connections
  Duration stable_after = Duration::seconds(5);      // open this long: attempts start anew
  Duration connect_timeout = Duration::seconds(10);  // from asking for the URL to open
  Duration close_timeout = Duration::seconds(5);     // from close() to the close event
  HiddenPolicy hidden = HiddenPolicy::keep;
  Duration hidden_after = Duration::seconds(30);  // hidden this long, the policy takes effect
  friend constexpr bool operator==(const ConnectionOptions&, const ConnectionOptions&) = default;
};

/// A signal of the page that promises a network brings an attempt that soon, spread over this.
inline constexpr Duration hint_jitter = Duration::milliseconds(200);
/// Flapping signals bring no more attempts than one in that time.
inline constexpr Duration hint_gap = Duration::seconds(2);
/// The close event of what a signal was about comes within that time, or a probe finds it out.
inline constexpr Duration hint_validity = Duration::seconds(6);
/// An alarm that rings this late was slept over: no timer is throttled for longer.
inline constexpr Duration sleep_min = Duration::seconds(62);
/// The first retries after a restart (1001, 1012), and all after 1013, are drawn from at least
/// this.
inline constexpr Duration restart_spread = Duration::seconds(5);

/// So many connections in a row on which the server does not speak as it should, and the line has
/// failed.
inline constexpr std::uint8_t faults_max = 3;

/// What surrounds a step: the time, 64 random bits for the jitter, and the bytes that the open
/// socket has taken and not yet sent.
struct StepInputs {
  Instant now;
  std::uint64_t entropy = 0;
  std::uint64_t unsent = 0;
};

struct Transition {
  ConnectionState state;
  CommandList commands;
};

[[nodiscard]] Transition step(const ConnectionOptions& options, const ConnectionState& state,
                              const ConnectionEvent& event, const StepInputs& inputs);

}  // namespace openline
