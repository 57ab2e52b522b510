#include <openline/state/rows.hpp>

#include <openline/state/bytes.hpp>

namespace openline {
namespace {

std::size_t memory_of(const Row& row) { return row.key.capacity() + row.bytes.capacity(); }

}  // namespace

RowSlot Rows::find(std::string_view key, std::uint32_t hash) const {
  auto hit = index_.first(hash);
  while (hit.number != KeyIndex::none && rows_[hit.number].key != key) {
    hit = index_.next(hit, hash);
  }
  return hit.number;
}

RowSlot Rows::append(std::string_view key, std::uint32_t hash, std::string_view bytes) {
  const RowSlot slot = take_slot();
  Row& row = rows_[slot];
  row.id = ++newest_;
  row.hash = hash;
  row.marks = 0;
  row.previous = last_;
  row.next = no_row;
  assign_bytes(row.key, key);
  assign_bytes(row.bytes, bytes);
  (last_ == no_row ? first_ : rows_[last_].next) = slot;
  last_ = slot;
  ++size_;
  bytes_ += bytes.size();
  if (has_keys_) {
    index_.insert(hash, slot);
  }
  return slot;
}

void Rows::replace(RowSlot slot, std::string_view bytes) {
  Row& row = rows_[slot];
  bytes_ += bytes.size();
  bytes_ -= row.bytes.size();  // apart: a size has 32 bits in wasm, where a difference would wrap
  assign_bytes(row.bytes, bytes);
}

void Rows::erase(RowSlot slot) {
  Row& row = rows_[slot];
  if (has_keys_) {
    index_.erase(row.hash, slot);
  }
  (row.previous == no_row ? first_ : rows_[row.previous].next) = row.next;
  (row.next == no_row ? last_ : rows_[row.next].previous) = row.previous;
  --size_;
  bytes_ -= row.bytes.size();
  if (spare_ + memory_of(row) > spare_max) {
    std::string{}.swap(row.key);
    std::string{}.swap(row.bytes);
  }
  spare_ += memory_of(row);
  row.id = 0;
  row.next = free_;
  free_ = slot;
}

void Rows::clear() {
  std::vector<Row>{}.swap(rows_);
  index_.reset(0);
  first_ = last_ = free_ = no_row;
  size_ = spare_ = 0;
  bytes_ = 0;
}

RowSlot Rows::take_slot() {
  if (free_ == no_row) {
    rows_.emplace_back();
    return static_cast<RowSlot>(rows_.size() - 1);
  }
  const RowSlot slot = free_;
  free_ = rows_[slot].next;
  spare_ -= memory_of(rows_[slot]);
  return slot;
}

}  // namespace openline
