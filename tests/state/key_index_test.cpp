#include <openline/state/key_index.hpp>

#include <openline/base/random.hpp>

#include <support/catch.hpp>

#include <cstdint>
#include <map>
#include <set>
#include <vector>

using namespace openline;

namespace {

std::set<std::uint32_t> all_of(const KeyIndex& index, std::uint32_t hash) {
  std::set<std::uint32_t> found;
  for (auto hit = index.first(hash); hit.number != KeyIndex::none; hit = index.next(hit, hash)) {
    CHECK(found.insert(hit.number).second);
  }
  return found;
}

}  // namespace

TEST_CASE("key index: an empty one finds nothing", "[state]") {
  CHECK(all_of(KeyIndex{}, 0).empty());
}

TEST_CASE("key index: numbers of the same hash are found one by one", "[state]") {
  KeyIndex index;
  index.insert(5, 10);
  index.insert(5, 11);
  index.insert(13, 12);  // the same place among eight
  CHECK(all_of(index, 5) == std::set<std::uint32_t>{10, 11});
  CHECK(all_of(index, 13) == std::set<std::uint32_t>{12});
  CHECK(all_of(index, 21).empty());
}

TEST_CASE("key index: what was reset is empty", "[state]") {
  KeyIndex index;
  index.insert(1, 1);
  index.reset(100);
  CHECK(all_of(index, 1).empty());
  index.insert(1, 2);
  CHECK(all_of(index, 1) == std::set<std::uint32_t>{2});
}

TEST_CASE("key index: it agrees with a map whatever is inserted and erased", "[state]") {
  SplitMix64 random{3};
  KeyIndex index;
  std::map<std::uint32_t, std::set<std::uint32_t>> model;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> all;
  for (std::uint32_t number = 0; number < 20'000; ++number) {
    if (random.next() % 5 < 3) {
      // Few places, so that runs of them are long and wrap around the end.
      const auto hash = static_cast<std::uint32_t>(random.next() % 200 * 0x1000'0001);
      index.insert(hash, number);
      model[hash].insert(number);
      all.emplace_back(hash, number);
    } else if (!all.empty()) {
      const std::size_t at = random.next() % all.size();
      index.erase(all[at].first, all[at].second);
      model[all[at].first].erase(all[at].second);
      all[at] = all.back();
      all.pop_back();
    }
    if (number % 500 == 0) {
      for (const auto& [hash, numbers] : model) {
        REQUIRE(all_of(index, hash) == numbers);
      }
    }
  }
}
