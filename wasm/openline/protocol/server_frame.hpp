#pragma once

// The text frames that a server sends, as values with the names of PROTOCOL.md. Limits and shapes
// are checked here; what a frame means for a stream or a message is up to others.

#include <openline/base/position.hpp>
#include <openline/base/time.hpp>
#include <openline/protocol/frame_fault.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace openline {

struct SubscribeAnswer {
  std::string stream;
  bool is_granted = false;

  // Granted.
  bool recovered = false;
  std::uint64_t index = 0;
  Position top;

  // Denied.
  std::uint16_t code = 0;
  bool is_unasked = false;  // no answer: a subscription that was granted has ended
  std::string text;

  friend bool operator==(const SubscribeAnswer&, const SubscribeAnswer&) = default;
};

struct Welcome {
  Duration hb;
  Duration idle;          // longer than hb
  std::uint64_t max = 0;  // bytes of a frame of the client
  std::uint64_t win = 0;  // messages without an ack
  std::uint64_t ack = 0;
  std::vector<SubscribeAnswer> s;
  friend bool operator==(const Welcome&, const Welcome&) = default;
};

struct Ack {
  std::uint64_t seq = 0;
  friend constexpr bool operator==(const Ack&, const Ack&) = default;
};

struct Nack {
  std::uint64_t seq = 0;
  std::uint16_t code = 0;
  std::string text;
  friend bool operator==(const Nack&, const Nack&) = default;
};

struct Reply {
  std::uint64_t seq = 0;
  std::string value;  // JSON, as it came
  friend bool operator==(const Reply&, const Reply&) = default;
};

struct Subscribed {
  SubscribeAnswer answer;
  friend bool operator==(const Subscribed&, const Subscribed&) = default;
};

struct Resync {
  std::uint64_t index = 0;
  Position top;
  friend bool operator==(const Resync&, const Resync&) = default;
};

struct Goaway {
  std::uint16_t code = 0;
  std::string reason;
  Duration after;
  Duration spread;
  friend bool operator==(const Goaway&, const Goaway&) = default;
};

struct HeartbeatFrame {
  std::uint64_t ack = 0;
  friend constexpr bool operator==(const HeartbeatFrame&, const HeartbeatFrame&) = default;
};

/// Of a later version: to be ignored.
struct UnknownFrame {
  std::uint64_t opcode = 0;
  friend constexpr bool operator==(const UnknownFrame&, const UnknownFrame&) = default;
};

using ServerFrame = std::variant<Welcome, Ack, Nack, Reply, Subscribed, Resync, Goaway,
                                 HeartbeatFrame, UnknownFrame>;

/// Nothing: `frame` is what the text says. The whole text must be one JSON value, whatever of it is
/// ignored. `text` may end after that.
[[nodiscard]] std::optional<FrameFault> read_server_frame(std::string_view text,
                                                          ServerFrame& frame);

}  // namespace openline
