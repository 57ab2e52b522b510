#pragma once

// Position: how far a stream is known, everything up to this offset. Offsets of different epochs
// cannot be compared.

#include <cstdint>
#include <string>

namespace openline {

struct Position {
  std::string epoch;
  std::uint64_t offset = 0;
  friend bool operator==(const Position&, const Position&) = default;
};

}  // namespace openline
