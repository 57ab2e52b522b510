#include <openline/state/rows_news.hpp>

#include <openline/json/writer.hpp>
#include <openline/state/bytes.hpp>

#include <algorithm>
#include <utility>

namespace openline {

void RowsNews::observe(std::uint32_t what) {
  const bool is_more = (what & ~observed_) != 0;
  observed_ = what;
  for (RowSlot slot = rows_.first(); is_more && slot != no_row; slot = rows_[slot].next) {
    list(slot);
  }
}

std::uint32_t RowsNews::watch(std::string_view key, std::uint32_t hash) {
  const RowSlot slot = rows_.find(key, hash);
  const std::uint32_t watch = watches_.add(key, hash, slot == no_row ? 0 : rows_[slot].id);
  if (watch != 0 && slot != no_row) {
    rows_[slot].marks |= is_watched;
    list(slot);
  }
  return watch;
}

void RowsNews::unwatch(std::uint32_t watch) {
  if (!watches_.has(watch)) {
    return;
  }
  const RowSlot slot = rows_.find(watches_.key(watch), watches_.hash(watch));
  watches_.remove(watch);
  if (slot != no_row && !watches_.has(rows_[slot].key, rows_[slot].hash)) {
    rows_[slot].marks &= ~is_watched;
  }
}

void RowsNews::row_came(RowSlot slot, bool is_known) {
  Row& row = rows_[slot];
  row.marks = is_known ? knows_id | knows_value : 0;
  if (!watches_.is_empty() && watches_.set_row(row.key, row.hash, row.id)) {
    row.marks |= is_watched;
  }
  list(slot);
}

void RowsNews::row_changed(RowSlot slot) {
  rows_[slot].marks &= ~knows_value;
  list(slot);
}

void RowsNews::row_goes(RowSlot slot) {
  const Row& row = rows_[slot];
  if ((row.marks & knows_id) != 0) {
    removed_.push_back(row.id);
  }
  if ((row.marks & is_watched) != 0) {
    watches_.set_row(row.key, row.hash, 0);
  }
}

void RowsNews::row_evicted(bool is_news) {
  ++evicted_;
  is_eviction_news_ = is_eviction_news_ || is_news;
}

void RowsNews::rows_cleared() {
  clear_scratch(listed_);
  clear_scratch(removed_);
  watches_.clear_rows();
}

bool RowsNews::has_news() const {
  const bool is_observed = observed_ != 0 || !watches_.is_empty();
  return is_observed &&
         (!listed_.empty() || !removed_.empty() || is_eviction_news_ || watches_.has_news());
}

bool RowsNews::append_delta(std::string& out, std::uint32_t state) {
  drop_stale();
  const std::size_t begin = out.size();
  const bool has_watches = append_entry(out, state, evicted_);
  if (listed_.empty() && removed_.empty() && !is_eviction_news_ && !has_watches) {
    out.resize(begin);
    return false;
  }
  evicted_ = 0;
  is_eviction_news_ = false;
  note_told();
  return true;
}

void RowsNews::append_all(std::string& out, std::uint32_t state) {
  const std::uint32_t observed = std::exchange(observed_, observe_values | observe_keys);
  for (RowSlot slot = rows_.first(); slot != no_row; slot = rows_[slot].next) {
    rows_[slot].marks &= ~(knows_value | knows_key | is_listed);
  }
  listed_.clear();
  removed_.clear();
  for (RowSlot slot = rows_.first(); slot != no_row; slot = rows_[slot].next) {
    list(slot);
  }
  append_entry(out, state, 0);
  note_told();
  observed_ = observed;
}

bool RowsNews::wants_value(const Row& row) const {
  const bool is_observed = (observed_ & observe_values) != 0 || (row.marks & is_watched) != 0;
  return is_observed && (row.marks & knows_value) == 0;
}

bool RowsNews::wants_key(const Row& row) const {
  const bool is_observed = (observed_ & observe_keys) != 0 && rows_.has_keys();
  return is_observed && (row.marks & knows_key) == 0;
}

void RowsNews::list(RowSlot slot) {
  Row& row = rows_[slot];
  if ((row.marks & is_listed) != 0 || !(wants_value(row) || wants_key(row))) {
    return;
  }
  if (listed_.size() > 2 * rows_.size() + stale_max) {
    drop_stale();
  }
  row.marks |= is_listed;
  listed_.push_back({slot, row.id});
}

/// Rows that went, and what nobody wants to know any more.
void RowsNews::drop_stale() {
  const auto end = std::remove_if(listed_.begin(), listed_.end(), [this](const Listed& listed) {
    Row& row = rows_[listed.slot];
    if (row.id != listed.id || wants_value(row) || wants_key(row)) {
      return row.id != listed.id;
    }
    row.marks &= ~is_listed;
    return true;
  });
  listed_.erase(end, listed_.end());
}

/// Whether there is something of watches in it.
bool RowsNews::append_entry(std::string& out, std::uint32_t state, std::uint64_t evicted) {
  out += '[';
  append_json_integer(out, state);
  out += ',';
  append_json_integer(out, evicted);
  out += ",[";
  for (std::size_t i = 0; i < removed_.size(); ++i) {
    if (i > 0) out += ',';
    append_json_integer(out, removed_[i]);
  }
  out += ']';
  for (const Column column : {Column::value_ids, Column::values, Column::key_ids, Column::keys}) {
    append_column(out, column);
  }
  out += ",[";
  const std::size_t watches = out.size();
  watches_.append_news(out);
  const bool has_watches = out.size() > watches;
  out += "]]";
  return has_watches;
}

void RowsNews::append_column(std::string& out, Column column) {
  const bool is_of_values = column == Column::value_ids || column == Column::values;
  char separator = '[';
  out += ',';
  for (const Listed& listed : listed_) {
    const Row& row = rows_[listed.slot];
    if (!(is_of_values ? wants_value(row) : wants_key(row))) {
      continue;
    }
    out += std::exchange(separator, ',');
    if (column == Column::values) {
      out += row.bytes;
    } else if (column == Column::keys) {
      append_json_string(out, row.key);
    } else {
      append_json_integer(out, row.id);
    }
  }
  if (separator == '[') out += '[';
  out += ']';
}

/// What was written.
void RowsNews::note_told() {
  for (const Listed& listed : listed_) {
    Row& row = rows_[listed.slot];
    std::uint32_t known = knows_id;
    if (wants_value(row)) known |= knows_value;
    if (wants_key(row)) known |= knows_key;
    row.marks = (row.marks & ~is_listed) | known;
  }
  clear_scratch(listed_);
  clear_scratch(removed_);
}

}  // namespace openline
