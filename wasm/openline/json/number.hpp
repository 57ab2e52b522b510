#pragma once

// What JavaScript calls a number that stands in JSON: String(JSON.parse(text)). By digits alone,
// so it knows only numbers that a double surely keeps.

#include <optional>
#include <string>
#include <string_view>

namespace openline {

/// `text` is a number as JSON has it (RFC 8259, section 6). Answers `text` itself where that is
/// the name already, else what it has written into `scratch`: 1.0 is "1", -0 is "0", 1e21 is
/// "1e+21" (ECMA-262, Number::toString). Nothing for an integer beyond 2^53 - 1 with more than 15
/// significant digits, another number with more than 15, and what a double cannot hold.
[[nodiscard]] std::optional<std::string_view> javascript_number(std::string_view text,
                                                                std::string& scratch);

}  // namespace openline
