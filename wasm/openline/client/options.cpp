#include <openline/client/options.hpp>

#include <cmath>

namespace openline {
namespace {

bool is_allowed(const OptionSpec& spec, double value) {
  if (std::isinf(value)) {
    return spec.may_be_infinite && value > 0;
  }
  return value >= spec.min && value <= spec.max;  // false for NaN
}

double at(const OptionValues& values, Option option) {
  return values[static_cast<std::size_t>(option)];
}

Duration duration_at(const OptionValues& values, Option option) {
  return Duration::milliseconds(static_cast<std::int64_t>(at(values, option)));
}

std::uint32_t attempts_of(double value) {
  return std::isinf(value) ? ConnectionOptions::attempts_unlimited
                           : static_cast<std::uint32_t>(value);
}

}  // namespace

OptionValues default_option_values() {
  OptionValues values{};
  for (std::size_t i = 0; i < option_count; ++i) {
    values[i] = option_specs[i].standard;
  }
  return values;
}

Result<ClientOptions, OptionFault> make_client_options(const OptionValues& values) {
  for (std::size_t i = 0; i < option_count; ++i) {
    if (!is_allowed(option_specs[i], values[i])) {
      return OptionFault{static_cast<Option>(i)};
    }
  }
  ClientOptions options;
  options.connection.backoff = {duration_at(values, Option::reconnect_delay_min),
                                duration_at(values, Option::reconnect_delay_max),
                                duration_at(values, Option::reconnect_base_delay)};
  if (options.connection.backoff.delay_min > options.connection.backoff.delay_max) {
    return OptionFault{Option::reconnect_delay_min};
  }
  options.connection.attempts_max = attempts_of(at(values, Option::reconnect_attempts));
  options.connection.stable_after = duration_at(values, Option::reconnect_stable_after);
  options.connection.connect_timeout = duration_at(values, Option::connect_timeout);
  options.connection.close_timeout = duration_at(values, Option::close_timeout);
  options.outbox = {static_cast<std::size_t>(at(values, Option::queue_messages_max)),
                    static_cast<std::uint64_t>(at(values, Option::queue_bytes_max))};
  options.message_bytes_max = static_cast<std::uint64_t>(at(values, Option::message_bytes_max));
  return options;
}

}  // namespace openline
