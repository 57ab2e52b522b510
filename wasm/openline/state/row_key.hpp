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

}  // namespace openline
