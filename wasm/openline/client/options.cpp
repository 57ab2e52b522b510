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

Duration limit_at(const OptionValues& values, Option option) {
  return std::isinf(at(values, option)) ? Duration::forever() : duration_at(values, option);
}

std::uint32_t attempts_of(double value) {
  static_assert(ConnectionOptions::attempts_unlimited == BudgetOptions::attempts_unlimited);
  return std::isinf(value) ? ConnectionOptions::attempts_unlimited
                           : static_cast<std::uint32_t>(value);
}

template <class Enum>
Enum choice_at(const OptionValues& values, Option option) {
  return static_cast<Enum>(at(values, option));
}

ConnectionOptions connection_options(const OptionValues& values) {
  ConnectionOptions options;
  options.backoff = {duration_at(values, Option::reconnect_delay_min),
                     duration_at(values, Option::reconnect_delay_max),
                     duration_at(values, Option::reconnect_base_delay)};
  options.budget = {attempts_of(at(values, Option::reconnect_budget_attempts)),
                    duration_at(values, Option::reconnect_budget_window)};
  if (choice_at<HeartbeatAnswer>(values, Option::heartbeat) != HeartbeatAnswer::none) {
    options.heartbeat.interval = duration_at(values, Option::heartbeat_interval);
  }
  options.heartbeat.timeout = duration_at(values, Option::heartbeat_timeout);
  options.heartbeat.probe_timeout = duration_at(values, Option::heartbeat_probe_timeout);
  options.attempts_max = attempts_of(at(values, Option::reconnect_attempts));
  options.stable_after = duration_at(values, Option::reconnect_stable_after);
  options.connect_timeout = duration_at(values, Option::connect_timeout);
  options.close_timeout = duration_at(values, Option::close_timeout);
  options.hidden = choice_at<HiddenPolicy>(values, Option::hidden);
  options.hidden_after = duration_at(values, Option::hidden_after);
  return options;
}

SenderLimits sender_limits(const OptionValues& values) {
  return {
      {static_cast<std::size_t>(at(values, Option::queue_messages_max)),
       static_cast<std::uint64_t>(at(values, Option::queue_bytes_max)),
       limit_at(values, Option::queue_ttl), choice_at<Overflow>(values, Option::queue_overflow)},
      static_cast<std::uint64_t>(at(values, Option::message_bytes_max))};
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
  ClientOptions options{connection_options(values),
                        choice_at<HeartbeatAnswer>(values, Option::heartbeat),
                        sender_limits(values)};
  if (options.connection.backoff.delay_min > options.connection.backoff.delay_max) {
    return OptionFault{Option::reconnect_delay_min};
  }
  return options;
}

}  // namespace openline
