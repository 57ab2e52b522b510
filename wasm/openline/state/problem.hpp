#pragma once

// StateFault: why a message could not be taken into a state, and where in it that shows.

#include <openline/json/reader.hpp>

#include <cstddef>
#include <cstdint>

namespace openline {

/// In the order of CORE_PROBLEMS (js/src/core/coreStates.ts), where their meanings are.
enum class StateProblem : std::uint8_t {
  syntax,
  depth,
  no_value,
  no_key,
  bad_key,
  not_object,
  too_large,
  patch,
  full,
};

struct StateFault {
  StateProblem problem = StateProblem::syntax;
  std::size_t at = 0;  // in bytes from the beginning of the text that was taken
  friend constexpr bool operator==(const StateFault&, const StateFault&) = default;
};

/// For what was no JSON at all.
constexpr StateProblem problem_of(JsonFault fault) {
  return fault == JsonFault::depth ? StateProblem::depth : StateProblem::syntax;
}

}  // namespace openline
