#include <openline/json/elements.hpp>

#include <support/catch.hpp>

#include <string>
#include <string_view>
#include <vector>

using namespace openline;

namespace {

struct Walk {
  std::vector<std::string> rows;
  std::vector<std::string> ids;  // "-" for none
  JsonProblem problem;
};

Walk walked(std::string_view payload) {
  JsonLookup lookup;
  const auto id = lookup.add(JsonPointer::parse("/id").value()).value();
  JsonElements elements{payload, lookup};
  Walk walk;
  while (elements.next()) {
    walk.rows.emplace_back(elements.bytes());
    walk.ids.emplace_back(elements.found(id).value_or("-"));
  }
  CHECK_FALSE(elements.next());  // and so it stays
  walk.problem = elements.problem();
  return walk;
}

using Texts = std::vector<std::string>;

}  // namespace

TEST_CASE("json elements: an array has its elements, without the space around them", "[json]") {
  const Walk walk = walked(" [ {\"id\":1} ,2\n,[3] , \"]\"] ");
  CHECK(walk.rows == Texts{"{\"id\":1}", "2", "[3]", "\"]\""});
  CHECK(walk.ids == Texts{"1", "-", "-", "-"});
  CHECK(walk.problem == JsonProblem{});
}

TEST_CASE("json elements: another value is the one row itself", "[json]") {
  const Walk walk = walked(" {\"id\":[1]} ");
  CHECK(walk.rows == Texts{"{\"id\":[1]}"});
  CHECK(walk.ids == Texts{"[1]"});
  CHECK(walk.problem == JsonProblem{});
  CHECK(walked("null").rows == Texts{"null"});
}

TEST_CASE("json elements: an empty array has no row", "[json]") {
  CHECK(walked("[]").rows.empty());
  CHECK(walked(" [ ] ").problem == JsonProblem{});
}

TEST_CASE("json elements: a fault ends them, counted from the payload's beginning", "[json]") {
  struct Row {
    std::string_view payload;
    std::size_t rows;
    std::size_t offset;
  };
  for (const auto& [payload, rows, offset] : {Row{"", 0, 0},
                                              {" ", 0, 1},
                                              {"x", 0, 0},
                                              {"[", 0, 1},
                                              {"[1", 1, 2},
                                              {"[1,", 1, 3},
                                              {"[1,]", 1, 3},
                                              {"[,1]", 0, 1},
                                              {"[1 2]", 1, 3},
                                              {"[1}", 1, 2},
                                              {"[1,{\"a\" 2}]", 1, 8},
                                              {"[1]x", 1, 3},
                                              {"[] ]", 0, 3},
                                              {"{} {}", 1, 3},
                                              {"[1],", 1, 3},
                                              {"[\"\xff\"]", 0, 2},
                                              {"\xef\xbb\xbf[]", 0, 0}}) {
    INFO(payload);
    const Walk walk = walked(payload);
    CHECK(walk.rows.size() == rows);
    CHECK(walk.problem == JsonProblem{JsonFault::syntax, offset});
  }
}

TEST_CASE("json elements: the array around the rows counts as a level", "[json]") {
  const auto nested = [](std::size_t depth) {
    return std::string(depth, '[') + std::string(depth, ']');
  };
  CHECK(walked(nested(64)).rows == Texts{nested(63)});
  CHECK(walked(nested(64)).problem == JsonProblem{});
  CHECK(walked(nested(65)).problem == JsonProblem{JsonFault::depth, 64});
  CHECK(walked("{\"a\":" + nested(63) + "}").rows.size() == 1);
  CHECK(walked("{\"a\":" + nested(64) + "}").problem == JsonProblem{JsonFault::depth, 68});
}
