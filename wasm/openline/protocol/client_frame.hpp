#pragma once

// The text frames that a client sends. Names, epochs and numbers are within protocol/limits.hpp:
// whoever takes them from outside has checked them.

#include <openline/base/position.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace openline {

struct StreamRequest {
  std::string stream;
  std::optional<Position> position;  // what came after it is wanted; none: from now on
};

struct Hello {
  std::string frame;
  std::size_t streams_written = 0;  // the first ones; for the others a SUBSCRIBE each is left
};

/// `n` is the first seq that is not settled. As many streams as fit `hello_bytes_max`.
[[nodiscard]] Hello hello(std::string_view client_id, std::uint64_t n,
                          std::span<const StreamRequest> streams);

[[nodiscard]] std::string subscribe(const StreamRequest& request);
[[nodiscard]] std::string unsubscribe(std::string_view stream);
[[nodiscard]] std::string recover(std::uint64_t index, const Position& after);
[[nodiscard]] std::string heartbeat(std::uint64_t ack, bool wants_answer);

/// A message is this, its stream and its payload as JSON with a comma between them, and the tail.
[[nodiscard]] std::string message_head(std::uint64_t seq);
inline constexpr std::string_view message_tail = "]";

}  // namespace openline
