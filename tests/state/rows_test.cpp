#include <openline/state/rows.hpp>

#include <support/catch.hpp>

#include <string>
#include <vector>

using namespace openline;

namespace {

std::vector<std::string> all_of(const Rows& rows) {
  std::vector<std::string> all;
  for (RowSlot slot = rows.first(); slot != no_row; slot = rows[slot].next) {
    all.push_back(rows[slot].key + '=' + rows[slot].bytes);
  }
  CHECK(all.size() == rows.size());
  return all;
}

using Texts = std::vector<std::string>;

}  // namespace

TEST_CASE("rows: they stay in the order in which they were added", "[state]") {
  Rows rows{true};
  rows.append("b", 1, "1");
  const RowSlot a = rows.append("a", 2, "2");
  rows.append("c", 1, "3");
  rows.replace(a, "22");
  CHECK(all_of(rows) == Texts{"b=1", "a=22", "c=3"});
  CHECK(rows.bytes() == 4);
}

TEST_CASE("rows: keys of the same hash are told apart", "[state]") {
  Rows rows{true};
  const RowSlot a = rows.append("a", 1, "1");
  const RowSlot b = rows.append("b", 1, "2");
  CHECK(rows.find("a", 1) == a);
  CHECK(rows.find("b", 1) == b);
  CHECK(rows.find("c", 1) == no_row);
  rows.erase(a);
  CHECK(rows.find("a", 1) == no_row);
  CHECK(rows.find("b", 1) == b);
}

TEST_CASE("rows: the first, the last and one between can go", "[state]") {
  Rows rows{true};
  const RowSlot a = rows.append("a", 1, "1");
  const RowSlot b = rows.append("b", 2, "2");
  const RowSlot c = rows.append("c", 3, "3");
  rows.append("d", 4, "4");
  rows.erase(b);
  CHECK(all_of(rows) == Texts{"a=1", "c=3", "d=4"});
  rows.erase(a);
  CHECK(all_of(rows) == Texts{"c=3", "d=4"});
  rows.append("e", 5, "5");
  rows.erase(c);
  CHECK(all_of(rows) == Texts{"d=4", "e=5"});
  CHECK(rows.bytes() == 2);
}

TEST_CASE("rows: an id ascends and is never used again", "[state]") {
  Rows rows{true};
  const RowSlot a = rows.append("a", 1, "1");
  CHECK(rows[a].id == 1);
  rows.erase(a);
  CHECK(rows[rows.append("a", 1, "1")].id == 2);
  rows.clear();
  CHECK(rows.size() == 0);
  CHECK(rows.bytes() == 0);
  CHECK(rows.find("a", 1) == no_row);
  CHECK(rows[rows.append("a", 1, "1")].id == 3);
  CHECK(rows.newest() == 3);
}

TEST_CASE("rows: a new row uses the memory of one that went, and has no marks", "[state]") {
  Rows rows{true};
  const RowSlot a = rows.append("a", 1, std::string(1'000, 'x'));
  rows[a].marks = 3;
  const char* const place = rows[a].bytes.data();
  rows.erase(a);
  const RowSlot b = rows.append("b", 2, std::string(900, 'y'));
  CHECK(b == a);
  CHECK(rows[b].marks == 0);
  CHECK(rows[b].bytes.data() == place);
}

TEST_CASE("rows: those that went leave no more memory than the limit", "[state]") {
  Rows rows{true};
  std::vector<RowSlot> slots;
  for (std::uint32_t i = 0; i < 100; ++i) {
    slots.push_back(rows.append(std::to_string(i), i, std::string(100'000, 'x')));
  }
  for (const RowSlot slot : slots) {
    rows.erase(slot);
  }
  std::size_t spare = 0;
  for (const RowSlot slot : slots) {
    spare += rows[slot].bytes.capacity();
  }
  CHECK(spare > 0);
  CHECK(spare <= Rows::spare_max);
}

TEST_CASE("rows: without keys none is found", "[state]") {
  Rows rows{false};
  rows.append("", 0, "1");
  rows.append("", 0, "1");
  CHECK(rows.find("", 0) == no_row);
  CHECK(rows.size() == 2);
}
