#include <openline/state/store.hpp>

#include <support/catch.hpp>
#include <support/state_specs.hpp>

#include <string>

using namespace openline;

namespace {

/// Fault of state 1 at offset 5 in the stream, with what CORE_PROBLEMS calls it.
std::string fault(StateProblem problem, int at) {
  return "[[],[[1," + std::to_string(static_cast<int>(problem)) + "," + std::to_string(at) +
         ",5]],0]";
}

std::string fault_of(StateSpec spec, std::string_view payload) {
  OneState state{std::move(spec)};
  CHECK(state->take(1, payload, 5));
  return state.delta();
}

}  // namespace

TEST_CASE("store: a message that is no good is told with its place", "[state]") {
  const std::string_view routed = R"(,"match":{"/t":1},"value":"/v")";
  CHECK(fault_of(latest_spec(), "{]") == fault(StateProblem::syntax, 1));
  CHECK(fault_of(log_spec(), "[1,\xff]") == fault(StateProblem::syntax, 3));
  CHECK(fault_of(latest_spec(routed), R"({"t":1})") == fault(StateProblem::no_value, 0));
  CHECK(fault_of(collection_spec(), R"([ {"x":1}])") == fault(StateProblem::no_key, 2));
  CHECK(fault_of(collection_spec(), R"({"id":null})") == fault(StateProblem::bad_key, 0));
  CHECK(fault_of(collection_spec(R"(,"update":"merge")"), "7") ==
        fault(StateProblem::not_object, 0));
  CHECK(fault_of(log_spec(), std::string(65, '[') + std::string(65, ']')) ==
        fault(StateProblem::depth, 64));
}

TEST_CASE("store: the place of a fault is counted from where the message begins", "[state]") {
  const std::string_view routed = R"(,"value":"/v")";
  CHECK(fault_of(collection_spec(routed), R"({"v":[{"id":1},{}]})") ==
        fault(StateProblem::no_key, 15));
}

TEST_CASE("store: what is larger than the state may hold is told", "[state]") {
  auto spec = latest_spec(R"(,"value":"/v")");
  spec.bytes_max = 3;
  CHECK(fault_of(spec, R"({"v":1234})") == fault(StateProblem::too_large, 5));
}

TEST_CASE("store: faults are told whoever observes, and once", "[state]") {
  OneState state{latest_spec(), 0};
  CHECK(state.take("nope"));
  CHECK(state.delta() == "[[],[[1,0,0,0]],0]");
  CHECK(state.delta().empty());
}

TEST_CASE("store: behind a message that is no good the next one is taken", "[state]") {
  OneState state{latest_spec()};
  state.take("{");
  state.take("2");
  CHECK(state.delta() == "[[[1,2]],[[1,0,1,0]],0]");
}

TEST_CASE("store: faults beyond the limit are counted", "[state]") {
  OneState state{latest_spec()};
  for (std::size_t i = 0; i < StateStore::faults_max + 1'000; ++i)
    state.take("");
  const std::string delta = state.delta();
  CHECK(delta.substr(delta.size() - 7) == "],1000]");
  state.take("");
  CHECK(state.delta() == "[[],[[1,0,0,0]],0]");
}

TEST_CASE("store: a line's message goes to every state without a stream that wants it", "[state]") {
  StateStore store{1};
  for (const char* const type : {"a", "b", "a"}) {
    const auto number = store.add(
        spec_of(std::string{R"({"kind":"latest","hasStream":false,"maxBytes":100,"value":"/v",)"} +
                R"("match":{"/t":")" + type + "\"}}"));
    store.observe(number, observe_values);
  }
  store.observe(store.add(latest_spec()), observe_values);
  CHECK(store.take_all(R"({"t":"a","v":1})"));
  store.take_delta();
  CHECK(store.text() == "[[[1,1],[3,1]],[],0]");
  CHECK_FALSE(store.take_all(R"({"t":"c"})"));
}

TEST_CASE("store: a line's message that is no JSON is told once", "[state]") {
  StateStore store{1};
  for (int i = 0; i < 3; ++i) {
    CHECK(store.add(spec_of(R"({"kind":"latest","hasStream":false,"maxBytes":100})")) != 0);
  }
  CHECK(store.take_all("pong"));
  store.take_delta();
  CHECK(store.text() == "[[],[[1,0,0,0]],0]");
}

TEST_CASE("store: a patch that makes a document too deep is good JSON for others", "[state]") {
  StateStore store{1};
  const std::string_view document =
      R"({"kind":"document","hasStream":false,"patch":"json-patch","maxBytes":1000})";
  for (std::uint32_t number = 1; number <= 2; ++number) {
    REQUIRE(store.add(spec_of(document)) == number);
    REQUIRE(store.seed(number, "[]"));
  }
  REQUIRE(store.add(spec_of(R"({"kind":"latest","hasStream":false,"maxBytes":9999})")) == 3);
  store.observe(3, observe_values);
  std::string patch = "[";
  for (std::size_t depth = 0; depth < json_depth_max; ++depth) {
    patch += patch.size() > 1 ? "," : "";
    patch += R"({"op":"add","path":"/)";
    for (std::size_t i = 0; i < depth; ++i)
      patch += "0/";
    patch += R"(0","value":[]})";
  }
  CHECK(store.take_all(patch + "]"));
  store.take_delta();
  CHECK(store.text().substr(0, 6) == "[[[3,[");
  CHECK(store.text().find("],[[1,1,") != std::string_view::npos);
  CHECK(store.text().find(",[2,1,") != std::string_view::npos);
}

TEST_CASE("store: a state with too many places to look at is refused", "[state]") {
  StateStore store{1};
  auto spec = latest_spec();
  for (int i = 0; i < 40; ++i)
    spec.match.push_back({*JsonPointer::parse("/" + std::to_string(i)), "1"});
  CHECK(store.add(spec) == 0);
  auto rows = collection_spec();
  rows.remove = spec.match;
  CHECK(store.add(rows) == 0);
  CHECK(store.is_empty());
}
