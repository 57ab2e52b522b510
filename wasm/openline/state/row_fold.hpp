#pragma once

// RowFold: makes whole rows of the patches in a batch, so that they can be put like any others, and
// a row that grows too large shows before anything has been done.

#include <openline/state/key_hash.hpp>
#include <openline/state/key_index.hpp>
#include <openline/state/merge.hpp>
#include <openline/state/row_batch.hpp>
#include <openline/state/rows.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace openline {

class RowFold {
 public:
  /// Beside twice what the state may hold: many patches of one large row are much work.
  static constexpr std::uint64_t folded_max = 16'777'216;

  RowFold(const KeyHash& hash, std::uint64_t bytes_max) : merge_{hash}, bytes_max_{bytes_max} {}

  /// Each patch over the row that it will find: one of the batch, or of `rows`.
  void fold(RowBatch& batch, const Rows& rows);

 private:
  [[nodiscard]] std::uint32_t find_earlier(const RowBatch& batch, const RowBatch::Change& change);
  [[nodiscard]] static std::optional<std::string_view> base_of(const RowBatch& batch,
                                                               const RowBatch::Change& change,
                                                               std::uint32_t earlier,
                                                               const Rows& rows);
  bool merge(RowBatch& batch, std::size_t number, std::string_view base);

  ObjectMerge merge_;
  std::uint64_t bytes_max_;
  std::uint64_t left_ = 0;  // of the bytes that the patches of this batch may read
  KeyIndex newest_;         // of the batch's changes of a row the last one so far
};

}  // namespace openline
