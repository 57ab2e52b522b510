#pragma once

// Integers that must not be mixed up. Zero is "none" in each of them.

#include <cstdint>

namespace openline {

/// One attempt to connect and the socket that may come of it. Never used twice on a line.
struct SocketId {
  std::uint32_t value = 0;
  [[nodiscard]] constexpr SocketId next() const { return {value + 1}; }
  friend constexpr bool operator==(SocketId, SocketId) = default;
};

/// A JavaScript value that is only passing through: a row of the host's handle table.
struct Handle {
  std::uint32_t value = 0;
  friend constexpr bool operator==(Handle, Handle) = default;
};

/// A subscription to a stream of a line. Never used twice on it.
struct StreamId {
  std::uint32_t value = 0;
  friend constexpr bool operator==(StreamId, StreamId) = default;
};

/// One line of this module.
struct LineId {
  std::uint32_t value = 0;
  friend constexpr bool operator==(LineId, LineId) = default;
};

}  // namespace openline
