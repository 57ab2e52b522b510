#include <openline/client/flush_pace.hpp>

#include <support/catch.hpp>

using namespace openline;

namespace {

constexpr SocketId here{1};
constexpr SocketId next{2};
constexpr Instant now = Instant::from_milliseconds(1'000);
constexpr Instant soon = now + FlushPace::look_every;

FlushPace full() {
  FlushPace pace;
  pace.pause(here, now);
  return pace;
}

}  // namespace

TEST_CASE("flush pace: a new socket is given one portion, whatever it was greeted with",
          "[client]") {
  const FlushPace pace;
  CHECK(pace.may_look(here, now));
  CHECK(pace.room(here, 0) == FlushPace::high_water);
  CHECK(pace.room(here, 2'000) == FlushPace::high_water);
  CHECK(pace.next_look(here) == Instant::never());
}

TEST_CASE("flush pace: one that was full gets nothing before it is below the low water mark",
          "[client]") {
  const FlushPace pace = full();
  CHECK(pace.room(here, FlushPace::low_water) == 0);
  CHECK(pace.room(here, FlushPace::low_water - 1) ==
        FlushPace::high_water - FlushPace::low_water + 1);
}

TEST_CASE("flush pace: a full socket is looked at again after a while, and not before",
          "[client]") {
  FlushPace pace = full();
  CHECK(pace.next_look(here) == soon);
  CHECK_FALSE(pace.may_look(here, soon - Duration::milliseconds(1)));
  CHECK(pace.may_look(here, soon));
  pace.go_on();
  CHECK(pace.next_look(here) == Instant::never());
  CHECK(pace.may_look(here, now));
}

TEST_CASE("flush pace: what one socket was given says nothing of the next", "[client]") {
  const FlushPace pace = full();
  CHECK(pace.may_look(next, now));
  CHECK(pace.room(next, FlushPace::low_water) == FlushPace::high_water);
  CHECK(pace.next_look(next) == Instant::never());
}
