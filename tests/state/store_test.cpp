#include <openline/state/store.hpp>

#include <support/catch.hpp>
#include <support/state_specs.hpp>

#include <string>

using namespace openline;

namespace {

std::string text_of(StateStore& store) {
  store.take_delta();
  return std::string{store.text()};
}

}  // namespace

TEST_CASE("store: numbers of states ascend and are never used again", "[state]") {
  StateStore store{1};
  CHECK(store.is_empty());
  CHECK(store.add(latest_spec()) == 1);
  CHECK(store.add(log_spec()) == 2);
  store.remove(2);
  store.remove(2);
  CHECK(store.add(collection_spec()) == 3);
  CHECK_FALSE(store.is_empty());
}

TEST_CASE("store: there is a limit to states", "[state]") {
  StateStore store{1};
  for (std::size_t i = 0; i < StateStore::states_max; ++i) {
    REQUIRE(store.add(latest_spec()) == i + 1);
  }
  CHECK(store.add(latest_spec()) == 0);
  store.remove(7);
  CHECK(store.add(latest_spec()) == StateStore::states_max + 1);
}

TEST_CASE("store: what is asked of a state that is not there is not done", "[state]") {
  StateStore store{1};
  CHECK_FALSE(store.take(1, "1", 0));
  CHECK_FALSE(store.take_all("1"));
  CHECK_FALSE(store.seed(1, "1"));
  store.observe(1, observe_values);
  CHECK(store.watch(1, "a") == 0);
  store.unwatch(1, 1);
  store.read(1);
  CHECK(store.text().empty());
  store.read_row(1, "a");
  CHECK(store.text().empty());
  CHECK(text_of(store).empty());
}

TEST_CASE("store: a delta has what changed of what is observed", "[state]") {
  StateStore store{1};
  const auto latest = store.add(latest_spec());
  const auto rows = store.add(collection_spec());
  const auto unseen = store.add(log_spec());
  store.observe(latest, observe_values);
  store.observe(rows, observe_values | observe_keys);
  CHECK_FALSE(store.take(unseen, "1", 0));
  CHECK(store.take(latest, " 7 ", 0));
  CHECK(store.take(rows, R"({"id":"a"})", 0));
  CHECK(text_of(store) == R"([[[1,7],[2,0,[],[1],[{"id":"a"}],[1],["a"],[]]],[],0])");
  CHECK(text_of(store).empty());
}

TEST_CASE("store: the same bytes again are nothing to tell", "[state]") {
  OneState state{collection_spec()};
  CHECK(state.take(R"({"id":1})"));
  static_cast<void>(state.delta());
  CHECK_FALSE(state.take(R"({"id":1})"));
  CHECK(state.delta().empty());
}

TEST_CASE("store: only observed rows cross", "[state]") {
  OneState state{collection_spec(), 0};
  for (int i = 0; i < 1'000; ++i)
    state.take("{\"id\":" + std::to_string(i) + "}");
  for (int i = 0; i < 50; ++i)
    CHECK(state->watch(1, std::to_string(i * 20)) != 0);
  static_cast<void>(state.delta());
  for (int i = 0; i < 1'000; i += 10) {
    state.take("{\"id\":" + std::to_string(i) + ",\"x\":1}");
  }
  const std::string delta = state.delta();
  std::size_t values = 0;
  for (auto at = delta.find("\"x\""); at != std::string::npos; at = delta.find("\"x\"", at + 1)) {
    ++values;
  }
  CHECK(values == 50);
}

TEST_CASE("store: a reader that comes later has all, and deltas go on from there", "[state]") {
  OneState state{collection_spec(), 0};
  CHECK_FALSE(state.take(R"([{"id":"a"},{"id":"b"}])"));
  CHECK(state.read() == R"([1,0,[],[1,2],[{"id":"a"},{"id":"b"}],[1,2],["a","b"],[]])");
  CHECK_FALSE(state.take(R"({"id":"b","x":1})"));  // before it observes
  state->observe(1, observe_values);
  CHECK(state.take(R"({"id":"c"})"));
  CHECK(state.delta() == R"([[[1,0,[],[2,3],[{"id":"b","x":1},{"id":"c"}],[],[],[]]],[],0])");
}

TEST_CASE("store: a row is read by its key", "[state]") {
  OneState state{collection_spec(), 0};
  state.take(R"([{"id":1.0},{"id":""}])");
  CHECK(state.row("1") == R"({"id":1.0})");
  CHECK(state.row("") == R"({"id":""})");
  CHECK(state.row("2").empty());
}

TEST_CASE("store: a value that is read has no more to tell", "[state]") {
  OneState state{latest_spec()};
  CHECK(state.read() == "[1]");
  state.take("[1,2]");
  CHECK(state.read() == "[1,[1,2]]");
  CHECK(state.delta().empty());
}

TEST_CASE("store: a removed row of a key that JSON must escape is told by its id", "[state]") {
  OneState state{collection_spec(R"(,"remove":{"/gone":true})"), observe_keys};
  state.take(R"({"id":"\"\ud800"})");
  CHECK(state.delta() == R"([[[1,0,[],[],[],[1],["\"\ud800"],[]]],[],0])");
  state.take(R"({"id":"\"\ud800","gone":true})");
  CHECK(state.delta() == "[[[1,0,[1],[],[],[],[],[]]],[],0]");
}

