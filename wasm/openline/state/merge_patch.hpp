#pragma once

// JSON Merge Patch (RFC 7396).

#include <openline/state/tree_edit.hpp>

namespace openline {

/// It fits every document, and nothing as well. What is the same already is no step.
void merge_patch(TreeEdit& edit, JsonTree patch);

}  // namespace openline
