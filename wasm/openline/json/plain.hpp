#pragma once

// The part of a JSON string that needs no closer look, passed over many bytes at a time. No other
// file knows of SIMD; where there is none, words of eight bytes do.

#include <cstddef>
#include <cstdint>
#include <cstring>

#if defined(__wasm_simd128__)
#include <wasm_simd128.h>
#endif

namespace openline {

/// What stands in a JSON string as it is, and is a character of its own: ASCII, but for the quote,
/// the backslash and control characters.
constexpr bool is_plain(char letter) {
  const auto byte = static_cast<std::uint8_t>(letter);
  return byte >= 0x20 && byte < 0x80 && letter != '"' && letter != '\\';
}

/// The first byte that is not plain, or `end`.
inline const char* skip_plain_bytes(const char* at, const char* end) {
  while (at != end && is_plain(*at)) {
    ++at;
  }
  return at;
}

/// The same by words. A subtraction borrows from the byte above only where the byte below is one
/// that is looked for, so the lowest mark is always right.
inline const char* skip_plain_words(const char* at, const char* end) {
  constexpr std::uint64_t each = 0x0101'0101'0101'0101;
  static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__,
                "the lowest byte of a word is the first");
  while (end - at >= 8) {
    std::uint64_t word = 0;
    std::memcpy(&word, at, sizeof word);
    const std::uint64_t quotes = (word ^ each * '"') - each;
    const std::uint64_t backslashes = (word ^ each * '\\') - each;
    const std::uint64_t controls = word - each * 0x20;
    const std::uint64_t marks = (quotes | backslashes | controls | word) & each * 0x80;
    if (marks != 0) {
      return at + __builtin_ctzll(marks) / 8;
    }
    at += 8;
  }
  return skip_plain_bytes(at, end);
}

#if defined(__wasm_simd128__)
/// The same by vectors. As a signed number a byte from 0x80 on is below 0x20 too.
inline const char* skip_plain(const char* at, const char* end) {
  while (end - at >= 16) {
    const v128_t bytes = wasm_v128_load(at);
    const v128_t quotes = wasm_i8x16_eq(bytes, wasm_i8x16_splat('"'));
    const v128_t backslashes = wasm_i8x16_eq(bytes, wasm_i8x16_splat('\\'));
    const v128_t others = wasm_i8x16_lt(bytes, wasm_i8x16_splat(0x20));
    const auto marks = wasm_i8x16_bitmask(wasm_v128_or(wasm_v128_or(quotes, backslashes), others));
    if (marks != 0) {
      return at + __builtin_ctz(static_cast<unsigned>(marks));
    }
    at += 16;
  }
  return skip_plain_words(at, end);
}
#else
inline const char* skip_plain(const char* at, const char* end) { return skip_plain_words(at, end); }
#endif

}  // namespace openline
