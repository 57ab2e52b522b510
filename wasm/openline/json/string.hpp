#pragma once

// One JSON string (RFC 8259 section 7): where it ends, and what it says with its escapes undone.

#include <cstddef>
#include <string>
#include <string_view>

namespace openline {

struct JsonString {
  std::size_t size = 0;      // in bytes, with its quotes
  bool has_escapes = false;  // without them it says what stands between the quotes
  bool is_complete = false;  // false: `size` is where it goes wrong
};

/// `text` begins with the quote. Bytes that are not UTF-8, control characters and unknown escapes
/// are wrong.
[[nodiscard]] JsonString scan_json_string(std::string_view text);

/// The quote that ends the string, or where it goes wrong. `at` is behind the quote that begins it.
[[nodiscard]] const char* json_string_end(const char* at, const char* end);

/// What lies between the quotes of a string that was scanned and found complete, into `out`. Two
/// escapes that are a pair of surrogates become one character; one that stands alone three bytes.
void unescape_json_string(std::string_view between, std::string& out);

/// Whether such a string, with its escapes undone, is `text`. Allocates nothing.
[[nodiscard]] bool json_string_says(std::string_view between, std::string_view text);

}  // namespace openline
