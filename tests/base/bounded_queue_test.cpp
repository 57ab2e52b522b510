#include <openline/base/bounded_queue.hpp>

#include <support/catch.hpp>

#include <cstddef>
#include <memory>
#include <utility>

using openline::BoundedQueue;

TEST_CASE("bounded queue: what went in first comes out first", "[base]") {
  BoundedQueue<int> queue{3};
  REQUIRE(queue.push(1));
  REQUIRE(queue.push(2));
  REQUIRE(queue.push(3));
  CHECK(queue.pop() == 1);
  REQUIRE(queue.push(4));
  CHECK(queue.pop() == 2);
  CHECK(queue.pop() == 3);
  CHECK(queue.pop() == 4);
  CHECK(queue.is_empty());
}

TEST_CASE("bounded queue: a full queue refuses and stays as it was", "[base]") {
  BoundedQueue<int> queue{2};
  REQUIRE(queue.push(1));
  CHECK_FALSE(queue.is_full());
  REQUIRE(queue.push(2));
  CHECK(queue.is_full());
  CHECK_FALSE(queue.push(3));
  CHECK(queue.size() == 2);
  CHECK(queue.pop() == 1);
  CHECK(queue.pop() == 2);
}

TEST_CASE("bounded queue: one place that is freed takes one more", "[base]") {
  BoundedQueue<int> queue{1};
  for (int i = 0; i < 1'000; ++i) {
    REQUIRE(queue.push(i));
    REQUIRE_FALSE(queue.push(-1));
    REQUIRE(queue.pop() == i);
  }
  CHECK(queue.is_empty());
}

TEST_CASE("bounded queue: with a bound of 0 it is empty and full at once", "[base]") {
  BoundedQueue<int> queue{0};
  CHECK(queue.is_empty());
  CHECK(queue.is_full());
  CHECK_FALSE(queue.push(1));
  CHECK(queue.size() == 0);
}

TEST_CASE("bounded queue: it says its size and its bound", "[base]") {
  BoundedQueue<int> queue{5};
  CHECK(queue.count_max() == 5);
  for (std::size_t count = 1; count <= 5; ++count) {
    REQUIRE(queue.push(0));
    CHECK(queue.size() == count);
  }
}

TEST_CASE("bounded queue: the front may be looked at without taking it", "[base]") {
  BoundedQueue<int> queue{2};
  REQUIRE(queue.push(7));
  REQUIRE(queue.push(8));
  CHECK(queue.front() == 7);
  CHECK(queue.size() == 2);
  CHECK(queue.pop() == 7);
  CHECK(queue.front() == 8);
}

TEST_CASE("bounded queue: values that cannot be copied are moved through", "[base]") {
  BoundedQueue<std::unique_ptr<int>> queue{1};
  REQUIRE(queue.push(std::make_unique<int>(9)));
  const std::unique_ptr<int> value = queue.pop();
  REQUIRE(value != nullptr);
  CHECK(*value == 9);
}