TEST_CASE("store: a seed replaces all, and deltas do not tell of it", "[state]") {
  OneState state{collection_spec()};
  state.take(R"({"id":"old"})");
  CHECK(state->seed(1, R"([{"id":"a"},{"id":"b"}])"));
  CHECK(state->text() == "[2,3]");
  CHECK(state.delta().empty());
  CHECK(state.row("old").empty());
  CHECK(state.take(R"({"id":"a","x":1})"));
  CHECK(state.delta() == R"([[[1,0,[],[2],[{"id":"a","x":1}],[],[],[]]],[],0])");
}

TEST_CASE("store: a seed tells watches of their rows", "[state]") {
  OneState state{collection_spec(), 0};
  state.take(R"([{"id":"a"},{"id":"b"}])");
  const auto a = state->watch(1, "a");
  const auto b = state->watch(1, "b");
  CHECK((a == 1 && b == 2));
  static_cast<void>(state.delta());
  CHECK(state->seed(1, R"([{"id":"b"},{"id":"c"}])"));
  CHECK(state.delta() == "[[[1,0,[],[],[],[],[],[1,0,2,3]]],[],0]");
}

TEST_CASE("store: a seed of a value is its text", "[state]") {
  OneState state{latest_spec()};
  CHECK(state->seed(1, " 5 "));
  CHECK(state->text() == "[]");
  CHECK(state.delta().empty());
  CHECK(state.read() == "[1,5]");
  CHECK_FALSE(state->seed(1, "5 6"));
  CHECK(state.read() == "[1,5]");
  CHECK(state.delta() == "[[],[[1,0,2,0]],0]");
}

TEST_CASE("store: rows that are evicted are told, with their count", "[state]") {
  auto spec = collection_spec();
  spec.rows_max = 2;
  OneState state{spec};
  state.take(R"([{"id":1},{"id":2}])");
  static_cast<void>(state.delta());
  CHECK(state.take(R"([{"id":3},{"id":4},{"id":5}])"));
  CHECK(state.delta() == R"([[[1,3,[1,2],[4,5],[{"id":4},{"id":5}],[],[],[]]],[],0])");
}

TEST_CASE("store: that rows were evicted unseen is told where a row is watched", "[state]") {
  auto spec = collection_spec();
  spec.rows_max = 2;
  OneState state{spec, 0};
  CHECK(state->watch(1, "x") == 1);
  CHECK(state.take(R"([{"id":1},{"id":2},{"id":3}])"));
  CHECK(state.delta() == "[[[1,1,[],[],[],[],[],[]]],[],0]");
}

TEST_CASE("store: a state that was removed is told of no more", "[state]") {
  OneState state{latest_spec()};
  state.take("1");
  state->remove(1);
  CHECK(state.delta().empty());
}
