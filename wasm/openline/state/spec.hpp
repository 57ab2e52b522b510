#pragma once

// StateSpec: what a state keeps of the messages of its stream. It comes from the host as JSON,
// whose names are those of the options in js/src/core/coreStates.ts.

#include <openline/json/pointer.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace openline {

/// A value that a message must have at a place: a string, a number, true, false or null, as JSON.
struct Match {
  JsonPointer pointer;
  std::string literal;
};

enum class StateKind : std::uint8_t {
  latest,      // the newest value
  log,         // the newest rows, in the order in which they came
  collection,  // rows by key, in the order in which their keys came first
  document,    // a value that messages patch (only in the module that has documents)
};

enum class RowUpdate : std::uint8_t {
  replace,
  merge,  // member by member, at the top level
};

enum class PatchFormat : std::uint8_t {
  merge_patch,  // RFC 7396
  json_patch,   // RFC 6902
};

struct StateSpec {
  StateKind kind = StateKind::latest;
  bool has_stream = false;           // else it takes what comes in on a line without streams
  std::vector<Match> match;          // all of them; other messages are none of its business
  std::optional<JsonPointer> value;  // what of a message it keeps; else all of it
  std::optional<JsonPointer> key;    // collection, and log if rows of the same key are one
  std::vector<Match> remove;         // with a key: a row that has all of these goes
  RowUpdate update = RowUpdate::replace;
  PatchFormat patch = PatchFormat::merge_patch;
  std::uint32_t rows_max = 0;   // log, collection
  std::uint64_t bytes_max = 0;  // of JSON that it holds
};

/// Nothing for what does not read as the table in coreStates.ts says.
[[nodiscard]] std::optional<StateSpec> read_state_spec(std::string_view json);

}  // namespace openline
