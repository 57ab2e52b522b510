#pragma once

// The options of a line: one table with name, unit, default and range, and the struct that the core
// works with. Options arrive as doubles, in the order of the table, so that Infinity can be said.

#include <openline/base/result.hpp>
#include <openline/connection/connection_machine.hpp>
#include <openline/outbox/outbox.hpp>

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
  connect_timeout,
  close_timeout,
  queue_messages_max,
  queue_bytes_max,
  message_bytes_max,
};
inline constexpr std::size_t option_count = 10;

struct OptionSpec {
  const char* name = "";  // as JavaScript writes it
  const char* unit = "";
  double standard = 0;  // the default
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
    {"connectTimeoutMs", "ms", 10'000, 1, timer_ms_max},
    {"closeTimeoutMs", "ms", 5'000, 1, timer_ms_max},
    {"queue.maxMessages", "messages", 1'000, 0, 1'000'000},
    {"queue.maxBytes", "bytes", 1'048'576, 0, 1'073'741'824},
    {"messageBytesMax", "bytes", 67'108'864, 1, 134'217'728},
}};

using OptionValues = std::array<double, option_count>;

[[nodiscard]] OptionValues default_option_values();

struct ClientOptions {
  ConnectionOptions connection;
  OutboxLimits outbox;
  std::uint64_t message_bytes_max = 67'108'864;
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
