#include <openline/state/member_map.hpp>

#include <support/catch.hpp>

#include <string>
#include <string_view>
#include <utility>

using namespace openline;

namespace {

using Map = MemberMap<std::string, int>;

std::string name_of(int i) { return "member-" + std::to_string(i * 7919 % 1000); }

Map filled(int size) {
  Map map;
  for (int i = 0; i < size; ++i) {
    map.append(name_of(i), i);
  }
  return map;
}

int value_of(Map& map, std::string_view name) {
  const auto member = map.find(name);
  return member == map.end() ? -1 : member->second;
}

std::string names_of(const Map& map) {
  std::string names;
  for (const auto& member : map) {
    names += member.first + ' ';
  }
  return names;
}

}  // namespace

TEST_CASE("member map: every member is found, with an index and without", "[state]") {
  constexpr int unindexed_max = static_cast<int>(Map::unindexed_max);
  for (const int size : {0, 1, unindexed_max, unindexed_max + 1, 1000}) {
    INFO(size);
    Map map = filled(size);
    CHECK(map.size() == static_cast<std::size_t>(size));
    CHECK(map.empty() == (size == 0));
    for (int i = 0; i < size; ++i) {
      REQUIRE(value_of(map, name_of(i)) == i);
    }
    CHECK(value_of(map, "member-") == -1);
    CHECK(value_of(map, "") == -1);
  }
}

TEST_CASE("member map: members are in the order in which they came", "[state]") {
  Map map;
  for (const char* name : {"10", "9", "", "b", "a"}) {
    map.append(name, 0);
  }
  CHECK(names_of(map) == "10 9  b a ");
}

TEST_CASE("member map: what is taken out is not found, and can be put back", "[state]") {
  for (const int size : {3, 100}) {
    INFO(size);
    Map map = filled(size);
    const std::string before = names_of(map);
    const auto second = map.find(name_of(1));
    const auto third = std::next(second);
    auto taken_second = map.take_out(second);
    auto taken_third = map.take_out(third);
    CHECK(map.size() == static_cast<std::size_t>(size - 2));
    CHECK(value_of(map, name_of(1)) == -1);
    CHECK(value_of(map, name_of(2)) == -1);
    map.put_back(size == 3 ? map.end() : map.find(name_of(3)), taken_third);
    map.put_back(third, taken_second);  // which it stood before, and which is there again
    CHECK(names_of(map) == before);
    CHECK(value_of(map, name_of(1)) == 1);
    CHECK(value_of(map, name_of(2)) == 2);
  }
}

TEST_CASE("member map: an index that has lost all its members begins anew", "[state]") {
  Map map = filled(100);
  while (!map.empty()) {
    static_cast<void>(map.take_out(map.begin()));
  }
  map.append("a", 1);
  CHECK(value_of(map, "a") == 1);
  map = filled(40);
  map.clear();
  CHECK(value_of(map, name_of(0)) == -1);
}

TEST_CASE("member map: a copy is a map of its own, and what was moved is whole", "[state]") {
  Map map = filled(100);
  Map copy{map};
  copy.find(name_of(5))->second = 55;
  static_cast<void>(copy.take_out(copy.find(name_of(6))));
  CHECK(value_of(map, name_of(5)) == 5);
  CHECK(value_of(map, name_of(6)) == 6);
  Map moved{std::move(copy)};
  moved.append("new", 7);
  CHECK(value_of(moved, name_of(5)) == 55);
  CHECK(value_of(moved, name_of(6)) == -1);
  CHECK(value_of(moved, "new") == 7);
}
