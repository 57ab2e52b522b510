#include <openline/connection/backoff.hpp>

#include <openline/base/random.hpp>

#include <support/catch.hpp>

#include <algorithm>
#include <array>
#include <cstdint>
#include <limits>
#include <map>
#include <vector>

using openline::backoff_delay;
using openline::BackoffOptions;
using openline::Duration;
using openline::SplitMix64;

namespace {

constexpr std::int64_t option_max = 2'147'483'647;  // the longest delay that options may have
constexpr std::uint64_t entropy_max = std::numeric_limits<std::uint64_t>::max();

BackoffOptions options_of(std::int64_t delay_min, std::int64_t delay_max, std::int64_t base) {
  return {Duration::milliseconds(delay_min), Duration::milliseconds(delay_max),
          Duration::milliseconds(base)};
}

/// min(delay_max - delay_min, base * 2^retry), in numbers that cannot overflow.
std::int64_t window_of(const BackoffOptions& options, std::uint32_t retry) {
  const std::int64_t room = options.delay_max.count() - options.delay_min.count();
  std::int64_t window = options.base.count();
  for (std::uint32_t i = 0; i < retry && window > 0 && window < room; ++i) {
    window *= 2;
  }
  return std::min(room, window);
}

std::vector<BackoffOptions> extreme_options() {
  const std::array<std::int64_t, 5> values{0, 1, 1'000, option_max - 1, option_max};
  std::vector<BackoffOptions> all;
  for (const std::int64_t delay_min : values) {
    for (const std::int64_t delay_max : values) {
      for (const std::int64_t base : values) {
        if (delay_min <= delay_max) {
          all.push_back(options_of(delay_min, delay_max, base));
        }
      }
    }
  }
  return all;
}

std::vector<std::uint32_t> all_retries() {
  std::vector<std::uint32_t> retries;
  for (std::uint32_t retry = 0; retry <= 100; ++retry) {
    retries.push_back(retry);
  }
  retries.insert(retries.end(), {10'000, 1U << 31U, std::numeric_limits<std::uint32_t>::max()});
  return retries;
}

std::vector<std::int64_t> draws(const BackoffOptions& options, std::uint32_t retry, int count) {
  SplitMix64 random{2'024};
  std::vector<std::int64_t> delays;
  for (int i = 0; i < count; ++i) {
    delays.push_back(backoff_delay(options, retry, random.next()).count());
  }
  return delays;
}

}  // namespace

TEST_CASE("backoff: delay is the floor plus a draw from the window", "[connection]") {
  const BackoffOptions options;  // 1 s to 30 s, base 1 s
  CHECK(backoff_delay(options, 0, 0).count() == 1'000);
  CHECK(backoff_delay(options, 0, 1).count() == 1'001);
  CHECK(backoff_delay(options, 0, 1'000).count() == 2'000);
  CHECK(backoff_delay(options, 0, 1'001).count() == 1'000);
  CHECK(backoff_delay(options, 3, 8'000).count() == 9'000);
  CHECK(backoff_delay(options, 3, 8'001).count() == 1'000);
}

TEST_CASE("backoff: the window doubles until it reaches the cap", "[connection]") {
  const BackoffOptions options;
  const std::array<std::int64_t, 8> windows{1'000,  2'000,  4'000,  8'000,
                                            16'000, 29'000, 29'000, 29'000};
  for (std::uint32_t retry = 0; retry < windows.size(); ++retry) {
    INFO("retry " << retry);
    const auto window = static_cast<std::uint64_t>(windows[retry]);
    CHECK(backoff_delay(options, retry, window).count() == 1'000 + windows[retry]);
    CHECK(backoff_delay(options, retry, window + 1).count() == 1'000);
  }
}

TEST_CASE("backoff: a seed fixes the whole sequence of delays", "[connection]") {
  const std::array<std::int64_t, 12> expected{1'773,  2'481,  3'974, 7'235, 11'390, 7'706,
                                              21'444, 23'124, 2'918, 5'210, 7'236,  14'430};
  SplitMix64 random{2'024};
  for (std::uint32_t retry = 0; retry < expected.size(); ++retry) {
    INFO("retry " << retry);
    CHECK(backoff_delay({}, retry, random.next()).count() == expected[retry]);
  }
}

TEST_CASE("backoff: delay never exceeds the cap and never falls below the floor", "[connection]") {
  SplitMix64 random{7};
  for (const BackoffOptions& options : extreme_options()) {
    for (const std::uint32_t retry : all_retries()) {
      INFO("min " << options.delay_min.count() << " max " << options.delay_max.count() << " base "
                  << options.base.count() << " retry " << retry);
      for (const std::uint64_t entropy : {std::uint64_t{0}, entropy_max, random.next()}) {
        const Duration delay = backoff_delay(options, retry, entropy);
        REQUIRE(delay >= options.delay_min);
        REQUIRE(delay <= options.delay_max);
      }
    }
  }
}

TEST_CASE("backoff: the window is exact for extreme options and every retry", "[connection]") {
  for (const BackoffOptions& options : extreme_options()) {
    for (const std::uint32_t retry : all_retries()) {
      const std::int64_t window = window_of(options, retry);
      const auto last = static_cast<std::uint64_t>(window);
      INFO("min " << options.delay_min.count() << " max " << options.delay_max.count() << " base "
                  << options.base.count() << " retry " << retry);
      REQUIRE(backoff_delay(options, retry, 0) == options.delay_min);
      REQUIRE((backoff_delay(options, retry, last) - options.delay_min).count() == window);
      REQUIRE(backoff_delay(options, retry, last + 1) == options.delay_min);
    }
  }
}

TEST_CASE("backoff: with floor and cap equal the delay is always the same", "[connection]") {
  const BackoffOptions options = options_of(2'500, 2'500, 1'000);
  for (const std::int64_t delay : draws(options, 9, 100)) {
    REQUIRE(delay == 2'500);
  }
}

TEST_CASE("backoff: with a base of 0 the delay is always the floor", "[connection]") {
  for (const std::uint32_t retry : all_retries()) {
    REQUIRE(backoff_delay(options_of(300, 30'000, 0), retry, entropy_max).count() == 300);
  }
}

TEST_CASE("backoff: at the cap delays are spread evenly from floor to cap", "[connection]") {
  constexpr int count = 10'000;
  const std::vector<std::int64_t> delays = draws({}, 40, count);
  std::array<int, 10> deciles{};
  for (const std::int64_t delay : delays) {
    // 29,001 values are possible, from 1,000 to 30,000.
    deciles[static_cast<std::size_t>((delay - 1'000) * 10 / 29'001)] += 1;
  }
  double chi_square = 0;
  for (const int decile : deciles) {
    INFO(decile);
    CHECK(decile > 900);
    CHECK(decile < 1'100);
    chi_square += (decile - 1'000.0) * (decile - 1'000.0) / 1'000.0;
  }
  CHECK(chi_square < 27.9);  // nine degrees of freedom: 99.9 of 100 fair draws stay below
}

TEST_CASE("backoff: at the cap clients do not come back together", "[connection]") {
  std::map<std::int64_t, int> count_by_delay;
  for (const std::int64_t delay : draws({}, 40, 10'000)) {
    count_by_delay[delay] += 1;
  }
  int together_max = 0;
  for (const auto& [delay, together] : count_by_delay) {
    together_max = std::max(together_max, together);
  }
  CHECK(count_by_delay.size() > 8'000);
  CHECK(together_max <= 8);
  CHECK(count_by_delay.begin()->first < 1'100);
  CHECK(count_by_delay.rbegin()->first > 29'900);
}

TEST_CASE("backoff: later retries do not change the spread any more", "[connection]") {
  const std::vector<std::int64_t> at_cap = draws({}, 5, 1'000);
  CHECK(draws({}, 31, 1'000) == at_cap);
  CHECK(draws({}, 32, 1'000) == at_cap);
  CHECK(draws({}, std::numeric_limits<std::uint32_t>::max(), 1'000) == at_cap);
}
