#include <openline/state/rows_state.hpp>

#include <support/catch.hpp>
#include <support/state_specs.hpp>

#include <string>

using namespace openline;

namespace {

/// A state, and the values of its rows as a delta has them.
class Held {
 public:
  explicit Held(StateSpec spec) : state_{RowsState::make(std::move(spec), KeyHash{1})} {
    REQUIRE(state_);
  }
  RowsState* operator->() { return state_.get(); }

  std::string values() {
    std::string all;
    state_->news().append_all(all, 1);
    const std::size_t begin = all.find("],[", all.find("],[") + 1) + 2;
    return all.substr(begin,
                      all.rfind("],[", all.rfind("],[", all.rfind("],[") - 1) - 1) + 1 - begin);
  }

 private:
  std::unique_ptr<RowsState> state_;
};

}  // namespace

TEST_CASE("rows state: a row of a known key replaces the old one in its place", "[state]") {
  Held rows{collection_spec()};
  CHECK_FALSE(rows->take(R"([{"id":1},{"id":2}])"));
  CHECK_FALSE(rows->take(R"({"id":1.0,"x":1})"));
  CHECK(rows.values() == R"([{"id":1.0,"x":1},{"id":2}])");
}

TEST_CASE("rows state: a row that was removed comes back at the end", "[state]") {
  Held rows{collection_spec(R"(,"remove":{"/gone":true})")};
  CHECK_FALSE(rows->take(R"([{"id":1},{"id":2}])"));
  CHECK_FALSE(rows->take(R"({"id":1,"gone":true})"));
  CHECK_FALSE(rows->take(R"({"id":1})"));
  CHECK(rows.values() == R"([{"id":2},{"id":1}])");
  CHECK_FALSE(rows->take(R"({"id":"unknown","gone":true})"));
  CHECK(rows.values() == R"([{"id":2},{"id":1}])");
}

TEST_CASE("rows state: keys are no more than text", "[state]") {
  Held rows{collection_spec()};
  const std::string huge(100'000, 'k');
  for (const std::string& key : {std::string{}, std::string{"__proto__"}, std::string{"007"},
                                 std::string{"constructor"}, huge}) {
    CHECK_FALSE(rows->take("{\"id\":\"" + key + "\"}"));
    REQUIRE(rows->find(key) != nullptr);
    CHECK(rows->find(key)->key == key);
  }
  CHECK_FALSE(rows->take("{\"id\":7}"));
  CHECK(rows->find("7") != rows->find("007"));
}

TEST_CASE("rows state: one bad row, and nothing of the message is taken", "[state]") {
  Held rows{collection_spec(R"(,"update":"merge","remove":{"/gone":true})")};
  CHECK_FALSE(rows->take(R"([{"id":1},{"id":2}])"));
  for (const char* const bad : {R"([{"id":3},{"id":1,"x":1},{"id":2,"gone":true},{"no":1}])",
                                R"([{"id":3},{"id":{}}])", R"([{"id":3},4])", R"([{"id":3})"}) {
    CHECK(rows->take(bad));
    CHECK(rows.values() == R"([{"id":1},{"id":2}])");
  }
}

TEST_CASE("rows state: patches are merged into the row member by member", "[state]") {
  Held rows{collection_spec(R"(,"update":"merge")")};
  CHECK_FALSE(rows->take(R"({"id":1,"a":1,"b":2})"));
  CHECK_FALSE(rows->take(R"([{"id":1,"b":null},{"id":1,"c":3}])"));
  CHECK(rows.values() == R"([{"id":1,"a":1,"b":null,"c":3}])");
}

TEST_CASE("rows state: the oldest rows go when there are too many", "[state]") {
  auto spec = collection_spec();
  spec.rows_max = 2;
  Held rows{spec};
  CHECK_FALSE(rows->take(R"([{"id":1},{"id":2},{"id":3},{"id":4}])"));
  CHECK(rows.values() == R"([{"id":3},{"id":4}])");
}

TEST_CASE("rows state: the oldest rows go when all are too large together", "[state]") {
  auto spec = collection_spec();
  spec.bytes_max = 20;
  Held rows{spec};
  CHECK_FALSE(rows->take(R"([{"id":1},{"id":2}])"));
  CHECK_FALSE(rows->take(R"({"id":2,"x":1})"));
  CHECK(rows.values() == R"([{"id":2,"x":1}])");
}

TEST_CASE("rows state: rows of a log without keys are all their own", "[state]") {
  auto spec = log_spec();
  spec.rows_max = 3;
  Held rows{spec};
  CHECK_FALSE(rows->take("[1,1,\"a\"]"));
  CHECK_FALSE(rows->take("null"));
  CHECK(rows.values() == "[1,\"a\",null]");
  CHECK(rows->find("") == nullptr);
}

TEST_CASE("rows state: in a log with keys a row replaces the one of its key", "[state]") {
  Held rows{log_spec(R"(,"key":"/id")")};
  CHECK_FALSE(rows->take(R"([{"id":1},{"id":2},{"id":1,"x":1}])"));
  CHECK(rows.values() == R"([{"id":1,"x":1},{"id":2}])");
}

TEST_CASE("rows state: an array in a value is a row where it is within the batch", "[state]") {
  Held rows{log_spec()};
  CHECK_FALSE(rows->take("[[1,2],[]]"));
  CHECK(rows.values() == "[[1,2],[]]");
}

TEST_CASE("rows state: a seed is answered with the ids of its rows", "[state]") {
  auto spec = collection_spec(R"(,"remove":{"/gone":true})");
  spec.rows_max = 3;
  Held rows{spec};
  static_cast<void>(rows->take(R"({"id":"old"})"));
  std::string ids;
  const auto fault =
      rows->seed(R"([{"id":0},{"id":1},{"no":0},{"id":2},{"id":1,"x":1},{"id":2,"gone":true},)"
                 R"({"id":3},{"id":4}])",
                 ids);
  CHECK(fault->problem == StateProblem::no_key);
  CHECK(ids == "[0,3,0,0,3,0,5,6]");
  CHECK(rows.values() == R"([{"id":1,"x":1},{"id":3},{"id":4}])");
}

TEST_CASE("rows state: a seed of a log without keys keeps the newest", "[state]") {
  auto spec = log_spec();
  spec.rows_max = 2;
  Held rows{spec};
  std::string ids;
  CHECK_FALSE(rows->seed("[1,2,3]", ids));
  CHECK(ids == "[0,2,3]");
  ids.clear();
  CHECK_FALSE(rows->seed("[]", ids));
  CHECK(ids == "[]");
  CHECK(rows.values() == "[]");
}

TEST_CASE("rows state: a seed that is no JSON changes nothing", "[state]") {
  Held rows{log_spec()};
  static_cast<void>(rows->take("1"));
  std::string ids;
  CHECK(rows->seed("[2", ids)->problem == StateProblem::syntax);
  CHECK(ids.empty());
  CHECK(rows.values() == "[1]");
}
