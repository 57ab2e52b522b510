#include <openline/client/client.hpp>

#include <support/catch.hpp>
#include <support/client_on_fakes.hpp>

#include <cstdint>
#include <vector>

using namespace openline;

namespace {

using Handles = std::vector<Handle>;

ClientConfig config_with(const OutboxLimits& outbox) {
  ClientConfig config = config_of_tests();
  config.options.sender.outbox = outbox;
  return config;
}

}  // namespace

TEST_CASE("client: an open line hands a message to its socket at once, measured or not",
          "[client]") {
  ClientOnFakes line;
  line.reach(Phase::open);
  CHECK(line.send_unmeasured(1) == SendResult::sent);
  CHECK(line.send(2) == SendResult::sent);
  CHECK(line.sockets().sent == Handles{{1}, {2}});
  CHECK(line->outbox().is_empty());
  CHECK(line.reports().empty());
}

TEST_CASE("client: each phase sends, queues or refuses", "[client]") {
  struct Row {
    Phase phase;
    SendResult unmeasured;
    SendResult measured;
  };
  const Row rows[] = {
      {Phase::idle, SendResult::measure, SendResult::queued},
      {Phase::refreshing, SendResult::measure, SendResult::queued},
      {Phase::asking, SendResult::measure, SendResult::queued},
      {Phase::opening, SendResult::measure, SendResult::queued},
      {Phase::open, SendResult::sent, SendResult::sent},
      {Phase::waiting, SendResult::measure, SendResult::queued},
      {Phase::resting, SendResult::measure, SendResult::queued},
      {Phase::closing, SendResult::refused_closed, SendResult::refused_closed},
      {Phase::closed, SendResult::refused_closed, SendResult::refused_closed},
      {Phase::failed, SendResult::refused_failed, SendResult::refused_failed},
  };
  REQUIRE(std::size(rows) == phase_count);
  for (const Row& row : rows) {
    INFO(describe(row.phase));
    ClientOnFakes line;
    line.reach(row.phase);
    CHECK(line.send_unmeasured(1) == row.unmeasured);
    CHECK(line->outbox().is_empty());
    CHECK(line.send(2) == row.measured);
    CHECK(line->outbox().size() == (row.measured == SendResult::queued ? 1 : 0));
    CHECK(line.reports().empty());
  }
}

TEST_CASE("client: a message that would wait is measured first, and nothing changes until then",
          "[client]") {
  ClientOnFakes line;
  line.reach(Phase::waiting);
  const ConnectionState before = line->state();
  CHECK(line.send_unmeasured(1, 100) == SendResult::measure);
  CHECK(line->state() == before);
  CHECK(line->outbox().is_empty());
  CHECK(line->buffered_amount() == 0);
  CHECK(line.send(1, 250) == SendResult::queued);
  CHECK(line->outbox().bytes() == 250);
}

TEST_CASE("client: messages wait for the line and leave in their order when it opens", "[client]") {
  ClientOnFakes line;
  REQUIRE(line.send(1) == SendResult::queued);
  line.open();
  REQUIRE(line.send(2) == SendResult::queued);
  line.url_ready();
  REQUIRE(line.send(3) == SendResult::queued);
  line.reports();
  line.opened();
  CHECK(line.sockets().sent == Handles{{1}, {2}, {3}});
  CHECK(line.reports() == "status open; open; flush 1; flush 2; flush 3");
  CHECK(line->outbox().is_empty());
}

TEST_CASE("client: the state that send decides on is the present one", "[client]") {
  ClientOnFakes line;
  line.reach(Phase::opening);
  line->socket_opened(line.socket());
  CHECK(line.send_unmeasured(1) == SendResult::sent);
  line->socket_closed(line.socket(), {4403, true, ""});
  CHECK(line.send_unmeasured(2) == SendResult::refused_failed);
}

