#include <openline/outbox/unacked.hpp>

#include <support/catch.hpp>

#include <cstdint>

using openline::Handle;
using openline::SentMessage;
using openline::Unacked;

namespace {

/// Gives `count` messages of a byte each a number; their handles are 1, 2, and so on.
void push(Unacked& unacked, std::uint32_t count) {
  for (std::uint32_t handle = 1; handle <= count; ++handle) {
    unacked.push(Handle{handle}, 1);
  }
}

}  // namespace

TEST_CASE("unacked: messages are numbered from 1 on, without holes", "[outbox]") {
  Unacked unacked;
  CHECK(unacked.first_seq() == 1);
  CHECK(unacked.next_seq() == 1);
  push(unacked, 3);
  CHECK(unacked.next_seq() == 4);
  CHECK(unacked.messages()[2] == SentMessage{3, {3}, 1});
}

TEST_CASE("unacked: the oldest is settled first, and its number is never used again", "[outbox]") {
  Unacked unacked;
  push(unacked, 2);
  CHECK(unacked.pop() == SentMessage{1, {1}, 1});
  CHECK(unacked.first_seq() == 2);
  CHECK(unacked.pop() == SentMessage{2, {2}, 1});
  CHECK(unacked.is_empty());
  CHECK(unacked.first_seq() == 3);
  CHECK(unacked.next_seq() == 3);
}

TEST_CASE("unacked: no more messages are under way than the window has", "[outbox]") {
  Unacked unacked;
  unacked.set_window(2);
  CHECK(unacked.has_room(1));
  push(unacked, 1);
  CHECK(unacked.has_room(1));
  push(unacked, 1);
  CHECK_FALSE(unacked.has_room(0));
  unacked.pop();
  CHECK(unacked.has_room(1));
}

TEST_CASE("unacked: a window that became smaller takes nothing back", "[outbox]") {
  Unacked unacked;
  unacked.set_window(3);
  push(unacked, 3);
  unacked.set_window(1);
  CHECK(unacked.messages().size() == 3);
  unacked.pop();
  unacked.pop();
  CHECK_FALSE(unacked.has_room(1));
  unacked.pop();
  CHECK(unacked.has_room(1));
}

TEST_CASE("unacked: a window beyond the memory of a page is one without a bound", "[outbox]") {
  Unacked unacked;
  unacked.set_window(std::uint64_t{1} << 32U);  // 0 in 32 bits
  push(unacked, 2);
  CHECK(unacked.has_room(1));
}

TEST_CASE("unacked: at most 256 KiB are under way, but for a single message", "[outbox]") {
  Unacked unacked;
  unacked.set_window(100);
  CHECK(unacked.has_room(Unacked::bytes_max * 2));
  unacked.push(Handle{1}, Unacked::bytes_max - 10);
  CHECK(unacked.has_room(10));
  CHECK_FALSE(unacked.has_room(11));
  unacked.push(Handle{2}, 10);
  CHECK(unacked.bytes() == Unacked::bytes_max);
  CHECK(unacked.has_room(0));
  CHECK_FALSE(unacked.has_room(1));
  unacked.pop();
  CHECK(unacked.bytes() == 10);
}

TEST_CASE("unacked: behind a message above the bound nothing fits", "[outbox]") {
  Unacked unacked;
  unacked.set_window(100);
  unacked.push(Handle{1}, Unacked::bytes_max + 1);
  CHECK_FALSE(unacked.has_room(0xffff'ffff'ffff'ffff));
  CHECK_FALSE(unacked.has_room(1));
}

TEST_CASE("unacked: under another client id numbers begin anew", "[outbox]") {
  Unacked unacked;
  push(unacked, 2);
  unacked.pop();
  unacked.pop();
  unacked.restart();
  CHECK(unacked.first_seq() == 1);
  CHECK(unacked.next_seq() == 1);
}
