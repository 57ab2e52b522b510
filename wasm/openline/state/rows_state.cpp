#include <openline/state/rows_state.hpp>

#include <openline/base/assert.hpp>
#include <openline/json/writer.hpp>

#include <utility>

namespace openline {

using Effect = RowBatch::Effect;

RowsState::RowsState(StateSpec spec, const KeyHash& hash)
    : spec_{std::move(spec)},
      hash_{hash},
      rows_{spec_.key.has_value()},
      news_{rows_},
      fold_{hash, spec_.bytes_max} {}

std::unique_ptr<RowsState> RowsState::make(StateSpec spec, const KeyHash& hash) {
  std::unique_ptr<RowsState> state{new RowsState{std::move(spec), hash}};
  state->batch_ = RowBatch::make(state->spec_, hash);
  return state->batch_ ? std::move(state) : nullptr;
}

std::optional<StateFault> RowsState::take(std::string_view payload) {
  if (const auto fault = batch_->read(payload)) {
    return fault;
  }
  if (spec_.update == RowUpdate::merge && !batch_->row_fault()) {
    fold_.fold(*batch_, rows_);
  }
  if (!batch_->row_fault()) {
    apply(false);
  }
  return batch_->row_fault();
}

std::optional<StateFault> RowsState::seed(std::string_view payload, std::string& ids) {
  if (const auto fault = batch_->read(payload)) {
    return fault;
  }
  rows_.clear();
  news_.rows_cleared();
  if (spec_.update == RowUpdate::merge) {
    fold_.fold(*batch_, rows_);
  }
  apply(true);
  news_.forget_removed();
  append_ids(ids);
  return batch_->row_fault();
}

const Row* RowsState::find(std::string_view key) const {
  const RowSlot slot = rows_.find(key, hash_(key));
  return slot == no_row ? nullptr : &rows_[slot];
}

std::uint32_t RowsState::watch(std::string_view key) { return news_.watch(key, hash_(key)); }

void RowsState::apply(bool is_known) {
  for (const RowBatch::Change& change : batch_->changes()) {
    if (change.effect == Effect::none) {
      continue;
    }
    const RowSlot slot = rows_.find(batch_->key(change), change.hash);
    if (change.effect == Effect::put) {
      put(change, slot, is_known);
    } else if (slot != no_row) {
      news_.row_goes(slot);
      rows_.erase(slot);
    }
  }
  evict();
}

void RowsState::put(const RowBatch::Change& change, RowSlot slot, bool is_known) {
  const std::string_view bytes = batch_->bytes(change);
  if (slot == no_row) {
    // Without keys no later row can be an older one: a long payload is never there as a whole.
    if (!rows_.has_keys() && rows_.size() == spec_.rows_max) evict_oldest(false);
    news_.row_came(rows_.append(batch_->key(change), change.hash, bytes), is_known);
  } else if (is_known || rows_[slot].bytes != bytes) {  // of two elements JavaScript has two values
    rows_.replace(slot, bytes);
    news_.row_changed(slot);
  }
}

/// The oldest rows, once the whole message is in. That a log forgets them is no news.
void RowsState::evict() {
  while (rows_.size() > spec_.rows_max || rows_.bytes() > spec_.bytes_max) {
    evict_oldest(spec_.kind == StateKind::collection || rows_.size() <= spec_.rows_max);
  }
}

void RowsState::evict_oldest(bool is_news) {
  OL_ASSERT(rows_.size() > 0);
  news_.row_goes(rows_.first());
  rows_.erase(rows_.first());
  news_.row_evicted(is_news);
}

void RowsState::append_ids(std::string& ids) const {
  std::uint64_t id = rows_.newest();  // without keys each row has one of its own, in order
  for (const RowBatch::Change& change : batch_->changes()) {
    id -= change.effect == Effect::put ? 1 : 0;
  }
  const std::uint64_t oldest = rows_.size() == 0 ? 0 : rows_[rows_.first()].id;
  char separator = '[';
  for (const RowBatch::Change& change : batch_->changes()) {
    ids += std::exchange(separator, ',');
    if (change.effect != Effect::put) {
      ids += '0';
      continue;
    }
    ++id;
    if (rows_.has_keys()) {
      const RowSlot slot = rows_.find(batch_->key(change), change.hash);
      append_json_integer(ids, slot == no_row ? 0 : rows_[slot].id);
    } else {
      append_json_integer(ids, id < oldest ? 0 : id);
    }
  }
  ids += separator == '[' ? "[]" : "]";
}

}  // namespace openline
