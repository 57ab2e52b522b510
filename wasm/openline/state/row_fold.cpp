#include <openline/state/row_fold.hpp>

namespace openline {

using Effect = RowBatch::Effect;

void RowFold::fold(RowBatch& batch, const Rows& rows) {
  const std::size_t count = batch.changes().size();
  newest_.reset(count);
  left_ = folded_max + 2 * bytes_max_;
  for (std::size_t i = 0; i < count; ++i) {
    const RowBatch::Change& change = batch.changes()[i];
    if (change.effect == Effect::none) {
      continue;
    }
    const std::uint32_t earlier = find_earlier(batch, change);
    const auto base = base_of(batch, change, earlier, rows);
    if (change.effect == Effect::put && base && !merge(batch, i, *base)) {
      continue;
    }
    if (earlier != KeyIndex::none) {
      newest_.erase(change.hash, earlier);
    }
    newest_.insert(change.hash, static_cast<std::uint32_t>(i));
  }
}

/// False: the change is no good after all.
bool RowFold::merge(RowBatch& batch, std::size_t number, std::string_view base) {
  const std::string_view patch = batch.bytes(batch.changes()[number]);
  const std::uint64_t work = base.size() + patch.size();
  if (work <= left_) {
    left_ -= work;
    const std::string_view merged = merge_.merge(base, patch);
    if (merged.size() <= bytes_max_) {
      batch.set_bytes(number, merged);
      return true;
    }
  }
  batch.reject(number, {StateProblem::too_large, batch.offset(number)});
  return false;
}

/// The row as the change will find it.
std::optional<std::string_view> RowFold::base_of(const RowBatch& batch,
                                                 const RowBatch::Change& change,
                                                 std::uint32_t earlier, const Rows& rows) {
  if (earlier == KeyIndex::none) {
    const RowSlot slot = rows.find(batch.key(change), change.hash);
    return slot == no_row ? std::nullopt : std::optional<std::string_view>{rows[slot].bytes};
  }
  const RowBatch::Change& before = batch.changes()[earlier];
  return before.effect == Effect::put ? std::optional{batch.bytes(before)} : std::nullopt;
}

std::uint32_t RowFold::find_earlier(const RowBatch& batch, const RowBatch::Change& change) {
  auto hit = newest_.first(change.hash);
  while (hit.number != KeyIndex::none &&
         batch.key(batch.changes()[hit.number]) != batch.key(change)) {
    hit = newest_.next(hit, change.hash);
  }
  return hit.number;
}

}  // namespace openline
