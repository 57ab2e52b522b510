#pragma once

// What a close code says about the next attempt. Codes: RFC 6455 section 7.4, the IANA registry of
// WebSocket close codes, and our own 44xx and 45xx (4000 to 4999 are private use).

#include <cstdint>

namespace openline {

using CloseCode = std::uint16_t;

inline constexpr CloseCode close_none = 0;  // close() without a code
inline constexpr CloseCode close_normal = 1000;
inline constexpr CloseCode close_abnormal = 1006;  // never on the wire: the connection just ended
inline constexpr CloseCode close_malformed = 4400;

/// May another attempt help?
enum class CloseMeaning : std::uint8_t {
  retry,         // the network or an error: come back after the backoff
  restarting,    // all clients are told to go at once: come back, but not all together
  overloaded,    // the server asks for time: come back later than usual
  unauthorized,  // these credentials are no longer good: others may be
  forbidden,     // these credentials will be refused again
  rejected,      // this client or its messages will be refused again
};

[[nodiscard]] CloseMeaning close_meaning(CloseCode code);

}  // namespace openline
