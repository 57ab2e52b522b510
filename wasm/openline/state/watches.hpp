#pragma once

// Watches: who looks at which row, by its key, and whether JavaScript knows which row that is now.

#include <openline/state/key_index.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace openline {

class Watches {
 public:
  static constexpr std::size_t watches_max = 100'000;

  /// A watch for the key, whose row has this id now; 0: none. Its number, above 0, which may have
  /// been that of one that is gone; 0: too many.
  [[nodiscard]] std::uint32_t add(std::string_view key, std::uint32_t hash, std::uint64_t row);
  void remove(std::uint32_t watch);

  [[nodiscard]] bool has(std::uint32_t watch) const;
  [[nodiscard]] bool has(std::string_view key, std::uint32_t hash) const;
  [[nodiscard]] std::string_view key(std::uint32_t watch) const { return all_[watch - 1].key; }
  [[nodiscard]] std::uint32_t hash(std::uint32_t watch) const { return all_[watch - 1].hash; }
  [[nodiscard]] bool is_empty() const { return count_ == 0; }

  /// The key's row has this id now; 0: it has gone. True when somebody watches.
  bool set_row(std::string_view key, std::uint32_t hash, std::uint64_t row);
  /// All rows have gone.
  void clear_rows();

  /// JavaScript may not know of some row.
  [[nodiscard]] bool has_news() const { return !news_.empty(); }
  /// Appends pairs of a watch and its row's id, with commas between; nothing may be to tell after
  /// all. They count as told.
  void append_news(std::string& out);

 private:
  struct Watch {
    std::string key;
    std::uint32_t hash = 0;
    bool is_used = false;
    bool is_news = false;    // it is in news_
    std::uint64_t row = 0;   // its id
    std::uint64_t told = 0;  // what JavaScript takes for it
  };

  void set(std::uint32_t slot, std::uint64_t row);

  std::vector<Watch> all_;           // by number, less 1
  std::vector<std::uint32_t> free_;  // slots that are not used
  std::vector<std::uint32_t> news_;  // slots, each at most once
  KeyIndex index_;
  std::size_t count_ = 0;
};

}  // namespace openline
