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
  [[nodiscard]] std::optional<std::string_view> base_of(const RowBatch& batch, std::size_t number,
                                                        const Rows& rows);

  ObjectMerge merge_;
  std::uint64_t bytes_max_;
  KeyIndex newest_;  // of the batch's changes of a row the last one so far
};

}  // namespace openline
