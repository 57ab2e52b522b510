#include <openline/outbox/outbox.hpp>

#include <support/catch.hpp>

#include <cstdint>
#include <limits>

using openline::Handle;
using openline::Outbox;
using openline::OutboxFull;
using openline::OutboxMessage;

namespace {

OutboxMessage message(std::uint32_t handle, std::uint64_t bytes) { return {Handle{handle}, bytes}; }

}  // namespace

TEST_CASE("outbox: messages leave in the order in which they came", "[outbox]") {
  Outbox outbox{{}};
  for (std::uint32_t handle = 1; handle <= 5; ++handle) {
    REQUIRE(outbox.push(message(handle, 10 * handle)));
  }
  CHECK(outbox.front() == message(1, 10));
  for (std::uint32_t handle = 1; handle <= 5; ++handle) {
    CHECK(outbox.pop() == message(handle, 10 * handle));
  }
  CHECK(outbox.is_empty());
}

TEST_CASE("outbox: it counts messages and payload bytes", "[outbox]") {
  Outbox outbox{{}};
  CHECK(outbox.is_empty());
  CHECK(outbox.size() == 0);
  CHECK(outbox.bytes() == 0);
  REQUIRE(outbox.push(message(1, 300)));
  REQUIRE(outbox.push(message(2, 45)));
  CHECK_FALSE(outbox.is_empty());
  CHECK(outbox.size() == 2);
  CHECK(outbox.bytes() == 345);
  outbox.pop();
  CHECK(outbox.size() == 1);
  CHECK(outbox.bytes() == 45);
  outbox.pop();
  CHECK(outbox.bytes() == 0);
}

TEST_CASE("outbox: the bound of messages is exact", "[outbox]") {
  Outbox outbox{{3, 1'000}};
  REQUIRE(outbox.push(message(1, 1)));
  REQUIRE(outbox.push(message(2, 1)));
  REQUIRE(outbox.push(message(3, 1)));
  const auto refused = outbox.push(message(4, 1));
  REQUIRE_FALSE(refused);
  CHECK(refused.error() == OutboxFull::messages);
  CHECK(outbox.size() == 3);
  CHECK(outbox.bytes() == 3);
}

TEST_CASE("outbox: the bound of bytes is exact", "[outbox]") {
  Outbox outbox{{10, 100}};
  REQUIRE(outbox.push(message(1, 60)));
  const auto one_over = outbox.push(message(2, 41));
  REQUIRE_FALSE(one_over);
  CHECK(one_over.error() == OutboxFull::bytes);
  CHECK(outbox.bytes() == 60);
  CHECK(outbox.push(message(3, 40)));
  CHECK(outbox.bytes() == 100);
}

TEST_CASE("outbox: a refused message leaves those that wait as they were", "[outbox]") {
  Outbox outbox{{2, 10}};
  REQUIRE(outbox.push(message(1, 5)));
  REQUIRE_FALSE(outbox.push(message(2, 6)));
  REQUIRE(outbox.push(message(3, 5)));
  REQUIRE_FALSE(outbox.push(message(4, 0)));
  CHECK(outbox.pop().value == Handle{1});
  CHECK(outbox.pop().value == Handle{3});
  CHECK(outbox.is_empty());
}

TEST_CASE("outbox: room that a message leaves behind is used again", "[outbox]") {
  Outbox outbox{{2, 10}};
  for (std::uint32_t handle = 1; handle <= 1'000; ++handle) {
    REQUIRE(outbox.push(message(handle, 10)));
    REQUIRE_FALSE(outbox.push(message(handle, 1)));
    REQUIRE(outbox.pop() == message(handle, 10));
  }
  CHECK(outbox.bytes() == 0);
}

TEST_CASE("outbox: with a bound of 0 messages it takes nothing", "[outbox]") {
  Outbox outbox{{0, 100}};
  const auto refused = outbox.push(message(1, 0));
  REQUIRE_FALSE(refused);
  CHECK(refused.error() == OutboxFull::messages);
}

TEST_CASE("outbox: with a bound of 0 bytes it takes empty messages alone", "[outbox]") {
  Outbox outbox{{2, 0}};
  const auto refused = outbox.push(message(1, 1));
  REQUIRE_FALSE(refused);
  CHECK(refused.error() == OutboxFull::bytes);
  CHECK(outbox.push(message(2, 0)));
  CHECK(outbox.size() == 1);
}

TEST_CASE("outbox: empty messages count as messages", "[outbox]") {
  Outbox outbox{{2, 100}};
  REQUIRE(outbox.push(message(1, 0)));
  REQUIRE(outbox.push(message(2, 0)));
  CHECK_FALSE(outbox.push(message(3, 0)));
  CHECK(outbox.bytes() == 0);
  CHECK(outbox.size() == 2);
}

TEST_CASE("outbox: sizes near the largest number do not wrap around", "[outbox]") {
  constexpr std::uint64_t bytes_max = std::numeric_limits<std::uint64_t>::max();
  Outbox outbox{{10, bytes_max}};
  REQUIRE(outbox.push(message(1, 2)));
  CHECK_FALSE(outbox.push(message(2, bytes_max - 1)));
  CHECK(outbox.push(message(3, bytes_max - 2)));
  CHECK(outbox.bytes() == bytes_max);
  CHECK_FALSE(outbox.push(message(4, 1)));
}

TEST_CASE("outbox: it says what stands in the way of a message, if anything", "[outbox]") {
  Outbox outbox{{2, 100}};
  CHECK_FALSE(outbox.fullness(100));
  CHECK(outbox.fullness(101) == OutboxFull::bytes);
  REQUIRE(outbox.push(message(1, 60)));
  CHECK_FALSE(outbox.fullness(40));
  CHECK(outbox.fullness(41) == OutboxFull::bytes);
  REQUIRE(outbox.push(message(2, 0)));
  CHECK(outbox.fullness(0) == OutboxFull::messages);
  CHECK(outbox.fullness(41) == OutboxFull::bytes);
}

TEST_CASE("outbox: what could never be held is told from what does not fit now", "[outbox]") {
  Outbox outbox{{2, 100}};
  REQUIRE(outbox.push(message(1, 100)));
  CHECK(outbox.can_ever_hold(100));
  CHECK_FALSE(outbox.can_ever_hold(101));
  CHECK_FALSE(Outbox{{0, 100}}.can_ever_hold(0));
  CHECK(Outbox{{1, 0}}.can_ever_hold(0));
}

TEST_CASE("outbox: a message keeps the time at which it expires", "[outbox]") {
  Outbox outbox{{}};
  REQUIRE(outbox.push({Handle{1}, 10, openline::Instant::from_milliseconds(77)}));
  CHECK(outbox.front().expires_at == openline::Instant::from_milliseconds(77));
}
