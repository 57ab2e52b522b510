#pragma once

// Appends JSON to a text. Commas and brackets are the caller's.

#include <cstdint>
#include <string>
#include <string_view>

namespace openline {

/// In quotes, escaped as JSON.stringify does it. `text` is UTF-8, which is not checked here, with
/// surrogates that stand alone (three bytes each, as JsonReader has them): those are escaped.
void append_json_string(std::string& out, std::string_view text);

void append_json_integer(std::string& out, std::uint64_t value);

}  // namespace openline
