#include <simulation/simulation.hpp>

#include <support/catch.hpp>

using namespace openline;

TEST_CASE("simulation: no invariant is violated", "[simulation]") {
  for (std::uint64_t seed = 1; seed <= 200; ++seed) {
    INFO("replay: npm run simulate -- --seed " << seed << " --trace");
    const Outcome outcome = run_seed(seed);
    CHECK(outcome.invariant + outcome.what == "");
    CHECK(outcome.events >= Simulation::events_min);
    CHECK(outcome.faults >= Simulation::faults_min);
  }
}

TEST_CASE("simulation: a seed is the same run each time, and no other", "[simulation]") {
  const Outcome once = run_seed(5);
  const Outcome again = run_seed(5);
  CHECK(once.hash == again.hash);
  CHECK(once.events == again.events);
  CHECK(run_seed(6).hash != once.hash);
}
