#pragma once

// RowsState: a log or a collection. It reads payloads, keeps their rows within the limits of its
// spec, and knows what JavaScript is to be told of them.

#include <openline/state/key_hash.hpp>
#include <openline/state/problem.hpp>
#include <openline/state/row_batch.hpp>
#include <openline/state/row_fold.hpp>
#include <openline/state/rows.hpp>
#include <openline/state/rows_news.hpp>
#include <openline/state/spec.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace openline {

class RowsState {
 public:
  /// Nothing when the spec has too many pointers.
  [[nodiscard]] static std::unique_ptr<RowsState> make(StateSpec spec, const KeyHash& hash);
  RowsState(const RowsState&) = delete;
  RowsState& operator=(const RowsState&) = delete;
  ~RowsState() = default;

  /// A row, or a JSON array of rows. Nothing when all of them were taken; else nothing has changed.
  std::optional<StateFault> take(std::string_view payload);
  /// The same in place of all that is there, and JavaScript knows the values. Rows that are no good
  /// are left out, and the first of them is the fault; nothing has changed only if the whole is no
  /// good. Appends a JSON array with the id of each row that is there now, and 0 for the others.
  std::optional<StateFault> seed(std::string_view payload, std::string& ids);

  [[nodiscard]] const Row* find(std::string_view key) const;
  [[nodiscard]] std::uint32_t watch(std::string_view key);
  [[nodiscard]] RowsNews& news() { return news_; }
  [[nodiscard]] const RowsNews& news() const { return news_; }

 private:
  RowsState(StateSpec spec, const KeyHash& hash);

  void apply(bool is_known);
  void put(const RowBatch::Change& change, RowSlot slot, bool is_known);
  void evict();
  void evict_oldest(bool is_news);
  void append_ids(std::string& ids) const;

  StateSpec spec_;
  KeyHash hash_;
  Rows rows_;
  RowsNews news_;
  RowFold fold_;
  std::unique_ptr<RowBatch> batch_;
};

}  // namespace openline
