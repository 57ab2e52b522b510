#include <openline/client/client.hpp>

#include <support/catch.hpp>
#include <support/client_on_fakes.hpp>

using namespace openline;

TEST_CASE("client: the alarm is set for each deadline and cancelled where there is none",
          "[client]") {
  ClientOnFakes line;
  CHECK(line.clock().alarm() == Instant::never());
  line.open();
  CHECK(line.clock().alarm() == Instant::from_milliseconds(10'000));
  line.url_ready();
  CHECK(line.clock().alarm() == Instant::from_milliseconds(10'000));
  line.opened();
  CHECK(line.clock().alarm() == Instant::from_milliseconds(5'000));
  line.advance(Duration::seconds(5));
  CHECK(line.clock().alarm() == Instant::never());
  line.lose();
  CHECK(line.clock().alarm() == Instant::from_milliseconds(6'000));
  line.close();
  CHECK(line.clock().alarm() == Instant::never());
}

TEST_CASE("client: a lost line comes back by itself", "[client]") {
  ClientOnFakes line;
  line.reach(Phase::open);
  line.lose();
  CHECK(line.reports() == "status waiting attempt 1 retry at 1000; close 1006");
  line.advance(Duration::milliseconds(999));
  CHECK(line.reports().empty());
  line.advance(Duration::milliseconds(1));
  CHECK(line.reports() == "status asking attempt 1; url 2");
}

TEST_CASE("client: the attempts of a line that is stable again are reported as none", "[client]") {
  ClientOnFakes line;
  line.reach(Phase::waiting);
  line.come_back();
  line.reports();
  line.advance(Duration::seconds(5));
  CHECK(line.reports() == "status open");
}

TEST_CASE("client: becoming stable for the first time is no news", "[client]") {
  ClientOnFakes line;
  line.reach(Phase::open);
  line.advance(Duration::seconds(5));
  CHECK(line.reports().empty());
}

TEST_CASE("client: an attempt that takes too long is given up and its socket discarded",
          "[client]") {
  ClientOnFakes line;
  line.reach(Phase::opening);
  line.advance(Duration::seconds(10));
  CHECK(line.reports() == "status waiting attempt 1 retry at 11000; error; close 1006");
  CHECK(line.sockets().discarded.size() == 1);
}

TEST_CASE("client: an alarm that rings early is set again", "[client]") {
  // Browsers coarsen their clocks (Firefox with resistFingerprinting to 100 ms), so that a timer
  // may ring before the clock says that it is time.
  for (const Phase phase :
       {Phase::asking, Phase::opening, Phase::open, Phase::waiting, Phase::closing}) {
    INFO(describe(phase));
    ClientOnFakes line;
    line.reach(phase);
    const Instant deadline = line.clock().alarm();
    REQUIRE(deadline != Instant::never());
    line.clock().take_alarm_early();
    line->woken();
    line->pump();
    CHECK(line.phase() == phase);
    CHECK(line.clock().alarm() == deadline);
  }
}

TEST_CASE("client: an alarm that leads to the same instant is set again", "[client]") {
  ClientConfig config = config_of_tests();
  config.options.connection.backoff.delay_min = Duration::seconds(0);
  ClientOnFakes line{config};
  line.open();
  line.advance(Duration::seconds(10));  // no URL in time, and a retry without delay
  REQUIRE(line.phase() == Phase::waiting);
  CHECK(line.clock().alarm() == line.clock().now());
  line.advance(Duration::seconds(0));
  CHECK(line.phase() == Phase::asking);
}

TEST_CASE("client: an alarm that nobody waits for changes nothing", "[client]") {
  for (const Phase phase : {Phase::idle, Phase::closed, Phase::failed}) {
    INFO(describe(phase));
    ClientOnFakes line;
    line.reach(phase);
    line.clock().advance(Duration::seconds(1'000));
    line->woken();
    line->pump();
    CHECK(line.phase() == phase);
    CHECK(line.reports().empty());
    CHECK(line.clock().alarm() == Instant::never());
  }
}

TEST_CASE("client: a line that slept wakes to what was due", "[client]") {
  ClientOnFakes line;
  line.reach(Phase::waiting);
  line.advance(Duration::seconds(86'400));
  CHECK(line.reports() == "status asking attempt 1; url 2");
  CHECK(line.clock().alarm() == Instant::from_milliseconds(86'410'000));
}

TEST_CASE("client: the seed decides how long the retries wait", "[client]") {
  const auto retry_at = [](std::uint64_t seed) {
    ClientOnFakes line{ClientConfig{}, seed};
    line.reach(Phase::waiting);
    return line.clock().alarm();
  };
  CHECK(retry_at(1) == retry_at(1));
  CHECK_FALSE(retry_at(1) == retry_at(2));
  CHECK_FALSE(retry_at(2) == retry_at(3));
}

TEST_CASE("client: every event draws anew, so the retries of one line differ", "[client]") {
  ClientConfig config;
  config.options.connection.backoff.base = Duration::seconds(1'000);  // at the cap at once
  ClientOnFakes line{config, 5};
  line.reach(Phase::waiting);
  const Duration first = line.clock().alarm() - line.clock().now();
  line.come_back();
  line.lose();
  const Duration second = line.clock().alarm() - line.clock().now();
  CHECK_FALSE(first == second);
}
