#include <openline/connection/heartbeat.hpp>

#include <support/catch.hpp>

#include <cstdint>

using namespace openline;

namespace {

/// A heartbeat with a clock: a ping after 10 s of silence, 5 s for the answer, 2 s for a probe's.
struct Beating {
  HeartbeatOptions options{Duration::seconds(10), Duration::seconds(5), Duration::seconds(2)};
  Instant now = Instant::from_milliseconds(100'000);
  Heartbeat heartbeat = start_heartbeat(options, now);
  std::uint64_t unsent = 0;
  bool is_hidden = false;

  [[nodiscard]] HeartbeatLook look() const { return {now, unsent, is_hidden}; }
  Pulse beat_after(Duration pause) {
    now = now + pause;
    return beat(options, heartbeat, look());
  }
  Pulse probe_now() { return probe(options, heartbeat, now); }
  void hear() { note_heard(options, heartbeat, now); }
  void send_ping() { note_ping_sent(options, heartbeat, look()); }
  /// Until a ping has left and is not answered.
  void await_answer() {
    REQUIRE(beat_after(options.interval) == Pulse::ping);
    send_ping();
  }
  [[nodiscard]] Duration due_in() const { return heartbeat.due - now; }
};

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
