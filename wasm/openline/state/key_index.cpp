#include <openline/state/key_index.hpp>

#include <openline/base/assert.hpp>
#include <openline/state/bytes.hpp>

#include <utility>

namespace openline {
namespace {

constexpr std::size_t places_min = 8;

}  // namespace

KeyIndex::Hit KeyIndex::first(std::uint32_t hash) const {
  return places_.empty() ? Hit{} : find(hash & (places_.size() - 1), hash);
}

KeyIndex::Hit KeyIndex::next(Hit hit, std::uint32_t hash) const {
  return find(after(hit.at), hash);
}

void KeyIndex::insert(std::uint32_t hash, std::uint32_t number) {
  if (4 * (count_ + 1) > 3 * places_.size()) {
    grow();
  }
  put({hash, number});
  ++count_;
}

/// Those behind it move up to where a search for them will look: so nothing has to mark the place.
void KeyIndex::erase(std::uint32_t hash, std::uint32_t number) {
  Hit hit = first(hash);
  while (hit.number != number) {
    OL_ASSERT(hit.number != none);
    hit = next(hit, hash);
  }
  std::size_t hole = hit.at;
  for (std::size_t at = after(hole); places_[at].number != none; at = after(at)) {
    const std::size_t mask = places_.size() - 1;
    const std::size_t wanted = places_[at].hash & mask;
    if (((at - wanted) & mask) >= ((at - hole) & mask)) {
      places_[hole] = places_[at];
      hole = at;
    }
  }
  places_[hole] = {};
  --count_;
}

void KeyIndex::reset(std::size_t count) {
  std::size_t size = places_min;
  while (3 * size < 4 * count) {
    size *= 2;
  }
  clear_scratch(places_);
  places_.assign(size, Place{});
  count_ = 0;
}

KeyIndex::Hit KeyIndex::find(std::size_t at, std::uint32_t hash) const {
  while (places_[at].number != none && places_[at].hash != hash) {
    at = after(at);
  }
  return {places_[at].number, at};
}

void KeyIndex::put(Place place) {
  std::size_t at = place.hash & (places_.size() - 1);
  while (places_[at].number != none) {
    at = after(at);
  }
  places_[at] = place;
}

void KeyIndex::grow() {
  const std::vector<Place> old = std::exchange(places_, {});
  places_.resize(old.empty() ? places_min : 2 * old.size());
  for (const Place& place : old) {
    if (place.number != none) {
      put(place);
    }
  }
}

}  // namespace openline
