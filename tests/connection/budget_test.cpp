#include <openline/connection/budget.hpp>

#include <openline/base/random.hpp>

#include <support/catch.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

using namespace openline;

namespace {

constexpr Instant start = Instant::from_milliseconds(1'000);
constexpr std::uint32_t numbers[] = {1, 2, 3, 4, 5, 7, 10, 16, 33, 60, 119, 120, 121, 1'000};
constexpr std::int64_t windows[] = {1, 2, 7, 99, 1'000, 60'000, 3'600'000};

/// A client that makes every attempt it may, after a pause of its own.
class Eager {
 public:
  explicit Eager(BudgetOptions options) : options_{options} {}

  void attempt_after(Duration pause) {
    now_ = std::max(now_ + pause, next_attempt_at(options_, spent_until_));
    spent_until_ = spend_attempt(options_, spent_until_, now_);
    attempts.push_back(now_);
  }

  std::vector<Instant> attempts;

 private:
  BudgetOptions options_;
  Instant now_ = start;
  Instant spent_until_;
};

/// Any `attempts_max + 1` attempts in a row take longer than the window: so no window, wherever it
/// begins, has more than attempts_max.
void check_every_window(const BudgetOptions& options, const std::vector<Instant>& attempts) {
  for (std::size_t i = options.attempts_max; i < attempts.size(); ++i) {
    INFO("attempt " << i << " of " << options.attempts_max << " in " << options.window.count());
    REQUIRE(attempts[i] - attempts[i - options.attempts_max] >= options.window);
  }
}

}  // namespace

TEST_CASE("budget: however eager a client is, no window has more attempts than are allowed",
          "[connection]") {
  for (const std::uint32_t attempts_max : numbers) {
    for (const std::int64_t window : windows) {
      const BudgetOptions options{attempts_max, Duration::milliseconds(window)};
      Eager client{options};
      for (std::uint32_t i = 0; i < 4 * attempts_max + 10; ++i) {
        client.attempt_after(Duration{});
      }
      check_every_window(options, client.attempts);
    }
  }
}

TEST_CASE("budget: saving up and spending at the worst moment gives no more attempts",
          "[connection]") {
  SplitMix64 random{7};
  for (const std::uint32_t attempts_max : numbers) {
    const BudgetOptions options{attempts_max, Duration::milliseconds(60'000)};
    Eager client{options};
    for (std::uint32_t i = 0; i < 6 * attempts_max + 100; ++i) {
      // Mostly none, often a pause of a slot, at times most of a window.
      const std::int64_t longest = std::int64_t{1} << (random.next() % 16);
      const bool is_eager = random.next() % 3 != 0;
      const auto pause = static_cast<std::int64_t>(random.next() % 65'536) % longest;
      client.attempt_after(Duration::milliseconds(is_eager ? 0 : pause));
    }
    check_every_window(options, client.attempts);
  }
}

TEST_CASE("budget: an attempt is allowed exactly at the moment that was named", "[connection]") {
  const BudgetOptions options{4, Duration::milliseconds(9'000)};
  // Two at once, the others 3,000 apart: 9,000 / (4 + 1 - 2).
  Eager client{options};
  for (int i = 0; i < 6; ++i) {
    client.attempt_after(Duration{});
  }
  const std::vector<Instant> expected{start,
                                      start,
                                      start + Duration::milliseconds(3'000),
                                      start + Duration::milliseconds(6'000),
                                      start + Duration::milliseconds(9'000),
                                      start + Duration::milliseconds(12'000)};
  CHECK(client.attempts == expected);
}

TEST_CASE("budget: about half of the attempts may come in one burst", "[connection]") {
  for (const std::uint32_t attempts_max : numbers) {
    INFO(attempts_max);
    Eager client{{attempts_max, Duration::seconds(60)}};
    for (std::uint32_t i = 0; i <= attempts_max; ++i) {
      client.attempt_after(Duration{});
    }
    const auto burst = std::count(client.attempts.begin(), client.attempts.end(), start);
    CHECK(burst == (attempts_max + 1) / 2);
  }
}

TEST_CASE("budget: whoever used up the burst waits for moments, not for minutes", "[connection]") {
  Eager client{BudgetOptions{}};  // 120 a minute
  for (int i = 0; i < 60; ++i) {
    client.attempt_after(Duration{});
  }
  CHECK(client.attempts.back() == start);
  client.attempt_after(Duration{});
  CHECK(client.attempts.back() - start < Duration::seconds(1));
}

TEST_CASE("budget: a pause gives the burst back, and never more than one", "[connection]") {
  const BudgetOptions options{10, Duration::seconds(60)};
  for (const std::int64_t pause : {60, 61, 600, 600'000}) {
    Eager client{options};
    for (int i = 0; i < 5; ++i) {
      client.attempt_after(Duration{});
    }
    client.attempt_after(Duration::seconds(pause));
    const Instant back_at = client.attempts.back();
    CHECK(back_at - start == Duration::seconds(pause));
    for (int i = 0; i < 5; ++i) {
      client.attempt_after(Duration{});
    }
    CHECK(std::count(client.attempts.begin(), client.attempts.end(), back_at) == 5);
  }
}

TEST_CASE("budget: without a limit every attempt may come at once", "[connection]") {
  const BudgetOptions options{BudgetOptions::attempts_unlimited, Duration::seconds(60)};
  Eager client{options};
  for (int i = 0; i < 10'000; ++i) {
    client.attempt_after(Duration{});
  }
  CHECK(client.attempts.back() == start);
}

TEST_CASE("budget: the largest limit and the longest window do not overflow", "[connection]") {
  constexpr std::int64_t longest = 2'147'483'647;
  for (const std::uint32_t attempts_max : {1U, 2U, BudgetOptions::attempts_unlimited - 1}) {
    for (const std::int64_t window : {std::int64_t{1}, longest}) {
      const BudgetOptions options{attempts_max, Duration::milliseconds(window)};
      Instant spent_until;
      Instant now = start;
      for (int i = 0; i < 5; ++i) {
        now = std::max(now, next_attempt_at(options, spent_until));
        spent_until = spend_attempt(options, spent_until, now);
        CHECK(spent_until > now);
      }
      CHECK(now <= start + Duration::milliseconds(4 * longest));
    }
  }
}
