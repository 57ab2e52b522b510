#include <openline/state/value_state.hpp>

#include <openline/state/observed.hpp>

#include <support/catch.hpp>
#include <support/state_specs.hpp>

#include <string>

using namespace openline;

namespace {

std::string all_of(ValueState& state) {
  std::string out;
  state.append_all(out, 9);
  return out;
}

}  // namespace

TEST_CASE("value state: without a value its entry is its number", "[state]") {
  const auto state = ValueState::make(latest_spec());
  CHECK(all_of(*state) == "[9]");
}

TEST_CASE("value state: a change is news once, and only if values are observed", "[state]") {
  const auto state = ValueState::make(latest_spec());
  static_cast<void>(state->take("1"));
  CHECK_FALSE(state->has_news());
  state->observe(observe_keys);
  CHECK_FALSE(state->has_news());
  state->observe(observe_values);
  CHECK(state->has_news());
  CHECK(all_of(*state) == "[9,1]");
  CHECK_FALSE(state->has_news());
}

TEST_CASE("value state: a seed is no news", "[state]") {
  const auto state = ValueState::make(latest_spec());
  state->observe(observe_values);
  CHECK_FALSE(state->seed("[7]"));
  CHECK_FALSE(state->has_news());
  CHECK(all_of(*state) == "[9,[7]]");
}

TEST_CASE("value state: documents are there where the module has them", "[state]") {
  const auto spec =
      spec_of(R"({"kind":"document","hasStream":true,"patch":"merge-patch","maxBytes":100})");
  const auto state = ValueState::make(spec);
#if OPENLINE_DOCUMENTS
  REQUIRE(state);
  CHECK_FALSE(state->take(R"({"a":1})"));
  CHECK_FALSE(state->take(R"({"b":2})"));
  CHECK(all_of(*state) == R"([9,{"a":1,"b":2}])");
#else
  CHECK_FALSE(state);
#endif
}
