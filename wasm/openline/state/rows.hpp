#pragma once

// Rows: texts in the order in which they were added, found by their keys. Memory of rows that went
// is used for those that come. It knows nothing of what a row says.

#include <openline/state/key_index.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace openline {

/// Where a row is for as long as it is there.
using RowSlot = std::uint32_t;
inline constexpr RowSlot no_row = KeyIndex::none;

struct Row {
  std::uint64_t id = 0;  // above 0; ascends in the order of the rows, and is never used again
  std::string key;
  std::string bytes;
  std::uint32_t hash = 0;
  RowSlot previous = no_row;
  RowSlot next = no_row;
  std::uint32_t marks = 0;  // for its owner; 0 in a new row
};

class Rows {
 public:
  /// Memory that rows which went leave for others.
  static constexpr std::size_t spare_max = 1'048'576;

  /// Without keys none is found.
  explicit Rows(bool has_keys) : has_keys_{has_keys} {}

  [[nodiscard]] RowSlot find(std::string_view key, std::uint32_t hash) const;
  /// At the end. There must be none with this key.
  RowSlot append(std::string_view key, std::uint32_t hash, std::string_view bytes);
  void replace(RowSlot slot, std::string_view bytes);
  void erase(RowSlot slot);
  void clear();

  [[nodiscard]] Row& operator[](RowSlot slot) { return rows_[slot]; }
  [[nodiscard]] const Row& operator[](RowSlot slot) const { return rows_[slot]; }
  /// The oldest row; `Row::next` leads on.
  [[nodiscard]] RowSlot first() const { return first_; }
  /// The id that was given last.
  [[nodiscard]] std::uint64_t newest() const { return newest_; }
  [[nodiscard]] std::size_t size() const { return size_; }
  /// Of all rows, without their keys.
  [[nodiscard]] std::uint64_t bytes() const { return bytes_; }
  [[nodiscard]] bool has_keys() const { return has_keys_; }

 private:
  RowSlot take_slot();

  bool has_keys_;
  std::vector<Row> rows_;
  KeyIndex index_;
  RowSlot first_ = no_row;
  RowSlot last_ = no_row;
  RowSlot free_ = no_row;  // the first slot without a row; `Row::next` leads on
  std::size_t size_ = 0;
  std::size_t spare_ = 0;  // memory of slots without a row
  std::uint64_t bytes_ = 0;
  std::uint64_t newest_ = 0;
};

}  // namespace openline
