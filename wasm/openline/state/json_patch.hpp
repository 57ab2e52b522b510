#pragma once

// JSON Patch (RFC 6902), with JSON Pointers (RFC 6901). No pointer may lead through `__proto__`,
// `constructor` or `prototype`: such a patch is made to harm. As names within values they are data.

#include <openline/state/problem.hpp>
#include <openline/state/tree_edit.hpp>

#include <cstddef>
#include <optional>
#include <string_view>

namespace openline {

/// What one patch may cost: bytes of text that it counts or compares, and of elements that it moves
/// up or down (16 million of them). That is less than half a second, and far more than an honest
/// patch needs.
inline constexpr std::size_t patch_effort_max = 268'435'456;

/// `patch` is the text of one. After each operation the document must be no larger than `bytes_max`
/// and no deeper than json_depth_max; `copy` may add no more than `bytes_max` in all. `at` of a
/// fault is the byte at which the operation begins. The steps up to it have been done: take them
/// back.
[[nodiscard]] std::optional<StateFault> apply_json_patch(TreeEdit& edit, std::string_view patch,
                                                         std::size_t bytes_max);

}  // namespace openline
