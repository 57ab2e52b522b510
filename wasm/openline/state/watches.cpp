#include <openline/state/watches.hpp>

#include <openline/base/assert.hpp>
#include <openline/json/writer.hpp>

namespace openline {

std::uint32_t Watches::add(std::string_view key, std::uint32_t hash, std::uint64_t row) {
  if (count_ >= watches_max) {
    return 0;
  }
  if (free_.empty()) {
    free_.push_back(static_cast<std::uint32_t>(all_.size()));
    all_.emplace_back();
  }
  const std::uint32_t slot = free_.back();
  free_.pop_back();
  Watch& watch = all_[slot];
  watch.key = key;
  watch.hash = hash;
  watch.is_used = true;
  watch.told = 0;
  index_.insert(hash, slot);
  ++count_;
  set(slot, row);
  return slot + 1;
}

void Watches::remove(std::uint32_t watch) {
  OL_ASSERT(has(watch));
  Watch& gone = all_[watch - 1];
  index_.erase(gone.hash, watch - 1);
  std::string{}.swap(gone.key);
  gone.is_used = false;
  gone.row = gone.told = 0;  // so that there is nothing to tell of it
  free_.push_back(watch - 1);
  --count_;
}

bool Watches::has(std::uint32_t watch) const {
  return watch > 0 && watch <= all_.size() && all_[watch - 1].is_used;
}

bool Watches::has(std::string_view key, std::uint32_t hash) const {
  auto hit = index_.first(hash);
  while (hit.number != KeyIndex::none && all_[hit.number].key != key) {
    hit = index_.next(hit, hash);
  }
  return hit.number != KeyIndex::none;
}

bool Watches::set_row(std::string_view key, std::uint32_t hash, std::uint64_t row) {
  bool is_watched = false;
  for (auto hit = index_.first(hash); hit.number != KeyIndex::none; hit = index_.next(hit, hash)) {
    if (all_[hit.number].key == key) {
      set(hit.number, row);
      is_watched = true;
    }
  }
  return is_watched;
}

void Watches::clear_rows() {
  for (std::uint32_t slot = 0; slot < all_.size(); ++slot) {
    set(slot, 0);
  }
}

void Watches::append_news(std::string& out) {
  bool is_first = true;
  for (const std::uint32_t slot : news_) {
    Watch& watch = all_[slot];
    watch.is_news = false;
    if (watch.row == watch.told) {
      continue;
    }
    watch.told = watch.row;
    if (!is_first) {
      out += ',';
    }
    is_first = false;
    append_json_integer(out, slot + 1);
    out += ',';
    append_json_integer(out, watch.row);
  }
  news_.clear();
}

void Watches::set(std::uint32_t slot, std::uint64_t row) {
  Watch& watch = all_[slot];
  watch.row = row;
  if (!watch.is_news && watch.row != watch.told) {
    watch.is_news = true;
    news_.push_back(slot);
  }
}

}  // namespace openline
