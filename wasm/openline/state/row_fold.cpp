#include <openline/state/row_fold.hpp>

namespace openline {

using Effect = RowBatch::Effect;

void RowFold::fold(RowBatch& batch, const Rows& rows) {
  const std::size_t count = batch.changes().size();
  newest_.reset(count);
  std::uint64_t folded = 0;
  for (std::size_t i = 0; i < count; ++i) {
    if (batch.changes()[i].effect == Effect::none) {
      continue;
    }
    const auto base = base_of(batch, i, rows);
    const RowBatch::Change& change = batch.changes()[i];
    if (change.effect == Effect::remove || !base) {
      continue;
    }
    const std::string_view merged = merge_.merge(*base, batch.bytes(change));
    folded += merged.size();
    if (merged.size() > bytes_max_ || folded > folded_max + 2 * bytes_max_) {
      batch.reject(i, {StateProblem::too_large, batch.offset(i)});
    } else {
      batch.set_bytes(i, merged);
    }
  }
}

/// The row as the change will find it. The change is the newest one of its row from now on.
std::optional<std::string_view> RowFold::base_of(const RowBatch& batch, std::size_t number,
                                                 const Rows& rows) {
  const RowBatch::Change& change = batch.changes()[number];
  const std::uint32_t earlier = find_earlier(batch, change);
  if (earlier != KeyIndex::none) {
    newest_.erase(change.hash, earlier);
  }
  newest_.insert(change.hash, static_cast<std::uint32_t>(number));
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
