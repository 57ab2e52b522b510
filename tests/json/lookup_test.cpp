#include <openline/json/lookup.hpp>

#include <support/catch.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <utility>

using namespace openline;

namespace {

using Found = std::optional<std::string_view>;

/// What one pointer finds in one text.
Found found(std::string_view pointer, std::string_view text) {
  JsonLookup lookup;
  const auto place = lookup.add(JsonPointer::parse(pointer).value()).value();
  REQUIRE(lookup.scan(text));
  return lookup.found(place);
}

}  // namespace

TEST_CASE("json lookup: the examples of RFC 6901, section 5, are found", "[json]") {
  static constexpr std::string_view text =
      R"({"foo":["bar","baz"],"":0,"a/b":1,"c%d":2,"e^f":3,"g|h":4,)"
      R"("i\\j":5,"k\"l":6," ":7,"m~n":8})";
  for (const auto& [pointer, value] : {std::pair{"", text},
                                       {"/foo", R"(["bar","baz"])"},
                                       {"/foo/0", R"("bar")"},
                                       {"/", "0"},
                                       {"/a~1b", "1"},
                                       {"/c%d", "2"},
                                       {"/e^f", "3"},
                                       {"/g|h", "4"},
                                       {"/i\\j", "5"},
                                       {"/k\"l", "6"},
                                       {"/ ", "7"},
                                       {"/m~0n", "8"}}) {
    INFO(pointer);
    CHECK(found(pointer, text) == value);
  }
}

TEST_CASE("json lookup: the value's bytes are without the space around it", "[json]") {
  JsonLookup lookup;
  const std::string_view text = " \n{ \"a\" :\t[ 1 ]\r } rest";
  const auto place = lookup.add(JsonPointer::parse("/a").value()).value();
  const auto value = lookup.scan(text);
  REQUIRE(value);
  CHECK(*value == "{ \"a\" :\t[ 1 ]\r }");
  CHECK(value->data() == text.data() + 2);
  CHECK(lookup.found(place) == "[ 1 ]");
  CHECK(lookup.problem() == JsonProblem{});
}

TEST_CASE("json lookup: a pointer that leads nowhere finds nothing", "[json]") {
  CHECK_FALSE(found("/b", R"({"a":1})"));
  CHECK_FALSE(found("/a/b", R"({"a":1})"));
  CHECK_FALSE(found("/a/b", R"({"a":{"c":{"b":1}}})"));
  CHECK_FALSE(found("/a", R"([{"a":1}])"));
  CHECK_FALSE(found("/a", R"("a")"));
  CHECK_FALSE(found("/a", R"({"b":{"a":1}})"));
  CHECK_FALSE(found("/toString", "{}"));
}

TEST_CASE("json lookup: elements are named by their index, members by any name", "[json]") {
  static constexpr std::string_view text = R"([10,[20,21],{"0":30}])";
  CHECK(found("/0", text) == "10");
  CHECK(found("/1/1", text) == "21");
  CHECK(found("/2/0", text) == "30");
  for (const std::string_view pointer :
       {"/3", "/-", "/00", "/01", "/+0", "/-0", "/0.0", "/", "/4294967295", "/4294967296"}) {
    INFO(pointer);
    CHECK_FALSE(found(pointer, text));
  }
  CHECK(found("/00", R"({"00":1})") == "1");
  CHECK(found("/-", R"({"-":1})") == "1");
}

TEST_CASE("json lookup: the last of members with one name is found", "[json]") {
  CHECK(found("/a", R"({"a":1,"b":2,"a":3})") == "3");
  CHECK(found("/a/b", R"({"a":{"b":1},"a":{"b":2}})") == "2");
  CHECK(found("/a", R"({"a":1,"\u0061":2})") == "2");
}

TEST_CASE("json lookup: what an earlier member of the same name had is lost", "[json]") {
  CHECK_FALSE(found("/a/b", R"({"a":{"b":1},"a":2})"));
  CHECK_FALSE(found("/a/b", R"({"a":{"b":1},"a":{}})"));
  CHECK_FALSE(found("/a/b/c", R"({"a":{"b":{"c":1}},"a":{"b":[]}})"));
  CHECK_FALSE(found("/a/0", R"({"a":[1],"a":[]})"));
  CHECK(found("/a/b", R"({"a":{"b":1},"c":{"a":2}})") == "1");
}

TEST_CASE("json lookup: names are compared with their escapes undone", "[json]") {
  CHECK(found("/é", R"({"\u00e9":1})") == "1");
  CHECK(found("/é", R"({"é":1})") == "1");
  CHECK(found("/😀", R"({"\ud83d\ude00":1})") == "1");
  CHECK(found("/a~1\n", R"({"a\/\n":1})") == "1");
  CHECK_FALSE(found("/ab", R"({"a\u0062c":1})"));
  CHECK_FALSE(found("/abc", R"({"a\u0062":1})"));
  CHECK_FALSE(found("/\\u0061", R"({"\u0061":1})"));
  CHECK(found("/\\u0061", R"({"\\u0061":1})") == "1");
}

TEST_CASE("json lookup: many pointers are found in one pass, whatever their order", "[json]") {
  JsonLookup lookup;
  const auto add = [&](std::string_view text) {
    return lookup.add(JsonPointer::parse(text).value()).value();
  };
  const auto deep = add("/a/b/1/c");
  const auto whole = add("");
  const auto inner = add("/a/b");
  const auto absent = add("/a/x");
  CHECK(add("/a/b") == inner);
  static constexpr std::string_view text =
      R"({"z":[[{}]],"a":{"y":{"b":0},"b":[{"c":1},{"c":[2]}]},"q":"}"})";
  REQUIRE(lookup.scan(text));
  CHECK(lookup.found(deep) == "[2]");
  CHECK(lookup.found(inner) == R"([{"c":1},{"c":[2]}])");
  CHECK(lookup.found(whole) == text);
  CHECK_FALSE(lookup.found(absent));
}

TEST_CASE("json lookup: each text is looked at for itself", "[json]") {
  JsonLookup lookup;
  const auto place = lookup.add(JsonPointer::parse("/1").value()).value();
  REQUIRE(lookup.scan("[1,2]"));
  CHECK(lookup.found(place) == "2");
  REQUIRE(lookup.scan("[1]"));
  CHECK_FALSE(lookup.found(place));
  REQUIRE(lookup.scan("[3,4]"));
  CHECK_FALSE(lookup.scan("[5,6"));
  CHECK_FALSE(lookup.found(place));
  CHECK(lookup.problem() == JsonProblem{JsonFault::syntax, 4});
  REQUIRE(lookup.scan("[7,8]"));
  CHECK(lookup.problem() == JsonProblem{});
}

TEST_CASE("json lookup: depth is limited, and told from wrong syntax", "[json]") {
  JsonLookup lookup;
  CHECK_FALSE(lookup.scan(std::string(65, '[')));
  CHECK(lookup.problem() == JsonProblem{JsonFault::depth, 64});
  CHECK_FALSE(lookup.scan(" [[]]", 1));
  CHECK(lookup.problem() == JsonProblem{JsonFault::depth, 2});
}
