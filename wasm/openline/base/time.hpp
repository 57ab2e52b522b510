#pragma once

// Instant and Duration: whole milliseconds on a monotonic clock. Integers, so that a trace is equal
// natively and in wasm. They saturate instead of overflowing. Wall-clock time is not represented.

#include <compare>
#include <cstdint>
#include <limits>

namespace openline {
namespace detail {

/// What a result that does not fit becomes.
constexpr std::int64_t count_bound(bool is_below) {
  return is_below ? std::numeric_limits<std::int64_t>::min()
                  : std::numeric_limits<std::int64_t>::max();
}
constexpr std::int64_t sum(std::int64_t a, std::int64_t b) {
  std::int64_t result = 0;
  return __builtin_add_overflow(a, b, &result) ? count_bound(b < 0) : result;
}
constexpr std::int64_t difference(std::int64_t a, std::int64_t b) {
  std::int64_t result = 0;
  return __builtin_sub_overflow(a, b, &result) ? count_bound(b > 0) : result;
}
constexpr std::int64_t product(std::int64_t a, std::int64_t b) {
  std::int64_t result = 0;
  return __builtin_mul_overflow(a, b, &result) ? count_bound((a < 0) != (b < 0)) : result;
}

}  // namespace detail

class Duration {
 public:
  constexpr Duration() = default;
  static constexpr Duration milliseconds(std::int64_t count) { return Duration{count}; }
  static constexpr Duration seconds(std::int64_t count) {
    return Duration{detail::product(count, 1'000)};
  }

  /// Longer than every other: "no limit".
  static constexpr Duration forever() { return Duration{std::numeric_limits<std::int64_t>::max()}; }

  [[nodiscard]] constexpr std::int64_t count() const { return count_; }

  friend constexpr bool operator==(Duration, Duration) = default;
  friend constexpr auto operator<=>(Duration, Duration) = default;
  friend constexpr Duration operator+(Duration a, Duration b) {
    return Duration{detail::sum(a.count_, b.count_)};
  }
  friend constexpr Duration operator-(Duration a, Duration b) {
    return Duration{detail::difference(a.count_, b.count_)};
  }
  friend constexpr Duration operator*(Duration a, std::int64_t times) {
    return Duration{detail::product(a.count_, times)};
  }

 private:
  constexpr explicit Duration(std::int64_t count) : count_{count} {}
  std::int64_t count_ = 0;
};

class Instant {
 public:
  constexpr Instant() = default;
  static constexpr Instant from_milliseconds(std::int64_t count) { return Instant{count}; }
  /// Later than every deadline: "no deadline".
  static constexpr Instant never() { return Instant{std::numeric_limits<std::int64_t>::max()}; }

  [[nodiscard]] constexpr std::int64_t count() const { return count_; }

  friend constexpr bool operator==(Instant, Instant) = default;
  friend constexpr auto operator<=>(Instant, Instant) = default;
  friend constexpr Duration operator-(Instant a, Instant b) {
    return Duration::milliseconds(detail::difference(a.count_, b.count_));
  }
  friend constexpr Instant operator+(Instant at, Duration after) {
    return Instant{detail::sum(at.count_, after.count())};
  }
  friend constexpr Instant operator-(Instant at, Duration before) {
    return Instant{detail::difference(at.count_, before.count())};
  }

 private:
  constexpr explicit Instant(std::int64_t count) : count_{count} {}
  std::int64_t count_ = 0;
};

}  // namespace openline
