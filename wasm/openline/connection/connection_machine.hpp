#pragma once

// The connection machine: one pure function. It calls nothing, knows no clock and no chance, and
// ignores what does not fit: tests/connection/connection_machine_table.hpp lists every pair of
// phase and event.

#include <openline/base/time.hpp>
#include <openline/connection/backoff.hpp>
#include <openline/connection/command.hpp>
#include <openline/connection/event.hpp>
#include <openline/connection/state.hpp>

#include <cstdint>
#include <limits>

namespace openline {

struct ConnectionOptions {
  static constexpr std::uint32_t attempts_unlimited = std::numeric_limits<std::uint32_t>::max();

  BackoffOptions backoff;
  std::uint32_t attempts_max = attempts_unlimited;   // retries between two stable connections
  Duration stable_after = Duration::seconds(5);      // open this long: attempts start anew
  Duration connect_timeout = Duration::seconds(10);  // from asking for the URL to open
  Duration close_timeout = Duration::seconds(5);     // from close() to the close event
  friend constexpr bool operator==(const ConnectionOptions&, const ConnectionOptions&) = default;
};

/// What surrounds a step: the time, and 64 random bits for the jitter.
struct StepInputs {
  Instant now;
  std::uint64_t entropy = 0;
};

struct Transition {
  ConnectionState state;
  CommandList commands;
};

[[nodiscard]] Transition step(const ConnectionOptions& options, const ConnectionState& state,
                              const ConnectionEvent& event, const StepInputs& inputs);

}  // namespace openline
