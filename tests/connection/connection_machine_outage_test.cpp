#include <openline/connection/connection_machine.hpp>

#include <support/catch.hpp>
#include <support/driven_machine.hpp>

using namespace openline;

TEST_CASE("connection: an outage is told when the line is open again, with how long it was",
          "[connection]") {
  DrivenMachine line;
  line.connect();
  line.clock.advance(Duration::seconds(100));
  line.lose();
  line.retry();  // after 1 s
  line.lose();
  line.retry();  // after another
  line.clock.advance(Duration::milliseconds(500));
  CHECK(line.on(SocketOpened{line.state.socket}) == "report_opened; report_outage 2500 ms");
  line.clock.advance(Duration::seconds(100));
  line.lose();
  line.retry();
  CHECK(line.on(SocketOpened{line.state.socket}) == "report_opened; report_outage 1000 ms");
}

TEST_CASE("connection: of a line that was asked in vain the outage began when it was last heard",
          "[connection]") {
  DrivenMachine line;
  line.options.heartbeat.interval = Duration::seconds(25);
  line.connect();
  line.clock.advance(Duration::seconds(10));
  line.on(SocketHeard{{1}});
  line.clock.advance(Duration::seconds(10));
  SECTION("lost without a word, with a ping out") {
    CHECK(line.on(PageSignalled{PageSignal::shown}) == "send_ping 1");
    line.on(PingSent{{1}});
    line.clock.advance(Duration::seconds(1));
    line.lose();
    line.clock.advance(line.wait());
    line.on(Woken{});
    line.on(UrlReady{{2}});
    CHECK(line.on(SocketOpened{{2}}) == "report_opened; report_outage 11000 ms");
  }
  SECTION("lost without a word, and nobody had asked") {
    line.lose();
    line.retry();
    CHECK(line.on(SocketOpened{{2}}) == "report_opened; report_outage 1000 ms");
  }
  SECTION("replaced because the application wanted it") {
    line.on(ReconnectRequested{});
    line.on(UrlReady{{2}});
    CHECK(line.on(SocketOpened{{2}}) == "report_opened; report_outage 0 ms");
  }
  SECTION("closed by the server, whose close frame was heard") {
    line.lose(1000);
    line.retry();
    CHECK(line.on(SocketOpened{{2}}) == "report_opened; report_outage 1000 ms");
  }
}

TEST_CASE("connection: no outage is told of a first connection, nor of one that was closed",
          "[connection]") {
  DrivenMachine line;
  line.start();
  line.lose();
  line.retry();
  CHECK(line.on(SocketOpened{line.state.socket}) == "report_opened");
  line.on(CloseRequested{});
  line.lose(1000);
  line.on(OpenRequested{});
  line.on(UrlReady{line.state.socket});
  CHECK(line.on(SocketOpened{line.state.socket}) == "report_opened");
  line.lose();
  line.on(CloseRequested{});
  line.on(OpenRequested{});
  line.on(UrlReady{line.state.socket});
  CHECK(line.on(SocketOpened{line.state.socket}) == "report_opened");
}
