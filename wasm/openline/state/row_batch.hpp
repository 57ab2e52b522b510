#pragma once

// RowBatch: what a payload does to rows, read and checked as a whole before anything is done. Its
// memory is used again for the next payload.

#include <openline/json/lookup.hpp>
#include <openline/state/key_hash.hpp>
#include <openline/state/matcher.hpp>
#include <openline/state/problem.hpp>
#include <openline/state/spec.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace openline {

class RowBatch {
 public:
  static constexpr std::size_t rows_max = 1'000'000;  // of a payload

  enum class Effect : std::uint8_t { put, remove, none };

  struct Change {
    Effect effect = Effect::none;  // none: the row is no good
    bool is_own_key = false;       // in scratch_; else in the payload
    bool is_own_bytes = false;
    std::uint32_t hash = 0;  // of the key
    std::size_t key_begin = 0;
    std::size_t key_size = 0;
    std::size_t begin = 0;
    std::size_t size = 0;
  };

  /// Nothing when the spec has too many pointers.
  [[nodiscard]] static std::unique_ptr<RowBatch> make(const StateSpec& spec, const KeyHash& hash);

  /// The payload must stay until the changes are done with. Answers what is wrong with it as a
  /// whole: then there are none.
  [[nodiscard]] std::optional<StateFault> read(std::string_view payload);
  /// What is wrong with the first row that is no good.
  [[nodiscard]] const std::optional<StateFault>& row_fault() const { return row_fault_; }

  [[nodiscard]] const std::vector<Change>& changes() const { return changes_; }
  [[nodiscard]] std::string_view key(const Change& change) const;
  [[nodiscard]] std::string_view bytes(const Change& change) const;
  /// Where the row stands in the payload.
  [[nodiscard]] std::size_t offset(std::size_t change) const { return changes_[change].begin; }
  /// Puts these bytes instead.
  void set_bytes(std::size_t change, std::string_view bytes);
  /// The row is no good after all.
  void reject(std::size_t change, StateFault fault);

 private:
  RowBatch(const StateSpec& spec, const KeyHash& hash) : spec_{spec}, hash_{hash} {}

  void read_row(std::string_view row);
  [[nodiscard]] std::optional<StateProblem> read_key(Change& change);
  [[nodiscard]] std::size_t offset_of(std::string_view part) const;

  const StateSpec& spec_;
  KeyHash hash_;
  JsonLookup lookup_;
  Matcher remove_;
  std::size_t key_place_ = 0;
  std::string_view payload_;
  std::vector<Change> changes_;
  std::optional<StateFault> row_fault_;
  std::string scratch_;
  std::string key_;
};

}  // namespace openline
