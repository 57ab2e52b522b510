#include <openline/client/client.hpp>

#include <support/catch.hpp>
#include <support/client_on_fakes.hpp>

#include <cstdint>
#include <vector>

using namespace openline;

namespace {

using Handles = std::vector<Handle>;

constexpr Duration ttl = Duration::seconds(10);

ClientConfig config_with(const OutboxLimits& outbox) {
  ClientConfig config = config_of_tests();
  config.options.sender.outbox = outbox;
  return config;
}

ClientConfig with_ttl() { return config_with({100, 10'000, ttl}); }

}  // namespace

TEST_CASE("client: a message that waited for too long is dropped with a report, by the alarm",
          "[client]") {
  ClientOnFakes line{with_ttl()};  // idle: nothing else sets an alarm
  REQUIRE(line.send(1) == SendResult::queued);
  CHECK(line.clock().alarm() == Instant::from_milliseconds(10'000));
  line.advance(Duration::milliseconds(9'999));
  CHECK(line.reports().empty());
  line.advance(Duration::milliseconds(1));
  CHECK(line.reports() == "drop 1 expired");
  CHECK(line->outbox().is_empty());
  CHECK(line.clock().alarm() == Instant::never());
}

TEST_CASE("client: messages expire one after the other, the oldest first", "[client]") {
  ClientOnFakes line{with_ttl()};
  for (std::uint32_t handle = 1; handle <= 3; ++handle) {
    REQUIRE(line.send(handle) == SendResult::queued);
    line.advance(Duration::seconds(2));
  }
  line.advance(Duration::seconds(4));
  CHECK(line.reports() == "drop 1 expired");
  CHECK(line.clock().alarm() == Instant::from_milliseconds(12'000));
  line.advance(Duration::seconds(10));
  CHECK(line.reports() == "drop 2 expired; drop 3 expired");
}

TEST_CASE("client: what expired is not sent, even if the line opens before the alarm", "[client]") {
  ClientOnFakes line{with_ttl()};
  line.reach(Phase::opening);
  REQUIRE(line.send(1) == SendResult::queued);
  line.clock().advance(Duration::seconds(4));
  REQUIRE(line.send(2) == SendResult::queued);
  line.clock().advance(Duration::seconds(6));
  line.opened();
  CHECK(line.reports() == "status open; open; drop 1 expired; flush 2");
  CHECK(line.sockets().sent == Handles{{2}});
}

TEST_CASE("client: the alarm for a message does not delay the line, nor the line the message",
          "[client]") {
  ClientOnFakes line{with_ttl()};
  line.reach(Phase::waiting);  // a retry after one second
  REQUIRE(line.send(1) == SendResult::queued);
  CHECK(line.clock().alarm() == Instant::from_milliseconds(1'000));
  line.advance(Duration::seconds(1));
  CHECK(line.reports() == "status asking attempt 1; url 2");
  CHECK(line.clock().alarm() == Instant::from_milliseconds(10'000));
  line.advance(Duration::seconds(9));
  CHECK(line.reports() == "drop 1 expired");
  CHECK(line.clock().alarm() == Instant::from_milliseconds(11'000));
}

TEST_CASE("client: an expired message makes room for a new one", "[client]") {
  ClientOnFakes line{config_with({1, 10'000, ttl})};
  REQUIRE(line.send(1) == SendResult::queued);
  CHECK(line.send(2) == SendResult::refused_queue_messages);
  line.clock().advance(ttl);
  CHECK(line.send(3) == SendResult::queued);
  CHECK(line.reports() == "drop 1 expired");
}

TEST_CASE("client: without a limit of time messages wait for ever", "[client]") {
  ClientOnFakes line;
  CHECK(line->adopt(Handle{1}, 10, Duration::seconds(1'000'000)) == SendResult::queued);
  REQUIRE(line.send(2) == SendResult::queued);
  CHECK(line.clock().alarm() == Instant::never());
  line.advance(Duration::seconds(1'000'000'000));
  CHECK(line->outbox().size() == 2);
}

TEST_CASE("client: a full queue drops the oldest for the newest, if it is told to", "[client]") {
  SECTION("by count") {
    ClientOnFakes line{config_with({2, 10'000, ttl, Overflow::drop_oldest})};
    for (std::uint32_t handle = 1; handle <= 4; ++handle) {
      CHECK(line.send(handle) == SendResult::queued);
    }
    CHECK(line.reports() == "drop 1 overflow; drop 2 overflow");
    CHECK(line->outbox().size() == 2);
    line.reach(Phase::open);
    CHECK(line.sockets().sent == Handles{{3}, {4}});
  }
  SECTION("by bytes, as many as it takes") {
    ClientOnFakes line{config_with({10, 100, ttl, Overflow::drop_oldest})};
    for (std::uint32_t handle = 1; handle <= 4; ++handle) {
      REQUIRE(line.send(handle, 25) == SendResult::queued);
    }
    CHECK(line.send(5, 60) == SendResult::queued);
    CHECK(line.reports() == "drop 1 overflow; drop 2 overflow; drop 3 overflow");
    CHECK(line->outbox().bytes() == 85);
  }
}

TEST_CASE("client: a message that would never fit drives nothing out", "[client]") {
  ClientOnFakes line{config_with({10, 100, ttl, Overflow::drop_oldest})};
  REQUIRE(line.send(1, 100) == SendResult::queued);
  CHECK(line.send(2, 101) == SendResult::refused_queue_bytes);
  CHECK(line.reports().empty());
  CHECK(line->outbox().size() == 1);
  ClientOnFakes none{config_with({0, 100, ttl, Overflow::drop_oldest})};
  CHECK(none.send(1) == SendResult::refused_queue_messages);
}

TEST_CASE("client: dropping the newest refuses it, and those that wait stay", "[client]") {
  for (const Overflow overflow : {Overflow::drop_newest, Overflow::refuse}) {
    ClientOnFakes line{config_with({2, 100, ttl, overflow})};
    REQUIRE(line.send(1, 40) == SendResult::queued);
    CHECK(line.send(2, 61) == SendResult::refused_queue_bytes);
    REQUIRE(line.send(3, 60) == SendResult::queued);
    CHECK(line.send(4, 0) == SendResult::refused_queue_messages);
    CHECK(line.reports().empty());
    line.reach(Phase::open);
    CHECK(line.sockets().sent == Handles{{1}, {3}});
  }
}

TEST_CASE("client: what waited with the host keeps its place and its age", "[client]") {
  ClientOnFakes line{with_ttl()};
  CHECK(line->adopt(Handle{1}, 10, Duration::seconds(8)) == SendResult::queued);
  CHECK(line->adopt(Handle{2}, 10, Duration::seconds(3)) == SendResult::queued);
  CHECK(line.send(3) == SendResult::queued);
  CHECK(line->outbox().bytes() == 30);
  line.advance(Duration::seconds(2));
  CHECK(line.reports() == "drop 1 expired");
  line.reach(Phase::open);
  CHECK(line.sockets().sent == Handles{{2}, {3}});
}

TEST_CASE("client: what is too old when it is taken over is dropped by the next alarm",
          "[client]") {
  ClientOnFakes line{with_ttl()};
  line.clock().advance(Duration::seconds(100));
  CHECK(line->adopt(Handle{1}, 10, Duration::seconds(10)) == SendResult::queued);
  CHECK(line.clock().alarm() <= line.clock().now());
  line.advance(Duration{});
  CHECK(line.reports() == "drop 1 expired");
}

TEST_CASE("client: what is taken over keeps to the bounds of the queue", "[client]") {
  SECTION("refusing") {
    ClientOnFakes line{config_with({1, 100})};
    CHECK(line->adopt(Handle{1}, 101, Duration{}) == SendResult::refused_queue_bytes);
    CHECK(line->adopt(Handle{2}, 100, Duration{}) == SendResult::queued);
    CHECK(line->adopt(Handle{3}, 0, Duration{}) == SendResult::refused_queue_messages);
  }
  SECTION("dropping the oldest") {
    ClientOnFakes line{config_with({1, 100, ttl, Overflow::drop_oldest})};
    CHECK(line->adopt(Handle{1}, 10, Duration{}) == SendResult::queued);
    CHECK(line->adopt(Handle{2}, 10, Duration{}) == SendResult::queued);
    CHECK(line.reports() == "drop 1 overflow");
  }
}

TEST_CASE("client: what is taken over while the line is open leaves at once, in its order",
          "[client]") {
  ClientOnFakes line;
  line.reach(Phase::opening);
  line->socket_opened(line.socket());
  CHECK(line->adopt(Handle{1}, 10, Duration{}) == SendResult::queued);
  CHECK(line->adopt(Handle{2}, 10, Duration{}) == SendResult::queued);
  CHECK(line.sockets().sent == Handles{{1}, {2}});
  CHECK(line.reports() == "status open; open; flush 1; flush 2");
}

TEST_CASE("client: a closed line takes nothing over, a failed one keeps it", "[client]") {
  for (const Phase phase : all_phases) {
    INFO(describe(phase));
    ClientOnFakes line;
    line.reach(phase);
    const bool is_ended = phase == Phase::closed || phase == Phase::closing;
    CHECK(line->adopt(Handle{1}, 10, Duration{}) ==
          (is_ended ? SendResult::refused_closed : SendResult::queued));
  }
}

TEST_CASE("client: a message that a socket took is never sent again, arrived or not", "[client]") {
  ClientOnFakes line;
  line.reach(Phase::open);
  REQUIRE(line.send(1) == SendResult::sent);
  line.lose();
  line.come_back();
  CHECK(line.sockets().sent == Handles{{1}});
}

TEST_CASE("client: a port that calls back while the oldest is under way drops it not", "[client]") {
  ClientOnFakes line{config_with({2, 10'000, ttl, Overflow::drop_oldest})};
  REQUIRE(line.send(1) == SendResult::queued);
  REQUIRE(line.send(2) == SendResult::queued);
  line.reach(Phase::opening);
  bool is_first = true;
  line.sockets().during_send = [&] {
    if (is_first) {
      is_first = false;
      CHECK(line.send(3) == SendResult::refused_queue_messages);
      CHECK(line->adopt(Handle{4}, 1, Duration{}) == SendResult::refused_queue_messages);
    }
  };
  line.opened();
  CHECK(line.sockets().sent == Handles{{1}, {2}});
  CHECK(line.reports() == "status open; open; flush 1; flush 2");
}
