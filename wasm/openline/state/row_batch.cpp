#include <openline/state/row_batch.hpp>

#include <openline/json/elements.hpp>
#include <openline/state/bytes.hpp>
#include <openline/state/row_key.hpp>

#include <utility>

namespace openline {

std::unique_ptr<RowBatch> RowBatch::make(const StateSpec& spec, const KeyHash& hash) {
  std::unique_ptr<RowBatch> batch{new RowBatch{spec, hash}};
  const auto key = spec.key ? batch->lookup_.add(*spec.key) : std::optional<std::size_t>{0};
  auto remove = Matcher::make(spec.remove, batch->lookup_);
  if (!key || !remove) {
    return nullptr;
  }
  batch->key_place_ = *key;
  batch->remove_ = std::move(*remove);
  return batch;
}

std::optional<StateFault> RowBatch::read(std::string_view payload) {
  payload_ = payload;
  clear_scratch(changes_);
  clear_scratch(scratch_);
  clear_scratch(key_);
  row_fault_.reset();
  JsonElements rows{payload, lookup_};
  while (rows.next()) {
    if (changes_.size() == rows_max) {
      changes_.clear();
      return StateFault{StateProblem::too_large, offset_of(rows.bytes())};
    }
    read_row(rows.bytes());
  }
  const JsonProblem problem = rows.problem();
  if (problem.fault == JsonFault::none) {
    return std::nullopt;
  }
  changes_.clear();
  return StateFault{problem_of(problem.fault), problem.offset};
}

std::string_view RowBatch::key(const Change& change) const {
  return (change.is_own_key ? std::string_view{scratch_} : payload_)
      .substr(change.key_begin, change.key_size);
}

std::string_view RowBatch::bytes(const Change& change) const {
  return (change.is_own_bytes ? std::string_view{scratch_} : payload_)
      .substr(change.begin, change.size);
}

void RowBatch::set_bytes(std::size_t change, std::string_view bytes) {
  Change& changed = changes_[change];
  changed.is_own_bytes = true;
  changed.begin = scratch_.size();
  changed.size = bytes.size();
  scratch_ += bytes;
}

void RowBatch::reject(std::size_t change, StateFault fault) {
  changes_[change].effect = Effect::none;
  if (!row_fault_) {
    row_fault_ = fault;
  }
}

void RowBatch::read_row(std::string_view row) {
  Change change;
  change.effect = Effect::put;
  change.begin = offset_of(row);
  change.size = row.size();
  std::optional<StateProblem> problem;
  if (row.size() > spec_.bytes_max) {
    problem = StateProblem::too_large;
  } else if (spec_.update == RowUpdate::merge && row.front() != '{') {
    problem = StateProblem::not_object;
  } else if (spec_.key) {
    problem = read_key(change);
  }
  if (!problem && !remove_.is_empty() && remove_.matches(lookup_)) {
    change.effect = Effect::remove;
  }
  changes_.push_back(change);
  if (problem) {
    reject(changes_.size() - 1, {*problem, change.begin});
  }
}

std::optional<StateProblem> RowBatch::read_key(Change& change) {
  const auto found = lookup_.found(key_place_);
  if (!found) {
    return StateProblem::no_key;
  }
  const auto key = row_key(*found, key_);
  if (!key) {
    return StateProblem::bad_key;
  }
  change.hash = hash_(*key);
  change.key_size = key->size();
  change.is_own_key = key->data() == key_.data();
  change.key_begin = change.is_own_key ? scratch_.size() : offset_of(*key);
  if (change.is_own_key) {
    scratch_ += *key;
  }
  return std::nullopt;
}

std::size_t RowBatch::offset_of(std::string_view part) const {
  return static_cast<std::size_t>(part.data() - payload_.data());
}

}  // namespace openline
