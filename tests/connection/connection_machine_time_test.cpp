#include <openline/connection/connection_machine.hpp>

#include <support/catch.hpp>
#include <support/driven_machine.hpp>

#include <algorithm>
#include <cstdint>
#include <string>

using namespace openline;

namespace {

/// A ping after 25 s of silence; the other times are the defaults.
DrivenMachine beating() {
  DrivenMachine line;
  line.options.heartbeat.interval = Duration::seconds(25);
  line.connect();
  return line;
}

/// The answer comes `delay` after the ping that was just sent, before any timer.
void ping_and_answer(DrivenMachine& line, Duration delay) {
  line.on(PingSent{line.state.socket});
  line.clock.advance(delay);
  line.on(SocketHeard{line.state.socket});
}

constexpr auto dead = "report_errored; discard 1; report_closed 1006";

}  // namespace

TEST_CASE("connection: a line that goes silent is pinged, and dropped if no answer comes",
          "[connection]") {
  DrivenMachine line = beating();
  line.advance(Duration::seconds(5));
  CHECK(wake_time(line.state) == Instant::from_milliseconds(25'000));
  CHECK(line.advance(Duration::seconds(20)) == "send_ping 1");
  line.on(PingSent{{1}});
  CHECK(wake_time(line.state) == Instant::from_milliseconds(35'000));
  CHECK(line.advance(Duration::seconds(10)) == dead);
  CHECK(line.state.phase == Phase::waiting);
  CHECK(line.state.attempt == 1);
  CHECK(line.on(SocketClosed{{1}, 1006}).empty());
}

TEST_CASE("connection: a line that answers stays open for a day", "[connection]") {
  DrivenMachine line = beating();
  int pings = 0;
  while (line.clock.now() < Instant::from_milliseconds(86'400'000)) {
    line.clock.advance(std::max(wake_time(line.state) - line.clock.now(), Duration{}));
    if (line.on(Woken{}) == "send_ping 1") {
      pings += 1;
      ping_and_answer(line, Duration::milliseconds(100));
    }
    REQUIRE(line.state.phase == Phase::open);
  }
  CHECK(pings > 3'400);
}

TEST_CASE("connection: without a heartbeat no ping is asked for and none counts", "[connection]") {
  DrivenMachine line;
  line.connect();
  line.on(PingSent{{1}});
  line.on(SocketHeard{{1}});
  CHECK(line.advance(Duration::seconds(100'000)).empty());
  CHECK(wake_time(line.state) == Instant::never());
}

TEST_CASE("connection: timers that ring once a minute do not kill a line that answers",
          "[connection]") {
  for (const bool is_told : {true, false}) {
    INFO("the page says that it is hidden: " << is_told);
    DrivenMachine line = beating();
    if (is_told) {
      line.on(PageSignal::hidden);
    }
    for (int minute = 0; minute < 600; ++minute) {
      const std::string commands = line.advance(Duration::seconds(60));
      REQUIRE(line.state.phase == Phase::open);
      if (commands == "send_ping 1") {
        ping_and_answer(line, Duration::milliseconds(300));
      }
    }
  }
}

TEST_CASE("connection: timers that ring once a minute do not hide a dead line", "[connection]") {
  for (const bool is_told : {true, false}) {
    INFO("the page says that it is hidden: " << is_told);
    DrivenMachine line = beating();
    if (is_told) {
      line.on(PageSignal::hidden);
    }
    int minutes = 0;
    while (line.state.phase == Phase::open) {
      if (line.advance(Duration::seconds(60)) == "send_ping 1") {
        line.on(PingSent{line.state.socket});
      }
      minutes += 1;
      REQUIRE(minutes <= 4);
    }
    CHECK(line.state.phase == Phase::waiting);
  }
}

TEST_CASE("connection: a thread that was blocked asks again before it gives a line up",
          "[connection]") {
  DrivenMachine line = beating();
  line.advance(Duration::seconds(25));
  line.on(PingSent{{1}});
  // The answer is there, but the timer is heard first.
  CHECK(line.advance(Duration::seconds(20)) == "send_ping 1");
  line.on(PingSent{{1}});
  line.on(SocketHeard{{1}});
  CHECK(line.advance(Duration::seconds(4)).empty());
  CHECK(line.state.phase == Phase::open);
}

TEST_CASE("connection: after a sleep a dead line is found within one probe", "[connection]") {
  for (const bool was_pinged : {false, true}) {
    INFO("slept while a ping was out: " << was_pinged);
    DrivenMachine line = beating();
    if (was_pinged) {
      line.advance(Duration::seconds(25));
      line.on(PingSent{{1}});
    }
    CHECK(line.advance(Duration::seconds(8 * 3'600)) == "send_ping 1");
    line.on(PingSent{{1}});
    const Duration last = line.options.heartbeat.probe_timeout - Duration::milliseconds(1);
    CHECK(line.advance(last).empty());
    CHECK(line.advance(Duration::milliseconds(1)) == dead);
    CHECK(line.wait() <= hint_jitter);  // and is tried again at once
  }
}

TEST_CASE("connection: after a sleep a line that answers goes on", "[connection]") {
  DrivenMachine line = beating();
  REQUIRE(line.advance(Duration::seconds(8 * 3'600)) == "send_ping 1");
  ping_and_answer(line, Duration::seconds(1));
  CHECK(line.advance(Duration::seconds(3)).empty());
  CHECK(line.state.phase == Phase::open);
  CHECK(wake_time(line.state) == line.clock.now() + Duration::seconds(22));
}

TEST_CASE("connection: an attempt that was slept over is made again at once", "[connection]") {
  DrivenMachine line;
  line.options.backoff.delay_min = Duration::seconds(20);
  line.start();
  CHECK(line.advance(Duration::seconds(8 * 3'600)) == dead);
  CHECK(line.wait() <= hint_jitter);
}

TEST_CASE("connection: after a sleep a line hidden for long is closed without a ping",
          "[connection]") {
  DrivenMachine line = beating();
  line.options.hidden = HiddenPolicy::close;
  line.on(PageSignal::hidden);
  CHECK(line.advance(Duration::seconds(8 * 3'600)) == "discard 1; report_closed 1000");
  CHECK(line.state.phase == Phase::resting);
}

TEST_CASE("connection: a ping behind a long upload is not missed while the upload goes on",
          "[connection]") {
  DrivenMachine line = beating();
  line.advance(Duration::seconds(25));
  line.unsent = 50'000'000;
  line.on(PingSent{{1}});
  for (int i = 0; i < 49; ++i) {
    line.unsent -= 1'000'000;
    CHECK(line.advance(Duration::seconds(10)).empty());
  }
  SECTION("the answer comes at last") {
    line.unsent = 0;
    line.on(SocketHeard{{1}});
    CHECK(line.advance(Duration::seconds(10)).empty());
    CHECK(line.state.phase == Phase::open);
  }
  SECTION("the upload stands still") { CHECK(line.advance(Duration::seconds(10)) == dead); }
}

TEST_CASE("connection: a clock that steps back does no harm", "[connection]") {
  DrivenMachine line = beating();
  line.clock.advance(Duration::seconds(-1'000));
  CHECK(line.on(Woken{}).empty());
  line.on(SocketHeard{{1}});
  CHECK(line.state.phase == Phase::open);
  CHECK(line.advance(Duration::seconds(1'100)) == "send_ping 1");
}
