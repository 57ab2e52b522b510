#include <simulation/event_heap.hpp>

#include <support/catch.hpp>
#include <simulation/chance.hpp>

#include <vector>

using namespace openline;

namespace {

WorldEvent event_at(std::int64_t at, std::uint32_t value) {
  return {.what = Happening::message_comes, .value = value, .at = Instant::from_milliseconds(at)};
}

}  // namespace

TEST_CASE("event heap: events come in the order of their time", "[simulation]") {
  Chance chance{1};
  EventHeap heap;
  for (std::uint32_t i = 0; i < 1'000; ++i) {
    heap.push(event_at(chance.below(50), i));
  }
  Instant last;
  while (!heap.is_empty()) {
    const Instant at = heap.pop().at;
    CHECK(at >= last);
    last = at;
  }
}

TEST_CASE("event heap: what happens at the same time keeps the order of scheduling",
          "[simulation]") {
  EventHeap heap;
  for (std::uint32_t i = 0; i < 100; ++i) {
    heap.push(event_at(i % 2, i));
  }
  std::vector<std::uint32_t> evens;
  for (int i = 0; i < 50; ++i) {
    evens.push_back(heap.pop().value);
  }
  for (std::uint32_t i = 0; i < 50; ++i) {
    CHECK(evens[i] == 2 * i);
  }
}

TEST_CASE("chance: draws stay within their bounds and reach them", "[simulation]") {
  Chance chance{7};
  bool has_min = false;
  bool has_max = false;
  for (int i = 0; i < 1'000; ++i) {
    const std::uint32_t drawn = chance.between(3, 9);
    CHECK((drawn >= 3 && drawn <= 9));
    has_min = has_min || drawn == 3;
    has_max = has_max || drawn == 9;
  }
  CHECK((has_min && has_max));
}
