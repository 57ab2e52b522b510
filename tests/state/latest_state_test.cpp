#include <openline/state/latest_state.hpp>

#include <support/catch.hpp>

#include <string>

using namespace openline;

namespace {

StateSpec spec(std::uint64_t bytes_max) {
  StateSpec spec;
  spec.bytes_max = bytes_max;
  return spec;
}

std::string value_of(const LatestState& state) {
  std::string out;
  state.append_value(out);
  return out;
}

}  // namespace

TEST_CASE("latest: it has no value before the first one", "[state]") {
  const LatestState state{spec(100)};
  CHECK_FALSE(state.has_value());
  CHECK_FALSE(state.has_changed());
}

TEST_CASE("latest: the newest value is the one that is kept", "[state]") {
  LatestState state{spec(100)};
  CHECK_FALSE(state.take("1").has_value());
  CHECK_FALSE(state.take("{\"a\" : 2}").has_value());
  CHECK(state.has_value());
  CHECK(value_of(state) == "{\"a\" : 2}");
}

TEST_CASE("latest: the same bytes again are no change", "[state]") {
  LatestState state{spec(100)};
  static_cast<void>(state.take("[1]"));
  CHECK(state.has_changed());
  state.note_told();
  static_cast<void>(state.take("[1]"));
  CHECK_FALSE(state.has_changed());
  static_cast<void>(state.take("[2]"));
  CHECK(state.has_changed());
}

TEST_CASE("latest: a value beyond the limit changes nothing", "[state]") {
  LatestState state{spec(3)};
  static_cast<void>(state.take("123"));
  state.note_told();
  CHECK(state.take("1234") == StateFault{StateProblem::too_large, 0});
  CHECK(value_of(state) == "123");
  CHECK_FALSE(state.has_changed());
}

TEST_CASE("latest: JavaScript knows what it gave as a seed", "[state]") {
  LatestState state{spec(3)};
  static_cast<void>(state.take("1"));
  CHECK_FALSE(state.seed("2").has_value());
  CHECK(value_of(state) == "2");
  CHECK_FALSE(state.has_changed());
}

TEST_CASE("latest: a seed beyond the limit leaves what is there untold", "[state]") {
  LatestState state{spec(3)};
  static_cast<void>(state.take("1"));
  CHECK(state.seed("1234").has_value());
  CHECK(value_of(state) == "1");
  CHECK(state.has_changed());
}
