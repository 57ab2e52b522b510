#pragma once

#include <cstdint>

namespace openline {

/// What of a state crosses with each delta; bits.
enum : std::uint32_t { observe_values = 1, observe_keys = 2 };

}  // namespace openline
