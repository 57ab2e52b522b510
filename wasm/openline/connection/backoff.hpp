#pragma once

// How long to wait before a retry: exponential, with full jitter above a floor. Pure; the caller
// brings the entropy.

#include <openline/base/time.hpp>

#include <cstdint>

namespace openline {

struct BackoffOptions {
  Duration delay_min = Duration::seconds(1);
  Duration delay_max = Duration::seconds(30);
  Duration base = Duration::seconds(1);
  friend constexpr bool operator==(const BackoffOptions&, const BackoffOptions&) = default;
};

/// delay_min + U(0, min(delay_max - delay_min, base * 2^retry)), in whole milliseconds; `retry`
/// counts from 0. Always within [delay_min, delay_max].
[[nodiscard]] Duration backoff_delay(const BackoffOptions& options, std::uint32_t retry,
                                     std::uint64_t entropy);

}  // namespace openline
