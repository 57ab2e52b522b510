#include <openline/state/object_members.hpp>

#include <support/catch.hpp>

#include <string>
#include <utility>
#include <vector>

using namespace openline;

namespace {

using Members = std::vector<std::pair<std::string, std::string>>;

Members all_of(std::string_view object) {
  Members all;
  for (ObjectMembers members{object}; members.next();) {
    all.emplace_back(members.raw_name(), members.value());
  }
  return all;
}

}  // namespace

TEST_CASE("object members: an empty object has none", "[state]") {
  CHECK(all_of("{}").empty());
  CHECK(all_of("{ \n}").empty());
}

TEST_CASE("object members: names and values come without the space around them", "[state]") {
  CHECK(all_of("{ \"a\" : 1 ,\t\"b\":\r\n-2.5e3}") == Members{{"a", "1"}, {"b", "-2.5e3"}});
}

TEST_CASE("object members: what is within a value is part of it", "[state]") {
  CHECK(all_of("{\"a\":{\"x\":[1,{\"y\":\"}]\\\"\"}]},\"b\":[[],\"{\"]}") ==
        Members{{"a", "{\"x\":[1,{\"y\":\"}]\\\"\"}]}"}, {"b", "[[],\"{\"]"}});
}

TEST_CASE("object members: a name is as it was written", "[state]") {
  CHECK(all_of("{\"a\\\"\\u0041\":\"\\\\\",\"\":null}") ==
        Members{{"a\\\"\\u0041", "\"\\\\\""}, {"", "null"}});
}
