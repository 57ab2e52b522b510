#pragma once

// JSON Pointer (RFC 6901) in a document that is being changed.

#include <openline/state/tree_edit.hpp>

#include <optional>
#include <string_view>

namespace openline {

/// Where the pointer leads, whether or not there is a value: to a member that is yet to come, or
/// behind the last element ("-", or their number). Nothing where it leads nowhere, is no pointer,
/// or has `__proto__`, `constructor` or `prototype` among its tokens: those names are there to
/// reach what is no value of the document.
[[nodiscard]] std::optional<TreePlace> find_place(TreeEdit& edit, std::string_view pointer);

}  // namespace openline
