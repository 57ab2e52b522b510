#pragma once

// The frames of PROTOCOL.md as the simulated server writes and reads them: on its own, so that a
// mistake of wasm/openline/protocol has to be made twice to go unseen.

#include <nlohmann/json.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace openline::conversation {

using Json = nlohmann::json;

/// The publications `first` to `last` of the subscription `index`.
struct BatchRun {
  std::uint64_t index = 0;
  std::uint64_t first = 0;
  std::uint64_t last = 0;
  std::vector<std::string> payloads;
};

[[nodiscard]] std::string write_batch(const std::vector<BatchRun>& runs);
/// Nothing for a frame that is malformed.
[[nodiscard]] std::optional<std::vector<BatchRun>> read_batch(std::string_view frame);
/// A control frame; null for what is none.
[[nodiscard]] Json read_control(std::string_view text);

enum class ToServer : std::uint8_t {
  hello = 1,
  message = 2,
  subscribe = 5,
  unsubscribe = 6,
  recover = 7,
  heartbeat = 9,
};
enum class ToClient : std::uint8_t {
  welcome = 1,
  ack = 3,
  nack = 4,
  subscribed = 5,
  resync = 6,
  goaway = 8,
  heartbeat = 9,
  reply = 10,
};

template <class Opcode>
[[nodiscard]] bool is(const Json& frame, Opcode opcode) {
  return frame.is_array() && !frame.empty() && frame[0].is_number_unsigned() &&
         frame[0] == static_cast<std::uint64_t>(opcode);
}

}  // namespace openline::conversation
