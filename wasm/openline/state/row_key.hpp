#pragma once

// The key of a row: what JavaScript would make of it if it were the name of a property.

#include <optional>
#include <string>
#include <string_view>

namespace openline {

/// `json` is a JSON value that was checked. A string is its own text, a number the text that
/// JavaScript gives it, so that 1, 1.0 and "1" are one key. Answers part of `json`, or what it has
/// written into `scratch`. Nothing for other values, and for numbers that JavaScript would not keep
/// as they are.
[[nodiscard]] std::optional<std::string_view> row_key(std::string_view json, std::string& scratch);

/// As a JSON string. Surrogates that stand alone (three bytes each, WTF-8) become escapes again, so
/// that the JSON is UTF-8.
void append_row_key(std::string& out, std::string_view key);

}  // namespace openline
