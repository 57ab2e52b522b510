#pragma once

// Bytes that are replaced again and again: they keep their memory, but not far more than they need,
// so that what was large once does not stay so.

#include <cstddef>
#include <string>
#include <string_view>

namespace openline {

/// So much is kept whatever it is for.
inline constexpr std::size_t spare_bytes_max = 256;

inline void assign_bytes(std::string& bytes, std::string_view value) {
  if (bytes.capacity() > 4 * value.size() + spare_bytes_max) {
    std::string{value}.swap(bytes);  // a move may keep the old memory
    return;
  }
  bytes.assign(value);
}

}  // namespace openline
