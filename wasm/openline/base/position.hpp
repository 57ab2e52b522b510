#pragma once

// Position: how far a stream is known, everything up to this offset. Offsets of different epochs
// cannot be compared.

#include <cstdint>
#include <string>
#include <string_view>

namespace openline {

struct Position {
  std::string epoch;
  std::uint64_t offset = 0;
  friend bool operator==(const Position&, const Position&) = default;
};

/// The same where the epoch is kept by somebody else.
struct PositionView {
  std::string_view epoch;
  std::uint64_t offset = 0;
  friend constexpr bool operator==(const PositionView&, const PositionView&) = default;
};

}  // namespace openline
