#include <openline/state/matcher.hpp>

#include <support/catch.hpp>

#include <string>
#include <utility>
#include <vector>

using namespace openline;

namespace {

bool matches(std::vector<std::pair<const char*, const char*>> wanted, std::string_view text) {
  std::vector<Match> match;
  for (const auto& [pointer, literal] : wanted) {
    match.push_back({*JsonPointer::parse(pointer), literal});
  }
  JsonLookup lookup;
  auto matcher = Matcher::make(match, lookup);
  REQUIRE(matcher.has_value());
  REQUIRE(lookup.scan(text).has_value());
  return matcher->matches(lookup);
}

}  // namespace

TEST_CASE("matcher: all that is wanted has to be there", "[state]") {
  CHECK(matches({{"/a", "1"}, {"/b/c", "true"}}, "{\"b\":{\"c\":true},\"a\":1}"));
  CHECK_FALSE(matches({{"/a", "1"}, {"/b/c", "true"}}, "{\"a\":1}"));
  CHECK_FALSE(matches({{"/a", "1"}, {"/b", "null"}}, "{\"a\":1,\"b\":false}"));
}

TEST_CASE("matcher: nothing wanted is always there", "[state]") { CHECK(matches({}, "1")); }

TEST_CASE("matcher: strings are compared with their escapes undone", "[state]") {
  CHECK(matches({{"/a", "\"price\""}}, "{\"a\":\"pr\\u0069ce\"}"));
  CHECK(matches({{"/a", "\"pr\\u0069ce\""}}, "{\"a\":\"price\"}"));
  CHECK_FALSE(matches({{"/a", "\"price\""}}, "{\"a\":\"prices\"}"));
}

TEST_CASE("matcher: numbers are compared as JavaScript names them", "[state]") {
  CHECK(matches({{"/a", "1"}}, "{\"a\":1.0}"));
  CHECK(matches({{"/a", "100"}}, "{\"a\":1e2}"));
  CHECK_FALSE(matches({{"/a", "1"}}, "{\"a\":1.5}"));
}

TEST_CASE("matcher: numbers that JavaScript would not keep are compared byte for byte", "[state]") {
  CHECK(matches({{"/a", "9007199254740993"}}, "{\"a\":9007199254740993}"));
  CHECK_FALSE(matches({{"/a", "9007199254740993"}}, "{\"a\":9007199254740992}"));
}

TEST_CASE("matcher: a number is not the string of its digits", "[state]") {
  CHECK_FALSE(matches({{"/a", "1"}}, "{\"a\":\"1\"}"));
  CHECK_FALSE(matches({{"/a", "\"1\""}}, "{\"a\":1}"));
  CHECK_FALSE(matches({{"/a", "\"true\""}}, "{\"a\":true}"));
}

TEST_CASE("matcher: an array or object is never what is wanted", "[state]") {
  CHECK_FALSE(matches({{"/a", "1"}}, "{\"a\":[1]}"));
  CHECK_FALSE(matches({{"/a", "null"}}, "{\"a\":{}}"));
}

TEST_CASE("matcher: more places than a lookup finds are refused", "[state]") {
  std::vector<Match> match;
  for (std::size_t i = 0; i <= JsonLookup::pointers_max; ++i) {
    match.push_back({*JsonPointer::parse("/" + std::to_string(i)), "1"});
  }
  JsonLookup lookup;
  CHECK_FALSE(Matcher::make(match, lookup).has_value());
}
