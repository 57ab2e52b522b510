#include <openline/client/client.hpp>

#include <support/catch.hpp>
#include <support/client_on_fakes.hpp>

#include <string>

using namespace openline;

TEST_CASE("client: close hands code and reason to the socket and waits for its close event",
          "[client]") {
  ClientOnFakes line;
  line.reach(Phase::open);
  line.close(3001, "bye");
  CHECK(line.reports() == "status closing");
  REQUIRE(line.sockets().closed.size() == 1);
  CHECK(line.sockets().closed[0].socket == SocketId{1});
  CHECK(line.sockets().closed[0].code == 3001);
  CHECK(line.sockets().closed[0].reason == "bye");
  line->socket_closed(line.socket(), {3001, true, "bye"});
  line->pump();
  CHECK(line.reports() == "status closed; close 3001 clean 'bye'");
}

TEST_CASE("client: a second close changes nothing of the first", "[client]") {
  ClientOnFakes line;
  line.reach(Phase::open);
  line.close(3001, "bye");
  line.close(3002, "again");
  CHECK(line.sockets().closed.size() == 1);
  CHECK(line.sockets().discarded.empty());
}

TEST_CASE("client: close without code and reason gives none", "[client]") {
  ClientOnFakes line;
  line.reach(Phase::open);
  line.close();
  REQUIRE(line.sockets().closed.size() == 1);
  CHECK(line.sockets().closed[0].code == 0);
  CHECK(line.sockets().closed[0].reason.empty());
}

TEST_CASE("client: close while opening discards the socket", "[client]") {
  ClientOnFakes line;
  line.reach(Phase::opening);
  line.close(3001, "bye");
  CHECK(line.reports() == "status closed; error; close 1006");
  CHECK(line.sockets().closed.empty());
  CHECK(line.sockets().discarded.size() == 1);
}

TEST_CASE("client: a socket that does not close in time is discarded", "[client]") {
  ClientOnFakes line;
  line.reach(Phase::closing);
  line.advance(Duration::milliseconds(4'999));
  CHECK(line.phase() == Phase::closing);
  line.advance(Duration::milliseconds(1));
  CHECK(line.reports() == "status closed; close 1006");
  CHECK(line.sockets().discarded.size() == 1);
}

TEST_CASE("client: closing drops the messages that wait, each with a report", "[client]") {
  struct Row {
    Phase phase;
    std::string reports;
  };
  const Row rows[] = {{Phase::idle, "status closed"},
                      {Phase::asking, "status closed; error; close 1006"},
                      {Phase::opening, "status closed; error; close 1006"},
                      {Phase::waiting, "status closed"},
                      {Phase::refreshing, "status closed"},
                      {Phase::resting, "status closed"}};
  for (const Row& row : rows) {
    INFO(describe(row.phase));
    ClientOnFakes line;
    line.reach(row.phase);
    REQUIRE(line.send(1) == SendResult::queued);
    REQUIRE(line.send(2) == SendResult::queued);
    line.close();
    CHECK(line.reports() == row.reports + "; drop 1 closed; drop 2 closed");
    CHECK(line->outbox().is_empty());
    line.open();
    line.url_ready();
    line.opened();
    CHECK(line.sockets().sent.empty());
  }
}

TEST_CASE("client: what the socket did not take before it closed is dropped when it has closed",
          "[client]") {
  ClientOnFakes line;
  line.reach(Phase::open);
  line.sockets().outcomes = {SendOutcome::not_open};
  REQUIRE(line.send(1) == SendResult::queued);
  line.close();
  CHECK(line.reports() == "status closing");
  line.lose(1000);
  CHECK(line.reports() == "status closed; close 1000 clean; drop 1 closed");
}

TEST_CASE("client: a line that is opened again while closing keeps what waits", "[client]") {
  ClientOnFakes line;
  line.reach(Phase::closing);
  line.open();
  REQUIRE(line.send(1) == SendResult::queued);
  line.lose(1000);
  CHECK(line.reports() == "status asking; close 1000 clean; url 2");
  line.url_ready();
  line.opened();
  CHECK(line.reports() == "status opening; status open; open; flush 1");
}

TEST_CASE("client: opening and closing again while closing drops what was queued between",
          "[client]") {
  ClientOnFakes line;
  line.reach(Phase::closing);
  line.open();
  REQUIRE(line.send(1) == SendResult::queued);
  line.close();
  CHECK(line.send(2) == SendResult::refused_closed);
  line.lose(1000);
  CHECK(line.reports() == "status closed; close 1000 clean; drop 1 closed");
}

TEST_CASE("client: a failed line keeps what waits and reconnect sends it", "[client]") {
  ClientOnFakes line;
  line.reach(Phase::opening);
  REQUIRE(line.send(1) == SendResult::queued);
  REQUIRE(line.send(2) == SendResult::queued);
  line.lose(4403);
  CHECK(line.reports() == "status failed auth; close 4403 clean");
  CHECK(line->outbox().size() == 2);
  line.reconnect();
  line.url_ready();
  line.opened();
  CHECK(line.reports() ==
        "status asking; url 2; status opening; status open; open; flush 1; flush 2");
}

TEST_CASE("client: reconnect replaces the socket and keeps what waits", "[client]") {
  ClientOnFakes line;
  line.reach(Phase::opening);
  REQUIRE(line.send(1) == SendResult::queued);
  line.reconnect();
  CHECK(line.reports() == "status asking; close 1006; url 2");
  CHECK(line.sockets().discarded.size() == 1);
  CHECK(line->outbox().size() == 1);
}

TEST_CASE("client: destroying a line discards its socket and cancels its alarm", "[client]") {
  for (const Phase phase : all_phases) {
    INFO(describe(phase));
    ClientOnFakes line;
    line.reach(phase);
    const bool has_socket =
        phase == Phase::opening || phase == Phase::open || phase == Phase::closing;
    line.destroy();
    CHECK(line.sockets().discarded.size() == (has_socket ? 1 : 0));
    CHECK(line.clock().alarm() == Instant::never());
  }
}
