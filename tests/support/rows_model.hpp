#pragma once

// RowsModel: what a log or a collection is to hold, by the plainest means: a vector of rows, and of
// each row its members. The oracle of the walk and of the fuzzer.

#include <openline/state/spec.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace openline {

/// A row as it comes in.
struct ModelRow {
  std::optional<std::string> key;  // as it is to be understood; none: there is none, or a bad one
  bool is_removal = false;
  bool is_object = true;
  std::vector<std::pair<std::string, std::string>> members;  // names, and values as JSON
  std::string scalar;                                        // of what is no object

  [[nodiscard]] std::string text() const {
    if (!is_object) {
      return scalar;
    }
    std::string text = "{";
    for (const auto& [name, value] : members) {
      text += (text.size() > 1 ? ",\"" : "\"") + name + "\":" + value;
    }
    return text + "}";
  }
};

class RowsModel {
 public:
  explicit RowsModel(const StateSpec& spec) : spec_{spec} {}

  /// False: nothing has changed.
  bool take(const std::vector<ModelRow>& rows) {
    const auto before = rows_;
    for (const ModelRow& row : rows) {
      if (!take_one(row)) {
        rows_ = before;
        return false;
      }
    }
    evict();
    return true;
  }

  /// Whether each row is there in the end.
  std::vector<bool> seed(const std::vector<ModelRow>& rows) {
    rows_.clear();
    std::vector<bool> is_good;
    for (const ModelRow& row : rows) {
      is_good.push_back(take_one(row) && !row.is_removal);
    }
    const std::size_t evicted = evict();
    std::size_t put = 0;
    for (std::size_t i = 0; i < rows.size(); ++i) {
      if (!is_good[i]) continue;
      is_good[i] = spec_.key ? find(*rows[i].key) < rows_.size() : put >= evicted;
      ++put;
    }
    return is_good;
  }

  [[nodiscard]] const std::vector<ModelRow>& rows() const { return rows_; }
  [[nodiscard]] std::size_t find(const std::string& key) const {
    std::size_t at = 0;
    while (at < rows_.size() && rows_[at].key != key)
      ++at;
    return at;
  }

 private:
  bool take_one(const ModelRow& row) {
    const bool is_merge = spec_.update == RowUpdate::merge;
    if (row.text().size() > spec_.bytes_max || (spec_.key && !row.key) ||
        (is_merge && !row.is_object)) {
      return false;
    }
    const std::size_t at = spec_.key ? find(*row.key) : rows_.size();
    if (row.is_removal) {
      if (at < rows_.size()) rows_.erase(rows_.begin() + static_cast<std::ptrdiff_t>(at));
      return true;
    }
    if (at == rows_.size()) {
      rows_.push_back(row);
      return true;
    }
    ModelRow next = is_merge ? merged(rows_[at], row) : row;
    if (next.text().size() > spec_.bytes_max) {
      return false;
    }
    rows_[at] = std::move(next);
    return true;
  }

  static ModelRow merged(ModelRow base, const ModelRow& patch) {
    for (const auto& member : patch.members) {
      std::size_t i = 0;
      while (i < base.members.size() && base.members[i].first != member.first)
        ++i;
      if (i == base.members.size()) {
        base.members.push_back(member);
      } else {
        base.members[i].second = member.second;
      }
    }
    return base;
  }

  std::size_t evict() {
    std::size_t count = 0;
    while (rows_.size() > spec_.rows_max || bytes() > spec_.bytes_max) {
      rows_.erase(rows_.begin());
      ++count;
    }
    return count;
  }

  [[nodiscard]] std::size_t bytes() const {
    std::size_t bytes = 0;
    for (const ModelRow& row : rows_)
      bytes += row.text().size();
    return bytes;
  }

  StateSpec spec_;
  std::vector<ModelRow> rows_;
};

}  // namespace openline
