#pragma once

// What may be wrong with a JSON text, and the limits that we set.

#include <cstddef>
#include <cstdint>

namespace openline {

/// So many arrays and objects may be open at once.
inline constexpr std::size_t json_depth_max = 64;
/// 2^53 - 1: JavaScript's numbers hold every integer up to it.
inline constexpr std::uint64_t json_integer_max = 9'007'199'254'740'991;

enum class JsonFault : std::uint8_t {
  none,
  syntax,  // not JSON, or not UTF-8
  depth,   // deeper than json_depth_max
  kind,    // a value of another kind than the one that was asked for, or none
  range,   // a value beyond its limits
};

struct JsonProblem {
  JsonFault fault = JsonFault::none;
  std::size_t offset = 0;  // in bytes from the beginning of the text
  friend constexpr bool operator==(const JsonProblem&, const JsonProblem&) = default;
};

}  // namespace openline