TEST_CASE("client: a message larger than the limit is refused in every phase", "[client]") {
  ClientConfig config = config_of_tests();
  config.options.sender.message_bytes_max = 1'000;
  for (const Phase phase : all_phases) {
    INFO(describe(phase));
    ClientOnFakes line{config};
    line.reach(phase);
    CHECK(line.send_unmeasured(1, 1'001) == SendResult::refused_too_large);
    CHECK(line.sockets().sent.empty());
    CHECK(line->outbox().is_empty());
  }
}

TEST_CASE("client: the limit of a message is exact", "[client]") {
  ClientConfig config = config_of_tests();
  config.options.sender.message_bytes_max = 1'000;
  ClientOnFakes line{config};
  CHECK(line.send_unmeasured(1, 1'001) == SendResult::refused_too_large);
  CHECK(line.send_unmeasured(1, 1'000) == SendResult::measure);
  CHECK(line.send(1, 1'000) == SendResult::queued);
}

TEST_CASE("client: a full queue refuses by what it is full of", "[client]") {
  SECTION("messages") {
    ClientOnFakes line{config_with({2, 1'000})};
    REQUIRE(line.send(1) == SendResult::queued);
    REQUIRE(line.send(2) == SendResult::queued);
    CHECK(line.send(3) == SendResult::refused_queue_messages);
    CHECK(line->outbox().size() == 2);
  }
  SECTION("bytes") {
    ClientOnFakes line{config_with({10, 100})};
    REQUIRE(line.send(1, 100) == SendResult::queued);
    CHECK(line.send(2, 1) == SendResult::refused_queue_bytes);
    CHECK(line.send(3, 0) == SendResult::queued);
  }
}

TEST_CASE("client: a line without a queue sends when it is open and refuses when it is not",
          "[client]") {
  ClientOnFakes line{config_with({0, 0})};
  CHECK(line.send(1, 0) == SendResult::refused_queue_messages);
  line.reach(Phase::open);
  CHECK(line.send(2) == SendResult::sent);
}

TEST_CASE("client: what the platform will never send is refused and the line goes on", "[client]") {
  ClientOnFakes line;
  line.reach(Phase::open);
  line.sockets().outcomes = {SendOutcome::failed};
  CHECK(line.send(1) == SendResult::refused_unsendable);
  CHECK(line.send(2) == SendResult::sent);
  CHECK(line.phase() == Phase::open);
  CHECK(line.reports().empty());
}

TEST_CASE("client: a waiting message that cannot be sent is reported and skipped", "[client]") {
  ClientOnFakes line;
  for (std::uint32_t handle = 1; handle <= 3; ++handle) {
    REQUIRE(line.send(handle) == SendResult::queued);
  }
  line.sockets().outcomes = {SendOutcome::sent, SendOutcome::failed};
  line.reach(Phase::opening);
  line.opened();
  CHECK(line.reports() == "status open; open; flush 1; drop 2 unsendable; flush 3");
  CHECK(line.sockets().sent == Handles{{1}, {3}});
  CHECK(line->outbox().is_empty());
}

TEST_CASE("client: a socket that is no longer open loses nothing and doubles nothing", "[client]") {
  ClientOnFakes line;
  line.reach(Phase::open);
  line.sockets().outcomes = {SendOutcome::not_open};
  CHECK(line.send_unmeasured(1) == SendResult::measure);
  line.sockets().outcomes = {SendOutcome::not_open};
  CHECK(line.send(1) == SendResult::queued);
  // The socket is asked no more until there is a new one: message 2 may not overtake message 1.
  CHECK(line.send_unmeasured(2) == SendResult::measure);
  CHECK(line.send(2) == SendResult::queued);
  CHECK(line.sockets().sent.empty());
  line.lose();
  line.come_back();
  CHECK(line.sockets().sent == Handles{{1}, {2}});
}

TEST_CASE("client: a flush that is interrupted half way goes on with the next socket, in order",
          "[client]") {
  ClientOnFakes line;
  for (std::uint32_t handle = 1; handle <= 5; ++handle) {
    REQUIRE(line.send(handle) == SendResult::queued);
  }
  line.sockets().outcomes = {SendOutcome::sent, SendOutcome::sent, SendOutcome::not_open};
  line.reach(Phase::opening);
  line.opened();
  CHECK(line.reports() == "status open; open; flush 1; flush 2");
  CHECK(line->outbox().size() == 3);
  CHECK(line.send(6) == SendResult::queued);
  line.lose();
  line.reports();
  line.come_back();
  CHECK(line.reports() ==
        "status asking attempt 1; url 2; status opening attempt 1; status open attempt 1; open; "
        "outage 1000 ms; flush 3; flush 4; flush 5; flush 6");
  CHECK(line.sockets().sent == Handles{{1}, {2}, {3}, {4}, {5}, {6}});
}

TEST_CASE("client: buffered amount is what waits here and in the socket", "[client]") {
  ClientOnFakes line;
  CHECK(line->buffered_amount() == 0);
  REQUIRE(line.send(1, 300) == SendResult::queued);
  line.sockets().buffered_amount = 5'000;
  CHECK(line->buffered_amount() == 300);  // there is no socket yet
  line.reach(Phase::opening);
  CHECK(line->buffered_amount() == 5'300);
  line.opened();
  CHECK(line->buffered_amount() == 5'000);
  line.lose();
  CHECK(line->buffered_amount() == 0);
}

TEST_CASE("client: 10,000 waiting messages are flushed in order", "[client]") {
  ClientOnFakes line{config_with({10'000, 1'000'000})};
  for (std::uint32_t handle = 1; handle <= 10'000; ++handle) {
    REQUIRE(line.send(handle, 100) == SendResult::queued);
  }
  REQUIRE(line.send(10'001, 100) != SendResult::queued);
  line.reach(Phase::open);
  REQUIRE(line.sockets().sent.size() == 10'000);
  for (std::uint32_t handle = 1; handle <= 10'000; ++handle) {
    REQUIRE(line.sockets().sent[handle - 1] == Handle{handle});
  }
}
