#include <openline/connection/heartbeat.hpp>

#include <support/beating.hpp>
#include <support/catch.hpp>

#include <cstdint>

using namespace openline;

namespace {

constexpr Duration milliseconds(std::int64_t count) { return Duration::milliseconds(count); }

}  // namespace

TEST_CASE("heartbeat: without an interval there is none", "[connection]") {
  Beating line;
  line.options.interval = Duration{};
  line.heartbeat = start_heartbeat(line.options, line.now);
  CHECK_FALSE(line.options.is_on());
  CHECK(line.heartbeat.due == Instant::never());
  CHECK(line.beat_after(Duration::seconds(1'000'000)) == Pulse::none);
  CHECK(line.probe_now() == Pulse::none);
}

TEST_CASE("heartbeat: a silence of the interval asks for a ping", "[connection]") {
  Beating line;
  CHECK(line.beat_after(milliseconds(9'999)) == Pulse::none);
  CHECK(line.beat_after(milliseconds(1)) == Pulse::ping);
}

TEST_CASE("heartbeat: what comes in puts the ping off, without an alarm for each message",
          "[connection]") {
  Beating line;
  const Instant due = line.heartbeat.due;
  for (int i = 0; i < 9; ++i) {
    CHECK(line.beat_after(Duration::seconds(1)) == Pulse::none);
    line.hear();
    CHECK(line.heartbeat.due == due);
  }
  CHECK(line.beat_after(Duration::seconds(1)) == Pulse::none);
  CHECK(line.due_in() == Duration::seconds(9));
  CHECK(line.beat_after(Duration::seconds(9)) == Pulse::ping);
}

TEST_CASE("heartbeat: a ping that is answered in time is followed by another silence",
          "[connection]") {
  Beating line;
  line.await_answer();
  CHECK(line.due_in() == Duration::seconds(5));
  CHECK(line.beat_after(milliseconds(4'999)) == Pulse::none);
  line.hear();
  CHECK(line.due_in() == Duration::seconds(10));
  CHECK(line.beat_after(milliseconds(9'999)) == Pulse::none);
  CHECK(line.beat_after(milliseconds(1)) == Pulse::ping);
}

TEST_CASE("heartbeat: a ping that is not answered in time shows that the connection is dead",
          "[connection]") {
  Beating line;
  line.await_answer();
  CHECK(line.beat_after(milliseconds(4'999)) == Pulse::none);
  CHECK(line.beat_after(milliseconds(1)) == Pulse::dead);
}

TEST_CASE("heartbeat: a ping that could not be sent is asked for again and never judged",
          "[connection]") {
  Beating line;
  for (int i = 0; i < 5; ++i) {
    CHECK(line.beat_after(Duration::seconds(10)) == Pulse::ping);
  }
}

TEST_CASE("heartbeat: the answer is awaited from when the ping left, not from when it was wanted",
          "[connection]") {
  Beating line;
  REQUIRE(line.beat_after(Duration::seconds(10)) == Pulse::ping);
  line.now = line.now + Duration::seconds(3);
  line.send_ping();
  CHECK(line.beat_after(milliseconds(4'999)) == Pulse::none);
  CHECK(line.beat_after(milliseconds(1)) == Pulse::dead);
}

TEST_CASE("heartbeat: a look that comes far too late asks once more instead of judging",
          "[connection]") {
  Beating line;
  line.await_answer();
  CHECK(line.beat_after(Duration::seconds(5) + lateness_max_shown + milliseconds(1)) ==
        Pulse::ping);
  line.send_ping();
  CHECK(line.due_in() == line.options.probe_timeout);
  SECTION("an answer saves the line, and the next late look may ask again") {
    line.hear();
    CHECK(line.due_in() == line.options.interval);
    line.await_answer();
    CHECK(line.beat_after(Duration::seconds(60)) == Pulse::ping);
  }
  SECTION("without an answer the second look judges, however late it is") {
    CHECK(line.beat_after(Duration::seconds(60)) == Pulse::dead);
  }
  SECTION("in time it judges as well") {
    CHECK(line.beat_after(line.options.probe_timeout) == Pulse::dead);
  }
}

TEST_CASE("heartbeat: a look that is a little late judges", "[connection]") {
  Beating line;
  line.await_answer();
  CHECK(line.beat_after(Duration::seconds(5) + lateness_max_shown) == Pulse::dead);
}

TEST_CASE("heartbeat: in a hidden page a look may be as late as timers are throttled",
          "[connection]") {
  Beating line;
  line.is_hidden = true;
  line.await_answer();
  SECTION("a minute late it judges: the answer would have been heard, timer or not") {
    CHECK(line.beat_after(Duration::seconds(5 + 60)) == Pulse::dead);
  }
  SECTION("later than that the page was frozen or the machine asleep") {
    CHECK(line.beat_after(Duration::seconds(5) + lateness_max_hidden + milliseconds(1)) ==
          Pulse::ping);
  }
}

TEST_CASE("heartbeat: a second chance that the host cannot use is not a third", "[connection]") {
  Beating line;
  line.await_answer();
  REQUIRE(line.beat_after(Duration::seconds(60)) == Pulse::ping);
  CHECK(line.beat_after(line.options.probe_timeout) == Pulse::dead);
}

TEST_CASE("heartbeat: a ping behind an upload that shrinks is not judged before it left",
          "[connection]") {
  Beating line;
  line.unsent = 1'000'000;
  line.await_answer();
  for (int i = 0; i < 9; ++i) {
    line.unsent -= 100'000;
    CHECK(line.beat_after(Duration::seconds(5)) == Pulse::none);
    CHECK(line.due_in() == Duration::seconds(5));
  }
  SECTION("and when all is sent it has had its time") {
    line.unsent = 0;
    CHECK(line.beat_after(Duration::seconds(5)) == Pulse::dead);
  }
  SECTION("an upload that stands still is dead") {
    CHECK(line.beat_after(Duration::seconds(5)) == Pulse::dead);
  }
  SECTION("the answer behind it counts") {
    line.hear();
    CHECK(line.due_in() == line.options.interval);
  }
}
