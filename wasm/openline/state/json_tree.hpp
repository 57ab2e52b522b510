#pragma once

// JsonTree: a JSON value that can be changed, on nlohmann/json, whose parser and writer it does
// without. A number or a string is kept as the text that it came as, in a string of the tree, so
// that JavaScript gets -0, 1e400 and lone surrogates as they were sent; so are names, which are
// written in one way only (`json_name`).

#include <openline/json/reader.hpp>
#include <openline/state/member_map.hpp>

#include <nlohmann/json_fwd.hpp>

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace openline {

using JsonTree = nlohmann::basic_json<MemberMap>;
using JsonArray = std::vector<JsonTree>;
/// JsonTree::object_t, which nobody knows where nlohmann/json is only declared.
using JsonMembers = MemberMap<std::string, JsonTree, std::less<>,
                              std::allocator<std::pair<const std::string, JsonTree>>>;

struct JsonExtent {
  std::size_t bytes = 0;  // of its text
  std::size_t depth = 0;  // 0 for what is no array and no object
};

/// The value that is next; nothing if it has a fault. Of members with the same name the last one
/// counts, at the place of the first, as JSON.parse has it.
[[nodiscard]] std::optional<JsonTree> read_json_tree(JsonReader& reader);

/// A name with its escapes undone (JsonReader), as a tree has it: quoted, escaped where it must be.
[[nodiscard]] std::string json_name(std::string_view name);

[[nodiscard]] JsonExtent extent_of(const JsonTree& tree);

void append_json_tree(std::string& out, const JsonTree& tree);

/// Both no array and no object, and the same bytes.
[[nodiscard]] bool are_same_scalar(const JsonTree& left, const JsonTree& right);

/// RFC 6902, section 4.6: numbers by value where JavaScript keeps both exactly, and by their text
/// otherwise; members in any order.
[[nodiscard]] bool are_equal(const JsonTree& left, const JsonTree& right);

}  // namespace openline
