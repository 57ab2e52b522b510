#include <openline/base/ring.hpp>

#include <support/catch.hpp>

#include <deque>
#include <memory>
#include <string>
#include <utility>

using namespace openline;

TEST_CASE("ring: what was pushed first is popped first", "[base]") {
  Ring<std::string> ring;
  CHECK(ring.is_empty());
  ring.push("a");
  ring.push("b");
  ring.push("c");
  CHECK(ring.size() == 3);
  CHECK(ring[0] == "a");
  CHECK(ring[2] == "c");
  CHECK(ring.pop() == "a");
  CHECK(ring.pop() == "b");
  CHECK(ring[0] == "c");
  CHECK(ring.pop() == "c");
  CHECK(ring.is_empty());
}

TEST_CASE("ring: grown at any turn it keeps its order", "[base]") {
  // So many leave before the rest comes, so that it grows with its beginning at every place.
  for (int left = 0; left < 20; ++left) {
    Ring<int> ring;
    std::deque<int> expected;
    for (int i = 0; i < 100; ++i) {
      ring.push(i);
      expected.push_back(i);
      if (i < 2 * left && i % 2 == 1) {
        CHECK(ring.pop() == expected.front());
        expected.pop_front();
      }
    }
    REQUIRE(ring.size() == expected.size());
    for (std::size_t i = 0; i < expected.size(); ++i) {
      CHECK(ring[i] == expected[i]);
    }
  }
}

TEST_CASE("ring: a queue that never empties stays as long as it was at most", "[base]") {
  Ring<std::unique_ptr<int>> ring;
  ring.push(std::make_unique<int>(0));
  for (int i = 1; i < 1'000; ++i) {
    ring.push(std::make_unique<int>(i));
    REQUIRE(*ring.pop() == i - 1);
    REQUIRE(ring.size() == 1);
  }
}
