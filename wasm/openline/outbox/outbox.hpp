#pragma once

// Outbox: messages that wait for the line, first in, first out, bounded by count and by bytes. It
// orders handles; the values themselves stay with the host. What does not fit is refused.

#include <openline/base/bounded_queue.hpp>
#include <openline/base/ids.hpp>
#include <openline/base/result.hpp>

#include <cstddef>
#include <cstdint>

namespace openline {

struct OutboxLimits {
  std::size_t messages_max = 1'000;
  std::uint64_t bytes_max = 1'048'576;  // payload bytes, text as UTF-8; 1 MiB
  friend constexpr bool operator==(const OutboxLimits&, const OutboxLimits&) = default;
};

struct OutboxMessage {
  Handle value;
  std::uint64_t bytes = 0;
  friend constexpr bool operator==(const OutboxMessage&, const OutboxMessage&) = default;
};

enum class OutboxFull : std::uint8_t { messages, bytes };

class Outbox {
 public:
  explicit Outbox(const OutboxLimits& limits)
      : bytes_max_{limits.bytes_max}, messages_{limits.messages_max} {}

  Result<Success, OutboxFull> push(const OutboxMessage& message);
  [[nodiscard]] const OutboxMessage& front() const { return messages_.front(); }
  OutboxMessage pop();

  [[nodiscard]] bool is_empty() const { return messages_.is_empty(); }
  [[nodiscard]] std::size_t size() const { return messages_.size(); }
  [[nodiscard]] std::uint64_t bytes() const { return bytes_; }

 private:
  std::uint64_t bytes_max_;
  std::uint64_t bytes_ = 0;
  BoundedQueue<OutboxMessage> messages_;
};

}  // namespace openline
