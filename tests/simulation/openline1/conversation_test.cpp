#include <simulation/openline1/conversation.hpp>

#include <support/catch.hpp>

using namespace openline::conversation;

TEST_CASE("conversation: no invariant is violated", "[simulation]") {
  for (std::uint64_t seed = 1; seed <= 60; ++seed) {
    INFO("replay: npm run simulate -- --world openline.1 --seed " << seed << " --trace");
    const Outcome outcome = run_seed(seed);
    CHECK(outcome.invariant + outcome.what == "");
    CHECK(outcome.events >= Conversation::events_min);
    CHECK(outcome.faults >= Conversation::faults_min);
  }
}

TEST_CASE("conversation: a seed is the same run each time, and no other", "[simulation]") {
  const Outcome once = run_seed(5);
  const Outcome again = run_seed(5);
  CHECK(once.hash == again.hash);
  CHECK(once.events == again.events);
  CHECK(run_seed(6).hash != once.hash);
}
