#include <openline/base/time.hpp>

#include <support/catch.hpp>

#include <cstdint>
#include <limits>

using openline::Duration;
using openline::Instant;

namespace {

constexpr std::int64_t count_max = std::numeric_limits<std::int64_t>::max();
constexpr std::int64_t count_min = std::numeric_limits<std::int64_t>::min();

Instant at(std::int64_t count) { return Instant::from_milliseconds(count); }
Duration ms(std::int64_t count) { return Duration::milliseconds(count); }

}  // namespace

TEST_CASE("time: a duration counts whole milliseconds", "[base]") {
  CHECK(Duration{}.count() == 0);
  CHECK(ms(1'500).count() == 1'500);
  CHECK(Duration::seconds(3) == ms(3'000));
  CHECK(ms(700) - ms(1'000) == ms(-300));
}

TEST_CASE("time: durations and instants are ordered by their counts", "[base]") {
  CHECK(ms(1) < ms(2));
  CHECK(ms(-1) < Duration{});
  CHECK(at(5) > at(4));
  CHECK(at(5) >= at(5));
  CHECK(Instant{} == at(0));
}

TEST_CASE("time: never is later than every instant", "[base]") {
  CHECK(at(0) < Instant::never());
  CHECK(at(count_max - 1) < Instant::never());
  CHECK(Instant::never() == Instant::never());
}

TEST_CASE("time: an instant and a duration give the later instant", "[base]") {
  CHECK(at(1'000) + ms(250) == at(1'250));
  CHECK(at(1'000) + ms(-250) == at(750));
  CHECK(at(1'250) - at(1'000) == ms(250));
}

TEST_CASE("time: what would be later than never is never", "[base]") {
  CHECK(at(count_max - 1) + ms(1) == Instant::never());
  CHECK(at(count_max - 1) + ms(2) == Instant::never());
  CHECK(at(1) + ms(count_max) == Instant::never());
  CHECK(Instant::never() + ms(1) == Instant::never());
  CHECK(Instant::never() + ms(count_max) == Instant::never());
}

TEST_CASE("time: what would be earlier than the first instant is the first", "[base]") {
  CHECK(at(count_min) + ms(-1) == at(count_min));
  CHECK(at(-2) + ms(count_min) == at(count_min));
}

TEST_CASE("time: differences saturate at both ends", "[base]") {
  CHECK(Instant::never() - at(-1) == ms(count_max));
  CHECK(at(-2) - Instant::never() == ms(count_min));
  CHECK(ms(count_max) - ms(-1) == ms(count_max));
  CHECK(ms(count_min) - ms(1) == ms(count_min));
}

TEST_CASE("time: seconds saturate at both ends", "[base]") {
  CHECK(Duration::seconds(count_max) == ms(count_max));
  CHECK(Duration::seconds(count_min) == ms(count_min));
  CHECK(Duration::seconds(-2) == ms(-2'000));
}

TEST_CASE("time: durations add up and multiply, and saturate at both ends", "[base]") {
  constexpr Duration longest = Duration::forever();
  CHECK(Duration::seconds(2) + Duration::milliseconds(5) == Duration::milliseconds(2'005));
  CHECK(longest + Duration::milliseconds(1) == longest);
  CHECK(Duration::seconds(3) * 4 == Duration::seconds(12));
  CHECK(Duration::seconds(3) * -4 == Duration::seconds(-12));
  CHECK(longest * 2 == longest);
  CHECK(longest * -2 < Duration::seconds(-1'000'000));
}

TEST_CASE("time: forever is longer than every other duration, and leads to never", "[base]") {
  CHECK(Duration::forever() > Duration::seconds(1'000'000'000));
  CHECK(Instant::from_milliseconds(0) + Duration::forever() == Instant::never());
  CHECK(Instant::from_milliseconds(5) + Duration::forever() == Instant::never());
}

TEST_CASE("time: an instant less a duration is the earlier instant, or the first", "[base]") {
  const Instant at = Instant::from_milliseconds(1'000);
  CHECK(at - Duration::milliseconds(400) == Instant::from_milliseconds(600));
  CHECK(at - Duration::milliseconds(1'400) == Instant::from_milliseconds(-400));
  CHECK(at - Duration::forever() < Instant::from_milliseconds(-1'000'000'000));
}
