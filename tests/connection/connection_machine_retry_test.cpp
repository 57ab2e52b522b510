#include <openline/connection/connection_machine.hpp>

#include <openline/connection/close_reason.hpp>
#include <support/catch.hpp>
#include <support/driven_machine.hpp>

#include <algorithm>
#include <cstdint>
#include <vector>

using namespace openline;

namespace {

constexpr Duration minute = Duration::seconds(60);

/// The waits after a close with that code, for draws from one end of the window to the other.
std::vector<Duration> waits_after(CloseCode code, int failures_before = 0) {
  std::vector<Duration> waits;
  for (std::uint64_t entropy = 0; entropy <= 100'000; entropy += 7) {
    DrivenMachine line;
    line.options.budget.attempts_max = BudgetOptions::attempts_unlimited;
    line.connect();
    for (int i = 0; i < failures_before; ++i) {
      line.lose();
      line.retry();
    }
    line.entropy = entropy;
    line.lose(code);
    waits.push_back(line.wait());
  }
  return waits;
}

Duration longest(const std::vector<Duration>& waits) {
  return *std::max_element(waits.begin(), waits.end());
}
Duration shortest(const std::vector<Duration>& waits) {
  return *std::min_element(waits.begin(), waits.end());
}

}  // namespace

TEST_CASE("connection: the time that the server names counts, not the backoff", "[connection]") {
  for (const CloseCode code : {1000, 1006, 1012, 1013, 4429, 4500}) {
    INFO(code);
    DrivenMachine line;
    line.connect();
    line.lose(code, minute);
    CHECK(line.wait() == minute);
    CHECK(line.advance(minute) == "ask_url 2");
  }
}

TEST_CASE("connection: the time that the server names is spread, so that not all come together",
          "[connection]") {
  DrivenMachine line;
  line.connect();
  line.entropy = 1'000;  // the end of the window of the base
  line.lose(1013, minute);
  CHECK(line.wait() == minute + Duration::seconds(1));
}

TEST_CASE("connection: the time that the server names is kept within limits", "[connection]") {
  DrivenMachine line;
  line.connect();
  SECTION("never below the least delay") {
    line.lose(1013, Duration{});
    CHECK(line.wait() == line.options.backoff.delay_min);
  }
  SECTION("never above the most that a server may ask for") {
    line.lose(1013, Duration::forever());
    CHECK(line.wait() == retry_after_max);
  }
  SECTION("unless the least delay is longer still") {
    line.options.backoff.delay_min = Duration::seconds(600);
    line.options.backoff.delay_max = Duration::seconds(900);
    line.lose(1013, minute);
    CHECK(line.wait() == Duration::seconds(600));
  }
}

TEST_CASE("connection: no signal of the page comes before the time that the server named",
          "[connection]") {
  DrivenMachine line;
  line.connect();
  line.lose(1013, minute);
  for (const PageSignal signal : {PageSignal::online, PageSignal::shown, PageSignal::resumed}) {
    line.clock.advance(Duration::seconds(5));
    line.on(signal);
  }
  CHECK(line.wait() == minute - Duration::seconds(15));
  SECTION("but the application's reconnect does") {
    CHECK(line.on(ReconnectRequested{}) == "ask_url 2");
    line.on(UrlReady{line.state.socket});
    line.lose();
    line.options.backoff.delay_min = Duration::seconds(20);
    line.on(PageSignal::online);
    CHECK(line.wait() <= hint_jitter);  // what the server said is over
  }
}

TEST_CASE("connection: a signal just before the close does not outdo the server's time",
          "[connection]") {
  DrivenMachine line;
  line.connect();
  line.on(PageSignal::online);
  line.lose(1012, minute);
  CHECK(line.wait() == minute);
}

TEST_CASE("connection: the time that the server names counts for one attempt", "[connection]") {
  DrivenMachine line;
  line.connect();
  line.lose(1013, minute);
  line.retry();
  CHECK(line.state.not_before == Instant{});
  line.lose();
  CHECK(line.wait() == line.options.backoff.delay_min);
}

TEST_CASE("connection: the time that the server names uses an attempt like any other",
          "[connection]") {
  DrivenMachine line;
  line.options.attempts_max = 1;
  line.connect();
  line.lose(1013, minute);
  CHECK(line.state.attempt == 1);
  line.retry();
  line.lose(1013, minute);
  CHECK(line.state.failure == Failure::attempts);
}

TEST_CASE("connection: a time to come back does not help where coming back does not",
          "[connection]") {
  DrivenMachine line;
  line.connect();
  line.lose(1008, minute);
  CHECK(line.state.failure == Failure::rejected);
}

TEST_CASE("connection: after a restart all clients come back over five seconds", "[connection]") {
  for (const CloseCode code : {1001, 1012}) {
    INFO(code);
    const auto waits = waits_after(code);
    CHECK(shortest(waits) < Duration::milliseconds(1'020));
    CHECK(longest(waits) > Duration::milliseconds(5'980));
    CHECK(longest(waits) <= Duration::seconds(1) + restart_spread);
  }
  CHECK(longest(waits_after(1006)) <= Duration::seconds(2));
}

TEST_CASE("connection: later retries after a restart are spread as always", "[connection]") {
  CHECK(longest(waits_after(1012, 2)) <= Duration::seconds(1 + 4));
  CHECK(longest(waits_after(1012, 2)) == longest(waits_after(1006, 2)));
}

TEST_CASE("connection: an overloaded server gets a longer window each time", "[connection]") {
  CHECK(longest(waits_after(1013)) > Duration::milliseconds(5'980));
  CHECK(longest(waits_after(1013)) <= Duration::seconds(1 + 5));
  CHECK(longest(waits_after(1013, 1)) > Duration::milliseconds(10'970));
  CHECK(longest(waits_after(1013, 1)) <= Duration::seconds(1 + 10));
  CHECK(longest(waits_after(1013, 9)) <= Duration::seconds(30));
}

TEST_CASE("connection: no signal of the page hurries a line to an overloaded server",
          "[connection]") {
  DrivenMachine line;
  line.entropy = 5'000;
  line.connect();
  line.on(PageSignal::online);
  line.lose(1013);
  CHECK(line.wait() == Duration::seconds(6));
  line.on(PageSignal::shown);
  CHECK(line.wait() == Duration::seconds(6));
}

TEST_CASE("connection: a floor and a cap that are narrower than the spread are kept to",
          "[connection]") {
  DrivenMachine line;
  line.options.backoff = {Duration::seconds(1), Duration::seconds(2), Duration::seconds(1)};
  line.entropy = 1'000;
  line.connect();
  line.lose(1013);
  CHECK(line.wait() == Duration::seconds(2));
}

TEST_CASE("connection: the time that the server named holds through a rest", "[connection]") {
  DrivenMachine line;
  line.connect();
  SECTION("of a page that is stored meanwhile") {
    line.lose(1013, minute);
    line.on(PageSignal::stored);
  }
  SECTION("of a page that was hidden for long before") {
    line.options.hidden = HiddenPolicy::pause;
    line.on(PageSignal::hidden);
    line.advance(line.options.hidden_after);
    line.lose(1013, minute);
  }
  REQUIRE(line.state.phase == Phase::resting);
  line.clock.advance(Duration::seconds(20));
  CHECK(line.on(PageSignal::restored).empty());
  CHECK(line.on(PageSignal::shown).empty());
  CHECK(line.wait() == minute - Duration::seconds(20));
  CHECK(line.advance(line.wait()) == "ask_url 2");
}
