#include <openline/client/client.hpp>

#include <support/catch.hpp>
#include <support/client_on_fakes.hpp>

#include <cstdint>
#include <vector>

using namespace openline;

namespace {

constexpr std::uint64_t portion = 400'000;  // three of them reach the high water mark

ClientConfig with_a_large_queue() {
  ClientConfig config = config_of_tests();
  config.options.sender.outbox.bytes_max = 100'000'000;
  return config;
}

/// Open, with so many messages that had waited for it.
ClientOnFakes opened_with(std::uint32_t count, const ClientConfig& config = with_a_large_queue()) {
  ClientOnFakes line{config};
  line.reach(Phase::opening);
  for (std::uint32_t handle = 1; handle <= count; ++handle) {
    REQUIRE(line.send(handle, portion) == SendResult::queued);
  }
  line.opened();
  return line;
}

std::vector<Handle> first(std::uint32_t count) {
  std::vector<Handle> handles;
  for (std::uint32_t handle = 1; handle <= count; ++handle) {
    handles.push_back({handle});
  }
  return handles;
}

}  // namespace

TEST_CASE("client: what waited leaves in portions, the next one once the socket is almost empty",
          "[client]") {
  ClientOnFakes line = opened_with(7);
  CHECK(line.sockets().sent == first(3));
  CHECK(line.clock().alarm() == Instant::from_milliseconds(10));
  line.sockets().buffered_amount = 300'000;
  line.advance(Duration::milliseconds(10));
  CHECK(line.sockets().sent == first(3));
  line.sockets().buffered_amount = 200'000;
  line.advance(Duration::milliseconds(9));
  CHECK(line.sockets().sent == first(3));
  line.advance(Duration::milliseconds(1));
  CHECK(line.sockets().sent == first(6));
  line.sockets().buffered_amount = 0;
  line.advance(Duration::milliseconds(10));
  CHECK(line.sockets().sent == first(7));
  CHECK(line.clock().alarm() == Instant::from_milliseconds(5'000));  // stable; no look is to come
}

TEST_CASE(
    "client: as much as waits by default leaves at once, whatever the socket was greeted with",
    "[client]") {
  ClientOnFakes line;
  line.reach(Phase::opening);
  for (std::uint32_t handle = 1; handle <= 512; ++handle) {
    REQUIRE(line.send(handle, OutboxLimits{}.bytes_max / 512) == SendResult::queued);
  }
  line.sockets().buffered_amount = 2'000;
  line.opened();
  CHECK(line->outbox().is_empty());
}

TEST_CASE("client: nothing overtakes what waits for its portion", "[client]") {
  ClientOnFakes line = opened_with(4);
  CHECK(line.send(5) == SendResult::queued);
  line.advance(Duration::milliseconds(10));
  CHECK(line.sockets().sent == first(5));
  CHECK(line.send(6) == SendResult::sent);
}

TEST_CASE("client: what waits for its portion goes to the next socket, at once", "[client]") {
  ClientOnFakes line = opened_with(5);
  line.lose();
  line.reports();
  line.come_back();
  CHECK(line.sockets().sent == first(5));
}

TEST_CASE("client: what waits for its portion leaves before the closing handshake", "[client]") {
  ClientOnFakes line = opened_with(9);
  line.reports();
  line.close();
  CHECK(line.sockets().sent == first(9));
  CHECK(line.phase() == Phase::closing);
  CHECK(line.clock().alarm() == Instant::from_milliseconds(5'000));  // the handshake's end
}

TEST_CASE("client: a full socket that has gone is not asked for room", "[client]") {
  ClientOnFakes line = opened_with(5);
  line.lose();
  CHECK(line.clock().alarm() == Instant::from_milliseconds(1'000));  // the retry
}

TEST_CASE("client: a line whose messages have all expired looks at its socket no more",
          "[client]") {
  ClientConfig config = with_a_large_queue();
  config.options.sender.outbox.ttl = Duration::seconds(2);
  ClientOnFakes line = opened_with(6, config);
  line.sockets().buffered_amount = 2'000'000;
  for (int looks = 0; looks < 200; ++looks) {
    line.advance(FlushPace::look_every);
  }
  CHECK(line->outbox().is_empty());
  CHECK(line.sockets().sent == first(3));
  CHECK(line.clock().alarm() == Instant::from_milliseconds(5'000));
}

TEST_CASE("client: what comes in or is sent looks for room where the alarm is held back",
          "[client]") {
  ClientOnFakes line = opened_with(8);
  line.sockets().buffered_amount = 0;
  line.clock().advance(FlushPace::look_every);
  line.message(100);
  CHECK(line.sockets().sent == first(6));
  line.clock().advance(FlushPace::look_every);
  CHECK(line.send(9) == SendResult::sent);
  CHECK(line.sockets().sent == first(9));
}

TEST_CASE("client: what waits for its portion leaves before the line is let go", "[client]") {
  ClientOnFakes line = opened_with(9);
  line.destroy();
  CHECK(line.sockets().sent == first(9));
  CHECK(line.sockets().discarded.size() == 1);
}
