#pragma once

// Bytes that are written again and again: they keep their memory, but not far more than they need,
// so that what was large once does not stay so.

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

namespace openline {

/// So much a text that is kept may have to spare whatever its size.
inline constexpr std::size_t spare_bytes_max = 256;
/// So much is left to what is written anew for each message or delta.
inline constexpr std::size_t scratch_bytes_max = 1'048'576;

/// `value` is no part of `bytes`.
inline void assign_bytes(std::string& bytes, std::string_view value) {
  if (bytes.capacity() > 4 * value.size() + spare_bytes_max) {
    std::string{value}.swap(bytes);  // a move may keep the old memory
    return;
  }
  bytes.resize(value.size());
  char* to = bytes.data();
  const char* from = value.data();
  std::size_t left = value.size();
  // By words, which need no alignment: the memmove of Emscripten goes byte by byte without it.
  for (; left >= sizeof(std::uint64_t); left -= sizeof(std::uint64_t)) {
    std::memcpy(to, from, sizeof(std::uint64_t));
    to += sizeof(std::uint64_t);
    from += sizeof(std::uint64_t);
  }
  for (; left > 0; --left) {
    *to++ = *from++;
  }
}

/// Empties what is to be written anew.
inline void clear_scratch(std::string& scratch) {
  if (scratch.capacity() > scratch_bytes_max) {
    std::string{}.swap(scratch);
  }
  scratch.clear();
}

template <class T>
void clear_scratch(std::vector<T>& scratch) {
  if (scratch.capacity() * sizeof(T) > scratch_bytes_max) {
    std::vector<T>{}.swap(scratch);
  }
  scratch.clear();
}

}  // namespace openline
