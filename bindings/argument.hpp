#pragma once

// What comes in at the ABI, as the core takes it.

#include <openline/base/time.hpp>

#include <algorithm>
#include <cstdint>
#include <string>

namespace openline {

inline std::string text_of(const char* text, std::uint32_t size) {
  return size == 0 ? std::string{} : std::string{text, size};
}

/// Above 2^53 a double is no count; below 0, or not a number, it is none either.
inline std::uint64_t count_of(double value) {
  return value >= 0 ? static_cast<std::uint64_t>(std::min(value, 9'007'199'254'740'992.0)) : 0;
}

/// Whole milliseconds; what is no count is none.
inline Duration duration_of(double ms) {
  return Duration::milliseconds(static_cast<std::int64_t>(count_of(ms)));
}

}  // namespace openline
