#include <openline/connection/connection_machine.hpp>

#include <support/catch.hpp>
#include <support/driven_machine.hpp>

#include <cstdint>
#include <limits>

using namespace openline;

namespace {

constexpr std::uint32_t attempt_max = std::numeric_limits<std::uint32_t>::max();

}  // namespace

TEST_CASE("connection: each failed attempt counts and waits for a longer window", "[connection]") {
  DrivenMachine line;
  line.entropy = 1'000'000;  // 1, 1,501 and 3,751 of the windows of 1,000, 2,000 and 4,000
  line.connect();
  line.lose();
  CHECK(line.state.attempt == 1);
  CHECK(line.state.deadline - line.clock.now() == Duration::milliseconds(1'001));
  line.retry();
  line.lose();
  CHECK(line.state.attempt == 2);
  CHECK(line.state.deadline - line.clock.now() == Duration::milliseconds(2'501));
  line.retry();
  line.lose();
  CHECK(line.state.attempt == 3);
  CHECK(line.state.deadline - line.clock.now() == Duration::milliseconds(4'751));
}

TEST_CASE("connection: attempts start anew once the line has been open for stable_after",
          "[connection]") {
  DrivenMachine line;
  line.connect();
  line.lose();
  line.retry();
  line.opened();
  CHECK(line.advance(Duration::milliseconds(4'999)).empty());
  CHECK(line.state.attempt == 1);
  CHECK(line.advance(Duration::milliseconds(1)).empty());
  CHECK(line.state.attempt == 0);
  CHECK(line.state.phase == Phase::open);
}

TEST_CASE("connection: attempts start anew at the close, too, if the alarm was late",
          "[connection]") {
  DrivenMachine line;
  line.connect();
  line.lose();
  line.retry();
  line.opened();
  line.clock.advance(Duration::seconds(5));
  line.lose();
  CHECK(line.state.attempt == 1);  // the first retry of a new outage
}

TEST_CASE("connection: a line that is dropped before it is stable goes on counting",
          "[connection]") {
  DrivenMachine line;
  line.connect();
  for (std::uint32_t attempt = 1; attempt <= 10; ++attempt) {
    line.lose();
    CHECK(line.state.attempt == attempt);
    line.retry();
    line.opened();
    line.clock.advance(Duration::milliseconds(4'999));
  }
}

TEST_CASE("connection: being in any phase but open does not make a line stable", "[connection]") {
  DrivenMachine line;
  line.start();
  line.clock.advance(Duration::seconds(3'600));
  line.lose();
  CHECK(line.state.attempt == 1);
  line.retry();
  line.clock.advance(Duration::seconds(3'600));
  line.lose();
  CHECK(line.state.attempt == 2);
}

TEST_CASE("connection: with stable_after 0 every open connection is stable", "[connection]") {
  DrivenMachine line;
  line.options.stable_after = Duration::seconds(0);
  line.connect();
  for (int i = 0; i < 5; ++i) {
    line.lose();
    CHECK(line.state.attempt == 1);
    line.retry();
    line.opened();
  }
}

TEST_CASE("connection: with 0 attempts the first failure is the end", "[connection]") {
  DrivenMachine line;
  line.options.attempts_max = 0;
  line.start();
  CHECK(line.lose() == "report_closed 1006");
  CHECK(line.state.phase == Phase::failed);
  CHECK(line.state.failure == Failure::attempts);
  CHECK(line.state.deadline == Instant::never());
}

TEST_CASE("connection: as many retries are made as are allowed, and not one more", "[connection]") {
  DrivenMachine line;
  line.options.attempts_max = 3;
  line.start();
  for (int retries = 0; retries < 3; ++retries) {
    line.lose();
    line.retry();
  }
  line.lose();
  CHECK(line.state.phase == Phase::failed);
  CHECK(line.state.failure == Failure::attempts);
}

TEST_CASE("connection: every way to fail counts against the limit", "[connection]") {
  DrivenMachine line;
  line.options.attempts_max = 1;
  line.on(OpenRequested{});
  line.on(UrlFailed{line.state.socket});
  REQUIRE(line.state.phase == Phase::waiting);
  line.advance(line.state.deadline - line.clock.now());
  SECTION("no URL") { line.on(UrlFailed{line.state.socket}); }
  SECTION("a URL too late") { line.advance(Duration::seconds(10)); }
  SECTION("no connection") {
    line.on(UrlReady{line.state.socket});
    line.lose();
  }
  SECTION("a connection too late") {
    line.on(UrlReady{line.state.socket});
    line.advance(Duration::seconds(10));
  }
  CHECK(line.state.phase == Phase::failed);
  CHECK(line.state.failure == Failure::attempts);
}

TEST_CASE("connection: a stable connection gives all the attempts back", "[connection]") {
  DrivenMachine line;
  line.options.attempts_max = 1;
  line.connect();
  line.lose();
  line.retry();
  line.opened();
  line.clock.advance(Duration::seconds(5));
  line.lose();
  CHECK(line.state.phase == Phase::waiting);
}

TEST_CASE("connection: without a limit a line never gives up", "[connection]") {
  DrivenMachine line;
  line.start();
  for (std::uint32_t attempt = 1; attempt <= 5'000; ++attempt) {
    line.lose();
    REQUIRE(line.state.phase == Phase::waiting);
    REQUIRE(line.state.attempt == attempt);
    line.retry();
  }
}

TEST_CASE("connection: the counter of attempts stays at its largest number", "[connection]") {
  DrivenMachine line;
  line.start();
  line.state.attempt = attempt_max - 1;
  line.lose();
  CHECK(line.state.attempt == attempt_max);
  line.retry();
  line.lose();
  CHECK(line.state.attempt == attempt_max);
  CHECK(line.state.phase == Phase::waiting);
}

TEST_CASE("connection: the largest limit is a limit", "[connection]") {
  DrivenMachine line;
  line.options.attempts_max = attempt_max - 1;
  line.start();
  line.state.attempt = attempt_max - 2;
  line.lose();
  CHECK(line.state.phase == Phase::waiting);
  line.retry();
  line.lose();
  CHECK(line.state.failure == Failure::attempts);
}

TEST_CASE("connection: the wait is counted from the failure, not from the attempt",
          "[connection]") {
  DrivenMachine line;
  line.start();
  line.clock.advance(Duration::seconds(9));
  line.lose();
  CHECK(line.state.deadline == line.clock.now() + line.options.backoff.delay_min);
}

TEST_CASE("connection: a handshake that is answered with something else is a failed attempt",
          "[connection]") {
  // A captive portal says 200 or 302; browsers tell error, then close with 1006.
  DrivenMachine line;
  line.start();
  CHECK(line.on(SocketErrored{line.state.socket}) == "report_errored");
  CHECK(line.lose() == "report_closed 1006");
  CHECK(line.wait() == line.options.backoff.delay_min);
  CHECK(line.state.attempt == 1);
}

TEST_CASE("connection: error and close of one socket bring one retry", "[connection]") {
  DrivenMachine line;
  line.connect();
  const SocketId lost = line.state.socket;
  line.on(SocketErrored{lost});
  line.lose();
  const ConnectionState waiting = line.state;
  CHECK(line.on(SocketErrored{lost}).empty());
  CHECK(line.on(SocketClosed{lost, 1006}).empty());
  CHECK(line.state == waiting);
  CHECK(line.state.attempt == 1);
}
