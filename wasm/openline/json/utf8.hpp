#pragma once

// UTF-8 as RFC 3629 has it: nothing overlong, no surrogates, nothing beyond U+10FFFF.

#include <cstddef>
#include <string>
#include <string_view>

namespace openline {

/// How many bytes the character at the beginning of `text` has; 0 when there is none, or no valid
/// one.
[[nodiscard]] std::size_t utf8_length(std::string_view text);

/// Over valid characters of more than one byte; to `end`, or to what is none.
[[nodiscard]] const char* skip_multibyte(const char* at, const char* end);

[[nodiscard]] bool is_utf8(std::string_view text);

/// Appends a code point of up to U+10FFFF. A surrogate becomes three bytes as if it were a
/// character (WTF-8), which `is_utf8` then refuses.
void append_utf8(std::string& out, char32_t code_point);

}  // namespace openline
