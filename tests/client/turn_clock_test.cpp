#include <openline/client/turn_clock.hpp>

#include <support/catch.hpp>

#include <memory>

using namespace openline;

namespace {

struct Watched {
  int looks = 0;
  Instant alarm;
};

/// Goes on by a second whenever somebody looks.
class CountingClock final : public ClockPort {
 public:
  explicit CountingClock(Watched& watched) : watched_{watched} {}

  [[nodiscard]] Instant now() override {
    ++watched_.looks;
    return Instant{} + Duration::milliseconds(1'000 * watched_.looks);
  }
  void wake_at(Instant at) override { watched_.alarm = at; }

 private:
  Watched& watched_;
};

}  // namespace

TEST_CASE("turn clock: stands still until something else begins", "[client]") {
  Watched watched;
  TurnClock clock{std::make_unique<CountingClock>(watched)};
  CHECK(watched.looks == 0);
  const Instant first = clock.now();
  CHECK(clock.now() == first);
  CHECK(watched.looks == 1);
  clock.go_on();
  CHECK(watched.looks == 1);
  CHECK(clock.now() - first == Duration::milliseconds(1'000));
  CHECK(watched.looks == 2);
}

TEST_CASE("turn clock: passes alarms on", "[client]") {
  Watched watched;
  TurnClock clock{std::make_unique<CountingClock>(watched)};
  clock.wake_at(Instant::never());
  CHECK(watched.alarm == Instant::never());
}
