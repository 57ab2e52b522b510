#pragma once

// RowsNews: what JavaScript has not been told of some rows, of what it observes, and how that is
// written. What nobody observes is marked in its row, and put into no list.

#include <openline/state/observed.hpp>
#include <openline/state/rows.hpp>
#include <openline/state/watches.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace openline {

class RowsNews {
 public:
  explicit RowsNews(Rows& rows) : rows_{rows} {}

  /// From now on. What JavaScript does not know of it yet is news.
  void observe(std::uint32_t what);
  [[nodiscard]] std::uint32_t watch(std::string_view key, std::uint32_t hash);
  void unwatch(std::uint32_t watch);

  // What happens to a row.

  /// `is_known`: JavaScript has its value already.
  void row_came(RowSlot slot, bool is_known);
  void row_changed(RowSlot slot);
  void row_goes(RowSlot slot);
  /// Beside row_goes. `is_news` even if nobody knew of this row.
  void row_evicted(bool is_news);
  /// JavaScript knows of all that went so far.
  void forget_removed() { removed_.clear(); }
  /// All of them went, and JavaScript knows.
  void rows_cleared();

  /// False: there is nothing to tell. True: there may be.
  [[nodiscard]] bool has_news() const;
  /// Appends an entry of a delta (RowsDelta in js/src/core/coreStates.ts), whose news are told
  /// then. False, and nothing, where there are none after all.
  bool append_delta(std::string& out, std::uint32_t state);
  /// The same of all rows, whoever observes them.
  void append_all(std::string& out, std::uint32_t state);

 private:
  /// Bits of Row::marks.
  enum : std::uint32_t {
    knows_id = 1,
    knows_value = 2,
    knows_key = 4,
    is_watched = 8,
    is_listed = 16,
  };
  /// An entry's lists, each from the same rows.
  enum class Column : std::uint8_t { value_ids, values, key_ids, keys };

  /// So many entries of rows that went may be left beside those of all that are there.
  static constexpr std::size_t stale_max = 64;

  struct Listed {
    RowSlot slot = no_row;
    std::uint64_t id = 0;  // another row may be there by now
  };

  [[nodiscard]] bool wants_value(const Row& row) const;
  [[nodiscard]] bool wants_key(const Row& row) const;
  void list(RowSlot slot);
  void drop_stale();
  bool append_entry(std::string& out, std::uint32_t state, std::uint64_t evicted);
  void append_column(std::string& out, Column column);
  void note_told();

  Rows& rows_;
  std::uint32_t observed_ = 0;
  Watches watches_;
  std::vector<Listed> listed_;          // rows that JavaScript does not know as they are
  std::vector<std::uint64_t> removed_;  // ids that it knows
  std::uint64_t evicted_ = 0;
  bool is_eviction_news_ = false;
};

}  // namespace openline
