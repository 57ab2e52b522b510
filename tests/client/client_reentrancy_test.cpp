#include <openline/client/client.hpp>

#include <support/catch.hpp>
#include <support/client_on_fakes.hpp>

#include <cstdint>
#include <vector>

using namespace openline;

// A port may only queue what happens. These break the rule and pump from within the port, as a mock
// of a WebSocket that calls its handlers at once would.

namespace {

using Handles = std::vector<Handle>;

}  // namespace

TEST_CASE("client: a port that opens at once is heard after the step", "[client]") {
  ClientOnFakes line;
  REQUIRE(line.send(1) == SendResult::queued);
  line.open();
  line.reports();
  line.sockets().during_open = [&] {
    line->socket_opened(line.socket());
    line->pump();
    CHECK(line.sockets().sent.empty());
  };
  line.url_ready();
  CHECK(line.reports() == "status opening; status open; open; flush 1");
}

TEST_CASE("client: a port that refuses and closes at once is heard once", "[client]") {
  ClientOnFakes line;
  line.open();
  line.reports();
  line.sockets().refuses_open = true;
  line.sockets().during_open = [&] {
    line->socket_errored(line.socket());
    line->socket_closed(line.socket(), {1006, false, ""});
    line->pump();
  };
  line.url_ready();
  CHECK(line.reports() ==
        "status opening; error; status waiting attempt 1 retry at 1000; close 1006");
}

TEST_CASE("client: a port that closes during a flush loses nothing", "[client]") {
  ClientOnFakes line;
  for (std::uint32_t handle = 1; handle <= 4; ++handle) {
    REQUIRE(line.send(handle) == SendResult::queued);
  }
  line.reach(Phase::opening);
  int sends = 0;
  line.sockets().during_send = [&] {
    sends += 1;
    if (sends == 3) {
      line.sockets().lose();
      line->socket_closed(line.socket(), {1006, false, ""});
      line->pump();
    }
  };
  line.opened();
  CHECK(line.reports() ==
        "status open; open; flush 1; flush 2; status waiting attempt 1 retry at 1000; close 1006");
  line.come_back();
  CHECK(line.sockets().sent == Handles{{1}, {2}, {3}, {4}});
  CHECK(line->outbox().is_empty());
}

TEST_CASE("client: a message that is sent during a flush waits for its turn", "[client]") {
  ClientOnFakes line;
  REQUIRE(line.send(1) == SendResult::queued);
  REQUIRE(line.send(2) == SendResult::queued);
  line.reach(Phase::opening);
  bool is_first = true;
  line.sockets().during_send = [&] {
    if (is_first) {
      is_first = false;
      CHECK(line.send(3) == SendResult::queued);
    }
  };
  line.opened();
  CHECK(line.sockets().sent == Handles{{1}, {2}, {3}});
  CHECK(line.reports() == "status open; open; flush 1; flush 2; flush 3");
}

TEST_CASE("client: a port that closes during a send is heard with the next pump", "[client]") {
  ClientOnFakes line;
  line.reach(Phase::open);
  line.sockets().during_send = [&] {
    line.sockets().lose();
    line->socket_closed(line.socket(), {1006, false, ""});
    line->pump();
    CHECK(line.phase() == Phase::open);
  };
  CHECK(line.send(1) == SendResult::queued);
  CHECK(line.reports().empty());
  line->pump();
  CHECK(line.reports() == "status waiting attempt 1 retry at 1000; close 1006");
  line.sockets().during_send = nullptr;
  line.come_back();
  CHECK(line.sockets().sent == Handles{{1}});
}

TEST_CASE("client: a port that fails the line during a send does not strand the message",
          "[client]") {
  ClientOnFakes line;
  line.reach(Phase::open);
  line.sockets().during_send = [&] {
    line.sockets().lose();
    line->close(close_none, "");
    line->socket_closed(line.socket(), {1006, false, ""});
    line->pump();
  };
  // Queued while the line is still open, then dropped with a report: never kept by a closed line.
  CHECK(line.send(1) == SendResult::queued);
  line->pump();
  CHECK(line.reports() == "status closing; status closed; close 1006; drop 1 closed");
  CHECK(line->outbox().is_empty());
}

TEST_CASE("client: a port that answers close at once is heard after the step", "[client]") {
  ClientOnFakes line;
  line.reach(Phase::open);
  line.sockets().during_close = [&] {
    line.sockets().lose();
    line->socket_closed(line.socket(), {1000, true, ""});
    line->pump();
  };
  line.close(1000, "");
  CHECK(line.reports() == "status closing; status closed; close 1000 clean");
}

TEST_CASE("client: messages that come in during a send stay in order", "[client]") {
  ClientOnFakes line;
  line.reach(Phase::open);
  line->socket_message(line.socket(), Handle{11});
  line.sockets().during_send = [&] {
    line->socket_message(line.socket(), Handle{12});
    line->pump();
  };
  CHECK(line.send(1) == SendResult::sent);
  line->socket_message(line.socket(), Handle{13});
  line->pump();
  CHECK(line.reports() == "message 11; message 12; message 13");
}

TEST_CASE("client: an application that calls without end before the next pump is heard",
          "[client]") {
  ClientOnFakes line;
  for (std::size_t i = 0; i < 3 * Client::inputs_max; ++i) {
    line->open();
    line->close(0, {});
  }
  line->pump();
  CHECK(line.phase() == Phase::closed);
}
