#include <openline/connection/heartbeat.hpp>

#include <support/beating.hpp>
#include <support/catch.hpp>

#include <cstdint>

using namespace openline;

namespace {

constexpr Duration milliseconds(std::int64_t count) { return Duration::milliseconds(count); }

}  // namespace

TEST_CASE("heartbeat: a probe pings at once and waits for a shorter time", "[connection]") {
  Beating line;
  CHECK(line.probe_now() == Pulse::ping);
  line.send_ping();
  CHECK(line.due_in() == line.options.probe_timeout);
  SECTION("no answer") { CHECK(line.beat_after(line.options.probe_timeout) == Pulse::dead); }
  SECTION("an answer") {
    line.hear();
    CHECK(line.due_in() == line.options.interval);
    line.await_answer();
    CHECK(line.due_in() == line.options.timeout);
  }
}

TEST_CASE("heartbeat: a probe hurries a ping that waits for its answer already", "[connection]") {
  Beating line;
  line.await_answer();
  CHECK(line.probe_now() == Pulse::ping);
  line.send_ping();
  CHECK(line.due_in() == line.options.probe_timeout);
}

TEST_CASE("heartbeat: flapping signals send one probe a second and never put the judgement off",
          "[connection]") {
  Beating line;
  const Instant began = line.now;
  int pings = 0;
  Pulse pulse = Pulse::none;
  while (pulse != Pulse::dead) {
    if (line.probe_now() == Pulse::ping) {
      pings += 1;
      line.send_ping();
    }
    pulse = line.beat_after(milliseconds(100));
    REQUIRE(line.now - began <= Duration::seconds(2));
  }
  CHECK(pings == 1);
}

TEST_CASE("heartbeat: signals after an answer wait until the gap is over", "[connection]") {
  Beating line;
  REQUIRE(line.probe_now() == Pulse::ping);
  line.send_ping();
  line.now = line.now + milliseconds(100);
  line.hear();
  CHECK(line.probe_now() == Pulse::none);
  CHECK(line.heartbeat.due - line.now == probe_gap - milliseconds(100));
  CHECK(line.beat_after(milliseconds(899)) == Pulse::none);
  CHECK(line.beat_after(milliseconds(1)) == Pulse::ping);
}

TEST_CASE("heartbeat: signals that flap while every probe is answered send one in each gap",
          "[connection]") {
  Beating line;
  int pings = 0;
  for (int i = 0; i < 100; ++i) {  // ten seconds
    for (const Pulse pulse : {line.probe_now(), line.beat_after(milliseconds(100))}) {
      if (pulse == Pulse::ping) {
        pings += 1;
        line.send_ping();
        line.hear();
      }
    }
  }
  CHECK(pings == 11);  // one in each second, and the one that it began with
}

TEST_CASE("heartbeat: signals when a ping is overdue give it a second chance, but no third",
          "[connection]") {
  Beating line;
  line.await_answer();
  line.now = line.now + line.options.timeout;
  CHECK(line.probe_now() == Pulse::ping);
  line.send_ping();
  CHECK(line.due_in() == line.options.probe_timeout);
  line.now = line.now + line.options.probe_timeout;
  CHECK(line.probe_now() == Pulse::none);
  CHECK(line.beat_after(Duration{}) == Pulse::dead);
}

TEST_CASE("heartbeat: a probe that must wait does not put off a ping that comes sooner",
          "[connection]") {
  Beating line;
  line.options.interval = milliseconds(300);
  REQUIRE(line.probe_now() == Pulse::ping);
  line.send_ping();
  line.hear();
  CHECK(line.probe_now() == Pulse::none);
  CHECK(line.due_in() == milliseconds(300));
}
