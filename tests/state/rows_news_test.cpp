#include <openline/state/rows_news.hpp>

#include <support/catch.hpp>

#include <string>

using namespace openline;

namespace {

/// Rows and what is to be told of them.
struct World {
  Rows rows{true};
  RowsNews news{rows};

  RowSlot put(std::string_view key, std::string_view bytes) {
    const RowSlot slot = rows.append(key, hash_of(key), bytes);
    news.row_came(slot, false);
    return slot;
  }
  void change(RowSlot slot, std::string_view bytes) {
    rows.replace(slot, bytes);
    news.row_changed(slot);
  }
  void drop(RowSlot slot) {
    news.row_goes(slot);
    rows.erase(slot);
  }
  std::string delta() {
    std::string out;
    const bool is_something = news.append_delta(out, 7);
    CHECK(is_something == !out.empty());
    return out;
  }
  std::uint32_t watch(std::string_view key) { return news.watch(key, hash_of(key)); }
  static std::uint32_t hash_of(std::string_view key) {
    return key.empty() ? 0 : static_cast<std::uint8_t>(key[0]);
  }
};

}  // namespace

TEST_CASE("rows news: what nobody observes is no news", "[state]") {
  World world;
  world.change(world.put("a", "1"), "2");
  CHECK_FALSE(world.news.has_news());
}

TEST_CASE("rows news: a row is told once, as it is then", "[state]") {
  World world;
  world.news.observe(observe_values);
  world.change(world.put("a", "1"), "2");
  CHECK(world.news.has_news());
  CHECK(world.delta() == "[7,0,[],[1],[2],[],[],[]]");
  CHECK_FALSE(world.news.has_news());
}

TEST_CASE("rows news: who observes keys is told of rows, and not of their values", "[state]") {
  World world;
  world.news.observe(observe_keys);
  const RowSlot a = world.put("a", "1");
  CHECK(world.delta() == "[7,0,[],[],[],[1],[\"a\"],[]]");
  world.change(a, "2");
  CHECK_FALSE(world.news.has_news());
  world.drop(a);
  CHECK(world.delta() == "[7,0,[1],[],[],[],[],[]]");
}

TEST_CASE("rows news: who observes later is told what was not told yet", "[state]") {
  World world;
  const RowSlot a = world.put("a", "1");
  world.put("b", "2");
  std::string all;
  world.news.append_all(all, 7);
  CHECK(all == "[7,0,[],[1,2],[1,2],[1,2],[\"a\",\"b\"],[]]");
  world.change(a, "3");
  world.news.observe(observe_values | observe_keys);
  CHECK(world.delta() == "[7,0,[],[1],[3],[],[],[]]");
}

TEST_CASE("rows news: a row that came and went unseen costs nothing", "[state]") {
  World world;
  world.news.observe(observe_values | observe_keys);
  world.drop(world.put("a", "1"));
  CHECK(world.delta().empty());
}

TEST_CASE("rows news: a row in the place of one that went is another one", "[state]") {
  World world;
  world.news.observe(observe_values);
  const RowSlot a = world.put("a", "1");
  static_cast<void>(world.delta());
  world.change(a, "2");
  world.drop(a);
  CHECK(world.put("b", "3") == a);
  CHECK(world.delta() == "[7,0,[1],[2],[3],[],[],[]]");
}

TEST_CASE("rows news: of what is watched alone the value is told", "[state]") {
  World world;
  world.put("a", "1");
  const RowSlot b = world.put("b", "2");
  const auto watch = world.watch("b");
  CHECK(world.delta() == "[7,0,[],[2],[2],[],[],[1,2]]");
  world.put("c", "3");
  CHECK_FALSE(world.news.has_news());
  world.change(b, "4");
  CHECK(world.delta() == "[7,0,[],[2],[4],[],[],[]]");
  world.news.unwatch(watch);
  world.change(b, "5");
  CHECK_FALSE(world.news.has_news());
}

TEST_CASE("rows news: a watched row comes and goes", "[state]") {
  World world;
  static_cast<void>(world.watch("a"));
  CHECK(world.delta().empty());
  const RowSlot a = world.put("a", "1");
  CHECK(world.delta() == "[7,0,[],[1],[1],[],[],[1,1]]");
  world.drop(a);
  CHECK(world.delta() == "[7,0,[1],[],[],[],[],[1,0]]");
}

TEST_CASE("rows news: as long as one of two watches a row it is watched", "[state]") {
  World world;
  const RowSlot a = world.put("a", "1");
  const auto one = world.watch("a");
  static_cast<void>(world.watch("a"));
  static_cast<void>(world.delta());
  world.news.unwatch(one);
  world.change(a, "2");
  CHECK(world.delta() == "[7,0,[],[1],[2],[],[],[]]");
}

TEST_CASE("rows news: a watch that is not there is nobody's", "[state]") {
  World world;
  world.news.unwatch(0);
  world.news.unwatch(99);
  CHECK_FALSE(world.news.has_news());
}

TEST_CASE("rows news: what was evicted is counted, and told with the next entry", "[state]") {
  World world;
  world.news.observe(observe_values);
  world.news.row_evicted(false);
  world.news.row_evicted(false);
  CHECK_FALSE(world.news.has_news());
  for (int i = 0; i < 3; ++i)
    world.news.row_evicted(true);
  CHECK(world.delta() == "[7,5,[],[],[],[],[],[]]");
  CHECK(world.delta().empty());
}

TEST_CASE("rows news: lists do not grow when nobody takes deltas", "[state]") {
  World world;
  world.news.observe(observe_values);
  world.put("a", "1");
  for (int i = 0; i < 100'000; ++i) {
    world.drop(world.put("b", "2"));
  }
  CHECK(world.delta() == "[7,0,[],[1],[1],[],[],[]]");
}
