#pragma once

// Unacked: messages that were given to a socket under a number and are not settled yet. They are
// kept in order, to be given to the next socket as well. It knows no socket itself.

#include <openline/base/assert.hpp>
#include <openline/base/ids.hpp>
#include <openline/base/ring.hpp>

#include <algorithm>
#include <cstdint>

namespace openline {

struct SentMessage {
  std::uint64_t seq = 0;
  Handle value;
  std::uint64_t bytes = 0;
  friend constexpr bool operator==(const SentMessage&, const SentMessage&) = default;
};

class Unacked {
 public:
  /// What may be under way at once, whatever the server allows; a single message may be larger.
  static constexpr std::uint64_t bytes_max = 262'144;

  /// How many messages the server lets be under way.
  void set_window(std::uint64_t messages_max) { messages_max_ = messages_max; }
  [[nodiscard]] bool has_room(std::uint64_t bytes) const {
    return messages_.is_empty() ||
           (messages_.size() < messages_max_ && bytes <= bytes_max - std::min(bytes_, bytes_max));
  }
  /// May so many messages be under way?
  [[nodiscard]] bool allows(std::uint64_t count) const { return count <= messages_max_; }
  [[nodiscard]] std::uint64_t next_seq() const { return first_seq_ + messages_.size(); }
  /// The first one that is not settled; what comes next if all are.
  [[nodiscard]] std::uint64_t first_seq() const { return first_seq_; }

  /// The message has left under next_seq().
  void push(Handle value, std::uint64_t bytes) {
    messages_.push({next_seq(), value, bytes});
    bytes_ += bytes;
  }
  /// The oldest one is settled.
  SentMessage pop() {
    const SentMessage message = messages_.pop();
    bytes_ -= message.bytes;
    first_seq_ += 1;
    return message;
  }
  /// Begins to count anew, under another client id; nothing is under way.
  void restart() {
    OL_ASSERT(messages_.is_empty());
    first_seq_ = 1;
  }

  [[nodiscard]] const Ring<SentMessage>& messages() const { return messages_; }
  [[nodiscard]] bool is_empty() const { return messages_.is_empty(); }
  [[nodiscard]] std::uint64_t bytes() const { return bytes_; }

 private:
  std::uint64_t messages_max_ = 1;
  std::uint64_t first_seq_ = 1;
  std::uint64_t bytes_ = 0;
  Ring<SentMessage> messages_;
};

}  // namespace openline
