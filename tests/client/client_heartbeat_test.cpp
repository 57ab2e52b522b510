#include <openline/client/client.hpp>

#include <support/catch.hpp>
#include <support/client_on_fakes.hpp>

#include <cstdint>

using namespace openline;

namespace {

ClientConfig config_with(HeartbeatAnswer answer) {
  ClientConfig config = config_of_tests();
  config.options.heartbeat = answer;
  config.options.connection.heartbeat.interval =
      answer == HeartbeatAnswer::none ? Duration{} : Duration::seconds(25);
  return config;
}

void ping_sent(ClientOnFakes& line) {
  line->ping_sent(line.socket());
  line->pump();
}

constexpr auto lost = "status waiting attempt 1 retry at 36000; error; close 1006";

}  // namespace

TEST_CASE("client: the host is asked to ping, and a ping without an answer ends the connection",
          "[client]") {
  ClientOnFakes line{config_with(HeartbeatAnswer::message)};
  line.reach(Phase::open);
  line.advance(Duration::seconds(25));
  CHECK(line.reports() == "ping 1");
  ping_sent(line);
  CHECK(line.clock().alarm() == Instant::from_milliseconds(35'000));
  line.advance(Duration::seconds(10));
  CHECK(line.reports() == lost);
  CHECK(line.sockets().discarded.size() == 1);
}

TEST_CASE("client: any message answers a ping, if messages count", "[client]") {
  ClientOnFakes line{config_with(HeartbeatAnswer::message)};
  line.reach(Phase::open);
  line.advance(Duration::seconds(25));
  ping_sent(line);
  line.reports();
  line.message(7);
  CHECK(line.clock().alarm() == Instant::from_milliseconds(50'000));
  CHECK(line.reports() == "message 7");
}

TEST_CASE("client: only what the host names as one answers a ping, if replies count", "[client]") {
  ClientOnFakes line{config_with(HeartbeatAnswer::reply)};
  line.reach(Phase::open);
  line.advance(Duration::seconds(25));
  ping_sent(line);
  line.reports();
  line.message(7);
  CHECK(line.clock().alarm() == Instant::from_milliseconds(35'000));
  SECTION("a reply") {
    line->socket_replied(line.socket());
    line.message(8);
    CHECK(line.clock().alarm() == Instant::from_milliseconds(50'000));
    CHECK(line.reports() == "message 7; message 8");
  }
  SECTION("the reply of an abandoned socket") {
    line->socket_replied(SocketId{9});
    line->pump();
    CHECK(line.clock().alarm() == Instant::from_milliseconds(35'000));
  }
  SECTION("none") {
    line.reports();
    line.advance(Duration::seconds(10));
    CHECK(line.reports() == lost);
  }
}

TEST_CASE("client: a silent server that is busy with messages is not pinged", "[client]") {
  ClientOnFakes line{config_with(HeartbeatAnswer::message)};
  line.reach(Phase::open);
  for (std::uint32_t i = 1; i <= 100; ++i) {
    line.advance(Duration::seconds(1));
    line.message(i);
  }
  CHECK(line.reports().find("ping") == std::string::npos);
}

TEST_CASE("client: a ping that the host could not send is asked for again", "[client]") {
  ClientOnFakes line{config_with(HeartbeatAnswer::message)};
  line.reach(Phase::open);
  line.advance(Duration::seconds(25));
  line.advance(Duration::seconds(25));
  CHECK(line.reports() == "ping 1; ping 1");
  CHECK(line.phase() == Phase::open);
}

TEST_CASE("client: bytes that the socket has not sent are looked at where they matter",
          "[client]") {
  ClientOnFakes line{config_with(HeartbeatAnswer::message)};
  line.reach(Phase::open);
  line.advance(Duration::seconds(25));
  line.sockets().buffered_amount = 3'000'000;
  ping_sent(line);
  line.reports();
  line.sockets().buffered_amount = 1'000'000;
  line.advance(Duration::seconds(10));
  CHECK(line.phase() == Phase::open);
  line.advance(Duration::seconds(10));
  CHECK(line.phase() == Phase::waiting);
}

TEST_CASE("client: a message is a chance to look at a clock whose alarm is late", "[client]") {
  // A throttled tab: messages come, the timer does not. The server talks, but answers no ping.
  ClientOnFakes line{config_with(HeartbeatAnswer::reply)};
  line.reach(Phase::open);
  line.clock().advance(Duration::seconds(25));
  line.message(1);
  CHECK(line.reports() == "message 1; ping 1");
  ping_sent(line);
  line.clock().advance(Duration::milliseconds(9'999));
  line.message(2);
  CHECK(line.phase() == Phase::open);
  line.clock().advance(Duration::milliseconds(1));
  line.message(3);
  line.advance(Duration{});  // its answer may have stood behind the message: the alarm judges
  CHECK(line.reports() == "message 2; message 3; " + std::string{"status waiting attempt 1 retry"} +
                              " at 36000; error; close 1006");
}

TEST_CASE("client: without a heartbeat a message is no reason to look at the clock", "[client]") {
  ClientOnFakes line{config_with(HeartbeatAnswer::none)};
  line.reach(Phase::open);
  line.clock().advance(Duration::seconds(3'600));
  line.message(1);
  CHECK(line.reports() == "message 1");
  CHECK(line.clock().alarm() == Instant::from_milliseconds(5'000));  // to be stable: still to ring
}

TEST_CASE("client: a page that is shown again probes the line", "[client]") {
  ClientOnFakes line{config_with(HeartbeatAnswer::message)};
  line.reach(Phase::open);
  line.signal(PageSignal::hidden);
  CHECK(line.reports().empty());
  line.signal(PageSignal::shown);
  CHECK(line.reports() == "ping 1");
  ping_sent(line);
  CHECK(line.clock().alarm() == line.clock().now() + HeartbeatOptions{}.probe_timeout);
}

TEST_CASE("client: what is told of a ping on a line that is gone on changes nothing", "[client]") {
  ClientOnFakes line{config_with(HeartbeatAnswer::message)};
  line.reach(Phase::open);
  line.reconnect();
  line.url_ready();
  line.opened();
  const ConnectionState before = line->state();
  line->ping_sent(SocketId{1});
  line->socket_replied(SocketId{1});
  line->pump();
  CHECK(line->state() == before);
}
