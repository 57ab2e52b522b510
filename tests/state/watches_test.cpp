#include <openline/state/watches.hpp>

#include <support/catch.hpp>

#include <string>

using namespace openline;

namespace {

std::string news_of(Watches& watches) {
  std::string out;
  watches.append_news(out);
  CHECK_FALSE(watches.has_news());
  return out;
}

}  // namespace

TEST_CASE("watches: a row that is there is news", "[state]") {
  Watches watches;
  CHECK(watches.add("a", 1, 7) == 1);
  CHECK(watches.add("b", 2, 0) == 2);
  CHECK(news_of(watches) == "1,7");
}

TEST_CASE("watches: a row comes and goes", "[state]") {
  Watches watches;
  static_cast<void>(watches.add("a", 1, 0));
  CHECK(watches.set_row("a", 1, 7));
  CHECK_FALSE(watches.set_row("b", 1, 8));
  CHECK(news_of(watches) == "1,7");
  CHECK(watches.set_row("a", 1, 0));
  CHECK(news_of(watches) == "1,0");
}

TEST_CASE("watches: a row that came and went unseen is no news", "[state]") {
  Watches watches;
  static_cast<void>(watches.add("a", 1, 0));
  watches.set_row("a", 1, 7);
  watches.set_row("a", 1, 0);
  CHECK(news_of(watches).empty());
}

TEST_CASE("watches: two of the same key are two", "[state]") {
  Watches watches;
  static_cast<void>(watches.add("a", 1, 7));
  static_cast<void>(watches.add("a", 1, 7));
  CHECK(news_of(watches) == "1,7,2,7");
  watches.remove(1);
  CHECK(watches.has("a", 1));
  watches.set_row("a", 1, 8);
  CHECK(news_of(watches) == "2,8");
  watches.remove(2);
  CHECK_FALSE(watches.has("a", 1));
  CHECK(watches.is_empty());
}

TEST_CASE("watches: a number that is free is used again, without news of its past", "[state]") {
  Watches watches;
  const auto watch = watches.add("a", 1, 7);
  watches.remove(watch);
  CHECK_FALSE(watches.has(watch));
  CHECK(watches.add("b", 2, 0) == watch);
  CHECK(news_of(watches).empty());
  CHECK(watches.key(watch) == "b");
}

TEST_CASE("watches: when all rows go, each is news once", "[state]") {
  Watches watches;
  static_cast<void>(watches.add("a", 1, 7));
  static_cast<void>(watches.add("b", 2, 0));
  static_cast<void>(news_of(watches));
  watches.clear_rows();
  CHECK(news_of(watches) == "1,0");
}

TEST_CASE("watches: there is a limit, and room again behind it", "[state]") {
  Watches watches;
  for (std::size_t i = 0; i < Watches::watches_max; ++i) {
    REQUIRE(watches.add(std::to_string(i), static_cast<std::uint32_t>(i), 0) == i + 1);
  }
  CHECK(watches.add("more", 1, 0) == 0);
  watches.remove(5);
  CHECK(watches.add("more", 1, 0) == 5);
}
