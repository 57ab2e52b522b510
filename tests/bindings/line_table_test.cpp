#include <bindings/line_table.hpp>

#include <support/catch.hpp>
#include <support/fake_platform.hpp>

#include <cstdint>
#include <memory>
#include <vector>

using namespace openline;

namespace {

std::unique_ptr<Client> client_on(const FakePlatform& fakes) {
  return std::make_unique<Client>(ClientConfig{}, fakes.ports());
}

/// So many lines on fakes of their own.
struct Table {
  LineTable lines;
  std::vector<LineId> ids;

  explicit Table(int count) {
    for (int i = 0; i < count; ++i) {
      ids.push_back(lines.next_id());
      lines.add(ids.back(), client_on(FakePlatform{}));
    }
  }
};

}  // namespace

TEST_CASE("line table: a number finds its line, and no other number does", "[bindings]") {
  Table table{5};
  for (const LineId id : table.ids) {
    REQUIRE(table.lines.find(id) != nullptr);
    CHECK(table.lines.find(id)->id == id);
  }
  CHECK(table.lines.find({0}) == nullptr);
  CHECK(table.lines.find({table.ids.back().value + 1}) == nullptr);
}

TEST_CASE("line table: an empty table finds nothing", "[bindings]") {
  LineTable lines;
  CHECK(lines.find({0}) == nullptr);
  CHECK(lines.find({1}) == nullptr);
}

TEST_CASE("line table: a line that is removed is gone, and the others stay what they were",
          "[bindings]") {
  for (std::size_t gone = 0; gone < 5; ++gone) {
    Table table{5};
    table.lines.remove(table.ids[gone]);
    for (std::size_t i = 0; i < 5; ++i) {
      const Line* found = table.lines.find(table.ids[i]);
      CHECK((found == nullptr) == (i == gone));
      CHECK((found == nullptr || found->id == table.ids[i]));
    }
  }
}

TEST_CASE("line table: removing what is not there changes nothing", "[bindings]") {
  Table table{2};
  table.lines.remove({0});
  table.lines.remove({99});
  table.lines.remove(table.ids[0]);
  table.lines.remove(table.ids[0]);
  CHECK(table.lines.find(table.ids[1]) != nullptr);
}

TEST_CASE("line table: a number is never used again", "[bindings]") {
  LineTable lines;
  std::uint32_t newest = 0;
  for (int i = 0; i < 50; ++i) {
    const LineId id = lines.next_id();
    CHECK(id.value > newest);
    newest = id.value;
    lines.add(id, client_on(FakePlatform{}));
    lines.remove(id);
    CHECK(lines.find(id) == nullptr);
  }
}

TEST_CASE("line table: a number that was taken and not used finds nothing", "[bindings]") {
  LineTable lines;
  const LineId unused = lines.next_id();
  const LineId used = lines.next_id();
  lines.add(used, client_on(FakePlatform{}));
  CHECK(lines.find(unused) == nullptr);
  CHECK(lines.find(used) != nullptr);
}

TEST_CASE("line table: what the end of a line leads to does not find the line any more",
          "[bindings]") {
  LineTable lines;
  const FakePlatform fakes;
  const LineId id = lines.next_id();
  lines.add(id, client_on(fakes));
  Client& client = *lines.find(id)->client;
  client.open();
  client.pump();
  client.url_ready({1}, "wss://example.test/line");
  client.pump();
  bool was_found = true;
  fakes.sockets->during_discard = [&] { was_found = lines.find(id) != nullptr; };
  lines.remove(id);
  CHECK(fakes.sockets->discarded.size() == 1);
  CHECK_FALSE(was_found);
}
