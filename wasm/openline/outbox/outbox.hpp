#pragma once

// Outbox: messages that wait for the line, first in, first out, bounded by count, by bytes and by
// time. It orders handles; the values themselves stay with the host. What does not fit it refuses.

#include <openline/base/bounded_queue.hpp>
#include <openline/base/ids.hpp>
#include <openline/base/result.hpp>
#include <openline/base/time.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>

namespace openline {

/// What happens to a message that finds the outbox full.
enum class Overflow : std::uint8_t {
  refuse,
  drop_oldest,  // the oldest make room
  drop_newest,  // refused as well; the host reports it as dropped, too
};

struct OutboxLimits {
  std::size_t messages_max = 1'000;
  std::uint64_t bytes_max = 1'048'576;  // payload bytes, text as UTF-8; 1 MiB
  Duration ttl = Duration::forever();   // how long a message may wait
  Overflow overflow = Overflow::refuse;
  friend constexpr bool operator==(const OutboxLimits&, const OutboxLimits&) = default;
};

struct OutboxMessage {
  Handle value;
  std::uint64_t bytes = 0;
  Instant expires_at = Instant::never();
  friend constexpr bool operator==(const OutboxMessage&, const OutboxMessage&) = default;
};

enum class OutboxFull : std::uint8_t { messages, bytes };

class Outbox {
 public:
  explicit Outbox(const OutboxLimits& limits) : limits_{limits}, messages_{limits.messages_max} {}

  [[nodiscard]] const OutboxLimits& limits() const { return limits_; }
  /// Would it fit if nothing else waited?
  [[nodiscard]] bool can_ever_hold(std::uint64_t bytes) const {
    return limits_.messages_max > 0 && bytes <= limits_.bytes_max;
  }
  /// What stands in the way of a message of so many bytes now; nothing if it fits.
  [[nodiscard]] std::optional<OutboxFull> fullness(std::uint64_t bytes) const;

  Result<Success, OutboxFull> push(const OutboxMessage& message);
  [[nodiscard]] const OutboxMessage& front() const { return messages_.front(); }
  OutboxMessage pop();

  [[nodiscard]] bool is_empty() const { return messages_.is_empty(); }
  [[nodiscard]] std::size_t size() const { return messages_.size(); }
  [[nodiscard]] std::uint64_t bytes() const { return bytes_; }

 private:
  OutboxLimits limits_;
  std::uint64_t bytes_ = 0;
  BoundedQueue<OutboxMessage> messages_;
};

}  // namespace openline
