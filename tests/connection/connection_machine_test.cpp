#include <openline/connection/connection_machine.hpp>

#include <support/catch.hpp>
#include <support/driven_machine.hpp>

using namespace openline;

TEST_CASE("connection: a line asks for its URL, opens its socket and is open", "[connection]") {
  DrivenMachine line;
  CHECK(line.on(OpenRequested{}) == "ask_url 1");
  CHECK(line.state.phase == Phase::asking);
  CHECK(line.on(UrlReady{{1}}) == "open_socket 1");
  CHECK(line.state.phase == Phase::opening);
  CHECK(line.on(SocketOpened{{1}}) == "report_opened");
  CHECK(line.state.phase == Phase::open);
}

TEST_CASE("connection: each attempt asks for the URL anew and has a socket id of its own",
          "[connection]") {
  DrivenMachine line;
  line.connect();
  CHECK(line.lose() == "report_closed 1006");
  line.retry();
  CHECK(line.state.socket == SocketId{2});
  line.lose();
  CHECK(line.advance(line.state.deadline - line.clock.now()) == "ask_url 3");
}

TEST_CASE("connection: opening a line that is connecting, open or waiting changes nothing",
          "[connection]") {
  DrivenMachine line;
  line.start();
  CHECK(line.on(OpenRequested{}).empty());
  line.opened();
  CHECK(line.on(OpenRequested{}).empty());
  line.lose();
  const ConnectionState waiting = line.state;
  CHECK(line.on(OpenRequested{}).empty());
  CHECK(line.state == waiting);
}

TEST_CASE("connection: the connect timeout covers asking for the URL through open",
          "[connection]") {
  DrivenMachine line;
  line.options.connect_timeout = Duration::seconds(10);
  line.on(OpenRequested{});
  line.clock.advance(Duration::seconds(7));
  line.on(UrlReady{line.state.socket});
  CHECK(line.advance(Duration::milliseconds(2'999)).empty());
  CHECK(line.state.phase == Phase::opening);
  CHECK(line.advance(Duration::milliseconds(1)) == "report_errored; discard 1; report_closed 1006");
  CHECK(line.state.phase == Phase::waiting);
}

TEST_CASE("connection: a URL that never comes is a failed attempt", "[connection]") {
  DrivenMachine line;
  line.on(OpenRequested{});
  CHECK(line.advance(Duration::seconds(10)) == "report_errored; report_closed 1006");
  CHECK(line.state.phase == Phase::waiting);
  CHECK(line.state.attempt == 1);
}

TEST_CASE("connection: a URL that comes after its attempt was given up is ignored",
          "[connection]") {
  DrivenMachine line;
  line.on(OpenRequested{});
  const SocketId first = line.state.socket;
  line.advance(Duration::seconds(10));
  CHECK(line.on(UrlReady{first}).empty());
  CHECK(line.state.phase == Phase::waiting);
  line.advance(line.state.deadline - line.clock.now());
  CHECK(line.state.phase == Phase::asking);
  CHECK(line.on(UrlReady{first}).empty());
  CHECK(line.state.phase == Phase::asking);
}

TEST_CASE("connection: an application that cannot say the URL is asked again later",
          "[connection]") {
  DrivenMachine line;
  line.on(OpenRequested{});
  CHECK(line.on(UrlFailed{line.state.socket}) == "report_errored; report_closed 1006");
  CHECK(line.state.phase == Phase::waiting);
  CHECK(line.advance(line.state.deadline - line.clock.now()) == "ask_url 2");
}

TEST_CASE("connection: a URL or a request that is refused fails the line", "[connection]") {
  DrivenMachine line;
  line.on(OpenRequested{});
  SECTION("by the host, before there is a socket") {}
  SECTION("by the platform") { line.on(UrlReady{line.state.socket}); }
  CHECK(line.on(SocketRefused{line.state.socket}) == "report_errored; report_closed 1006");
  CHECK(line.state.phase == Phase::failed);
  CHECK(line.state.failure == Failure::url);
  CHECK(line.state.deadline == Instant::never());
}

TEST_CASE("connection: an open line has no connect timeout any more", "[connection]") {
  DrivenMachine line;
  line.connect();
  CHECK(line.advance(Duration::seconds(100'000)).empty());
  CHECK(line.state.phase == Phase::open);
}

TEST_CASE("connection: an error is passed on and the close that follows decides", "[connection]") {
  DrivenMachine line;
  line.connect();
  CHECK(line.on(SocketErrored{line.state.socket}) == "report_errored");
  CHECK(line.state.phase == Phase::open);
  CHECK(line.lose() == "report_closed 1006");
  CHECK(line.state.phase == Phase::waiting);
}

TEST_CASE("connection: late events of an abandoned socket change nothing", "[connection]") {
  DrivenMachine line;
  line.connect();
  const SocketId abandoned = line.state.socket;
  line.on(ReconnectRequested{});
  line.on(UrlReady{line.state.socket});
  const ConnectionState opening = line.state;
  CHECK(line.on(SocketOpened{abandoned}).empty());
  CHECK(line.on(SocketErrored{abandoned}).empty());
  CHECK(line.on(SocketClosed{abandoned, 4403}).empty());
  CHECK(line.on(SocketRefused{abandoned}).empty());
  CHECK(line.state == opening);
}

TEST_CASE("connection: an alarm that rings early changes nothing", "[connection]") {
  DrivenMachine line;
  line.on(OpenRequested{});
  for (const Phase phase : {Phase::asking, Phase::opening, Phase::open, Phase::waiting}) {
    REQUIRE(line.state.phase == phase);
    const ConnectionState before = line.state;
    CHECK(line.on(Woken{}).empty());
    CHECK(line.state == before);
    line.on(UrlReady{line.state.socket});
    if (phase == Phase::opening) {
      line.opened();
    } else if (phase == Phase::open) {
      line.lose();
    }
  }
}

TEST_CASE("connection: an alarm that rings late does what was due", "[connection]") {
  DrivenMachine line;
  line.connect();
  line.lose();
  CHECK(line.advance(Duration::seconds(3'600)) == "ask_url 2");
  CHECK(line.state.deadline == line.clock.now() + line.options.connect_timeout);
}

TEST_CASE("connection: deadlines beyond the end of time are never", "[connection]") {
  DrivenMachine line;
  line.clock.advance(Instant::never() - Instant::from_milliseconds(5));
  line.on(OpenRequested{});
  CHECK(line.state.deadline == Instant::never());
  line.on(UrlReady{line.state.socket});
  line.opened();
  CHECK(line.lose() == "report_closed 1006");
  CHECK(line.state.phase == Phase::waiting);
}

TEST_CASE("connection: a step depends on its arguments alone", "[connection]") {
  const ConnectionOptions options;
  ConnectionState open;
  open.phase = Phase::open;
  open.socket = {3};
  open.attempt = 4;
  const StepInputs inputs{Instant::from_milliseconds(77), 123'456'789};
  const Transition one = step(options, open, SocketClosed{{3}, 1006}, inputs);
  const Transition other = step(options, open, SocketClosed{{3}, 1006}, inputs);
  CHECK(one.state == other.state);
  CHECK(describe_all(one.commands) == describe_all(other.commands));
}
