#pragma once

// The options of a line: one table with name, unit, default and range, and the struct that the core
// works with. Options arrive as doubles, in the order of the table, so that Infinity can be said.

#include <openline/base/result.hpp>
#include <openline/client/sender.hpp>
#include <openline/connection/connection_machine.hpp>

#include <array>
#include <cstddef>
#include <cstdint>

namespace openline {

enum class Option : std::uint8_t {
  reconnect_delay_min,
  reconnect_delay_max,
  reconnect_base_delay,
  reconnect_attempts,
  reconnect_stable_after,
  reconnect_budget_attempts,
  reconnect_budget_window,
  connect_timeout,
  close_timeout,
  heartbeat,
  heartbeat_interval,
  heartbeat_timeout,
  heartbeat_probe_timeout,
  hidden,
  hidden_after,
  queue_messages_max,
  queue_bytes_max,
  queue_ttl,
  queue_overflow,
  message_bytes_max,
};
inline constexpr std::size_t option_count = 20;

/// What counts as the answer to a ping.
enum class HeartbeatAnswer : std::uint8_t {
  none,     // no heartbeat
  message,  // any message that comes in
  reply,    // what the host says is one
};

struct OptionSpec {
  const char* name = "";  // as JavaScript writes it
  const char* unit = "";  // "choice": the number of a value of an enum
  double standard = 0;    // the default
  double min = 0;
  double max = 0;
  bool may_be_infinite = false;
};

/// The longest delay that setTimeout takes (2^31 - 1 ms, almost 25 days); more would fire at once.
inline constexpr double timer_ms_max = 2'147'483'647;

inline constexpr std::array<OptionSpec, option_count> option_specs{{
    {"reconnect.minDelayMs", "ms", 1'000, 0, timer_ms_max},
    {"reconnect.maxDelayMs", "ms", 30'000, 0, timer_ms_max},
    {"reconnect.baseDelayMs", "ms", 1'000, 0, timer_ms_max},
    {"reconnect.attempts", "retries", __builtin_inf(), 0, 4'294'967'294, true},
    {"reconnect.stableAfterMs", "ms", 5'000, 0, timer_ms_max},
    {"reconnect.budget.attempts", "attempts", 120, 1, 4'294'967'294, true},
    {"reconnect.budget.windowMs", "ms", 60'000, 1, timer_ms_max},
    {"connectTimeoutMs", "ms", 10'000, 1, timer_ms_max},
    {"closeTimeoutMs", "ms", 5'000, 1, timer_ms_max},
    {"heartbeat", "choice", 0, 0, 2},  // HeartbeatAnswer
    // 24 + 10 s: a dead link is noticed within 35 s though timers ring late; 3.5 s after at most
    // one more (probe_gap): within 5 s of a signal.
    {"heartbeat.intervalMs", "ms", 24'000, 1, timer_ms_max},
    {"heartbeat.timeoutMs", "ms", 10'000, 1, timer_ms_max},
    {"heartbeat.probeTimeoutMs", "ms", 3'500, 1, timer_ms_max},
    {"hidden", "choice", 0, 0, 2},  // HiddenPolicy
    {"hiddenAfterMs", "ms", 30'000, 0, timer_ms_max},
    {"queue.maxMessages", "messages", 1'000, 0, 1'000'000},
    {"queue.maxBytes", "bytes", 1'048'576, 0, 1'073'741'824},
    {"queue.ttlMs", "ms", __builtin_inf(), 1, timer_ms_max, true},
    {"queue.overflow", "choice", 0, 0, 2},  // Overflow
    {"messageBytesMax", "bytes", 67'108'864, 1, 134'217'728},
}};

using OptionValues = std::array<double, option_count>;

[[nodiscard]] OptionValues default_option_values();

struct ClientOptions {
  ConnectionOptions connection;
  HeartbeatAnswer heartbeat = HeartbeatAnswer::none;
  SenderLimits sender;
  friend constexpr bool operator==(const ClientOptions&, const ClientOptions&) = default;
};

/// Which option is out of range; its row of the table names it and the range. For two options that
/// contradict each other (minDelayMs above maxDelayMs) it is the first of them.
struct OptionFault {
  Option option;
  [[nodiscard]] const OptionSpec& spec() const {
    return option_specs[static_cast<std::size_t>(option)];
  }
};

Result<ClientOptions, OptionFault> make_client_options(const OptionValues& values);

}  // namespace openline
