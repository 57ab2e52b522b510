#include <openline/client/client.hpp>

#include <support/catch.hpp>
#include <support/client_on_fakes.hpp>

#include <string>

using namespace openline;

TEST_CASE("client: a line asks for its URL, opens its socket and says when it is open",
          "[client]") {
  ClientOnFakes line;
  CHECK(line.reports().empty());
  line.open();
  CHECK(line.reports() == "status asking; url 1");
  CHECK(line.sockets().opened.empty());
  line.url_ready();
  CHECK(line.reports() == "status opening");
  line.opened();
  CHECK(line.reports() == "status open; open");
}

TEST_CASE("client: nothing happens before pump", "[client]") {
  ClientOnFakes line;
  line->open();
  CHECK(line->reports().empty());
  CHECK(line.phase() == Phase::idle);
  line->pump();
  CHECK(line.phase() == Phase::asking);
}

TEST_CASE("client: inputs are worked through in their order, to the end", "[client]") {
  ClientOnFakes line;
  line->open();
  line->url_ready({1}, "wss://example.test/line");
  line->socket_opened({1});
  line->socket_message({1}, Handle{5});
  line->pump();
  CHECK(line.reports() == "status asking; url 1; status opening; status open; open; message 5");
}

TEST_CASE("client: the request carries the URL, the subprotocols and the binary type", "[client]") {
  ClientConfig config = config_of_tests();
  config.protocols = "openline.1,chat";
  config.binary_type = BinaryType::arraybuffer;
  ClientOnFakes line{config};
  line.open();
  line->url_ready(line.socket(), "wss://example.test/a?b=c");
  line->pump();
  REQUIRE(line.sockets().opened.size() == 1);
  const FakeSockets::Opened& opened = line.sockets().opened.front();
  CHECK(opened.socket == SocketId{1});
  CHECK(opened.request.url == "wss://example.test/a?b=c");
  CHECK(opened.request.protocols == "openline.1,chat");
  CHECK(opened.request.binary_type == BinaryType::arraybuffer);
}

TEST_CASE("client: each attempt takes the URL that was said for it", "[client]") {
  ClientOnFakes line;
  line.open();
  line->url_ready({1}, "wss://example.test/first");
  line->pump();
  line.lose();
  line.advance(Duration::seconds(1));
  line->url_ready({1}, "wss://example.test/late");
  line->url_ready({2}, "wss://example.test/second");
  line->url_ready({2}, "wss://example.test/twice");
  line->pump();
  REQUIRE(line.sockets().opened.size() == 2);
  CHECK(line.sockets().opened[0].request.url == "wss://example.test/first");
  CHECK(line.sockets().opened[1].request.url == "wss://example.test/second");
}

TEST_CASE("client: a port that refuses to open fails the line", "[client]") {
  ClientOnFakes line;
  line.sockets().refuses_open = true;
  line.open();
  line.reports();
  line.url_ready();
  CHECK(line.reports() == "status opening; status failed url; error; close 1006");
  CHECK(line.phase() == Phase::failed);
  CHECK(line.clock().alarm() == Instant::never());
}

TEST_CASE("client: a URL that the host refuses fails the line without a socket", "[client]") {
  ClientOnFakes line;
  line.open();
  line.reports();
  line->url_refused(line.socket());
  line->pump();
  CHECK(line.reports() == "status failed url; error; close 1006");
  CHECK(line.sockets().opened.empty());
}

TEST_CASE("client: a URL that could not be said is a failed attempt", "[client]") {
  ClientOnFakes line;
  line.open();
  line.reports();
  line->url_failed(line.socket());
  line->pump();
  CHECK(line.reports() == "status waiting attempt 1 retry at 1000; error; close 1006");
}

TEST_CASE("client: status comes before the open, error and close that go with it", "[client]") {
  ClientOnFakes line;
  line.open();
  line.url_ready();
  line.reports();
  line.opened();
  CHECK(line.reports() == "status open; open");
  line->socket_errored(line.socket());
  line->pump();
  CHECK(line.reports() == "error");
  line.lose(4403);
  CHECK(line.reports() == "status failed auth; close 4403 clean");
}

TEST_CASE("client: close reports carry code, cleanness and reason of the close event", "[client]") {
  ClientOnFakes line;
  line.reach(Phase::open);
  line->socket_closed(line.socket(), {4000, true, "maintenance"});
  line->pump();
  CHECK(line.reports() == "status waiting attempt 1 retry at 1000; close 4000 clean 'maintenance'");
}

TEST_CASE("client: reasons are not carried over to a close that has none", "[client]") {
  ClientOnFakes line;
  line.reach(Phase::open);
  line->socket_closed(line.socket(), {1006, false, "told by the browser"});
  line->pump();
  line.come_back();
  line.reports();
  line.reconnect();
  CHECK(line.reports() == "status asking; close 1000 clean; url 3");
  line.url_ready();
  line.reports();
  line.close();
  CHECK(line.reports() == "status closed; error; close 1006");
}

TEST_CASE("client: messages of the open socket are passed on in order", "[client]") {
  ClientOnFakes line;
  line.reach(Phase::open);
  for (const std::uint32_t handle : {11U, 12U, 13U}) {
    line->socket_message(line.socket(), Handle{handle});
  }
  line->pump();
  CHECK(line.reports() == "message 11; message 12; message 13");
}

TEST_CASE("client: messages that came in before the close are passed on before it", "[client]") {
  ClientOnFakes line;
  line.reach(Phase::open);
  line->socket_message(line.socket(), Handle{11});
  line->socket_closed(line.socket(), {1000, true, ""});
  line->pump();
  CHECK(line.reports() == "message 11; status waiting attempt 1 retry at 1000; close 1000 clean");
}

TEST_CASE("client: only an open line delivers messages, and the others are given back",
          "[client]") {
  for (const Phase phase : all_phases) {
    INFO(describe(phase));
    ClientOnFakes line;
    line.reach(phase);
    line.message(7);
    CHECK(line.reports() == (phase == Phase::open ? "message 7" : "drop 7 stale"));
  }
}

TEST_CASE("client: late events of an abandoned socket end here", "[client]") {
  ClientOnFakes line;
  line.reach(Phase::open);
  const SocketId abandoned = line.socket();
  line.reconnect();
  line.url_ready();
  line.opened();
  line.reports();
  line->socket_message(abandoned, Handle{7});
  line->socket_errored(abandoned);
  line->socket_closed(abandoned, {4403, true, "no"});
  line->pump();
  CHECK(line.reports() == "drop 7 stale");
  CHECK(line.phase() == Phase::open);
}

TEST_CASE("client: what was passed on is forgotten when the host says so", "[client]") {
  ClientOnFakes line;
  line.open();
  CHECK(line->reports().size() == 2);
  line->clear_reports();
  CHECK(line->reports().empty());
  line->pump();
  CHECK(line->reports().empty());
}

TEST_CASE("client: 10,000 messages go through in order", "[client]") {
  ClientOnFakes line;
  line.reach(Phase::open);
  std::uint32_t expected = 1;
  for (std::uint32_t handle = 1; handle <= 10'000; ++handle) {
    line->socket_message(line.socket(), Handle{handle});
    if (handle % 1'000 == 0) {
      line->pump();
      for (const Report& report : line->reports()) {
        const MessageReport* message = std::get_if<MessageReport>(&report);
        REQUIRE(message != nullptr);
        REQUIRE(message->value == Handle{expected});
        expected += 1;
      }
      line->clear_reports();
    }
  }
  CHECK(expected == 10'001);
}
