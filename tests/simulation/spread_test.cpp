#include <simulation/spread.hpp>

#include <support/catch.hpp>

#include <string>

using namespace openline;

namespace {

/// As many delays of each kind, from all of their windows.
Spreads even() {
  Spreads spreads;
  for (std::size_t i = 0; i < spread_count; ++i) {
    for (std::int64_t drawn = 0; drawn <= 1'000; ++drawn) {
      spreads.note(static_cast<Spread>(i), Duration::milliseconds(drawn), Duration::seconds(1));
    }
  }
  return spreads;
}

}  // namespace

TEST_CASE("spread: delays of the whole window are spread", "[simulation]") {
  CHECK(even().fault().empty());
}

TEST_CASE("spread: delays of half of the window are not, however many", "[simulation]") {
  Spreads spreads = even();
  for (int i = 0; i < 100'000; ++i) {
    const Duration drawn = Duration::milliseconds(i % 1'000);
    spreads.note(Spread::restarting, drawn, Duration::seconds(2));
  }
  const std::string fault = spreads.fault();
  CHECK(fault.find("restarting") != std::string::npos);
}

TEST_CASE("spread: too few delays prove nothing", "[simulation]") {
  CHECK_FALSE(Spreads{}.fault().empty());
}
