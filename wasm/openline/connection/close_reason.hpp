#pragma once

// What a server may say in the reason of a close frame: {"retryAfterMs":n}, when to come back. Any
// other reason is text for people.

#include <openline/base/time.hpp>

#include <optional>
#include <string_view>

namespace openline {

/// Longer than this a server cannot keep its clients away; more is cut down to it.
inline constexpr Duration retry_after_max = Duration::seconds(300);

/// The member `retryAfterMs`, a number without sign and exponent, of a reason that is a flat JSON
/// object (its other members may be strings, numbers, true, false and null). Nothing for anything
/// else: not even a bad reason is an error.
[[nodiscard]] std::optional<Duration> retry_after_in(std::string_view reason);

}  // namespace openline
