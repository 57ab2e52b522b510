#pragma once

// The one check of JSON in the core: reads a value from its first byte to its last, without
// recursion and without keeping anything. JsonReader and JsonLookup are built on it.
//
// It accepts what JSON.parse accepts, but for
//   * more than `depth_max` arrays and objects within each other (fault `depth`),
//   * bytes that are not UTF-8 (fault `syntax`): JSON.parse is given characters.

#include <openline/json/fault.hpp>
#include <openline/json/pointer_tree.hpp>

#include <cstddef>
#include <string_view>

namespace openline {

struct JsonScan {
  std::size_t begin = 0;  // of the value: behind the space before it
  std::size_t end = 0;    // behind its last byte; with a fault, where that is
  JsonFault fault = JsonFault::none;
};

/// Reads the value at the beginning of `text`, space before it included. What is behind it is not
/// looked at. `tree` is told what it wants to know; it may be null.
[[nodiscard]] JsonScan scan_json(std::string_view text, std::size_t depth_max,
                                 JsonPointerTree* tree);

}  // namespace openline
