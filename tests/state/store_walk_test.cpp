#include <openline/state/store.hpp>

#include <openline/base/random.hpp>

#include <support/catch.hpp>
#include <support/rows_walk.hpp>

#include <cstdint>
#include <string>

using namespace openline;

TEST_CASE("store: whatever a server and a page do, JavaScript knows what it observes", "[state]") {
  constexpr std::uint64_t walks = 500;
  constexpr int steps = 120;
  for (std::uint64_t seed = 0; seed < walks; ++seed) {
    SplitMix64 random{seed};
    RowsWalk walk{[&](std::uint32_t count) {
      return static_cast<std::uint32_t>((random.next() >> 32U) % count);
    }};
    for (int step = 0; step < steps && walk.broken().empty(); ++step) {
      walk.step();
    }
    walk.end();
    INFO("seed " << seed);
    REQUIRE(walk.broken() == "");
  }
}
