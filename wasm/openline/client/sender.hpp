#pragma once

// Sender: the way out. It decides at once whether a message is sent, waits or is refused, and keeps
// the order of those that wait. What the application hears of it is in the reports. On a line that
// speaks openline.1 what leaves goes through a Delivery.

#include <openline/base/ids.hpp>
#include <openline/base/time.hpp>
#include <openline/client/delivery.hpp>
#include <openline/client/flush_pace.hpp>
#include <openline/client/reports.hpp>
#include <openline/connection/state.hpp>
#include <openline/outbox/outbox.hpp>
#include <openline/ports/socket_port.hpp>

#include <cstdint>
#include <optional>

namespace openline {

/// How large a message is. Counting the UTF-8 bytes of a text means walking it, so the host does
/// that only when asked to: `units` (UTF-16 code units, or bytes of a binary) is free and never
/// more.
struct MessageSize {
  std::uint64_t units = 0;
  bool is_exact = false;  // units are the payload's bytes
};

struct OutgoingMessage {
  Handle value;
  MessageSize size;
};

/// Since when a message has waited, and what time it is.
struct Age {
  Instant since;
  Instant now;
};

struct SenderLimits {
  OutboxLimits outbox;
  std::uint64_t message_bytes_max = 67'108'864;
  friend constexpr bool operator==(const SenderLimits&, const SenderLimits&) = default;
};

enum class SendResult : std::uint8_t {
  sent,
  queued,
  measure,  // it would wait: call again with the exact size. Nothing has changed
  refused_too_large,
  refused_queue_messages,
  refused_queue_bytes,
  refused_closed,
  refused_failed,
  refused_unsendable,
};

class Sender {
 public:
  /// What it has to tell goes into `reports`, which outlives it.
  Sender(SocketPort& sockets, Reports& reports, const SenderLimits& limits)
      : sockets_{sockets},
        reports_{reports},
        message_bytes_max_{limits.message_bytes_max},
        outbox_{limits.outbox} {}

  /// Takes the value over unless it is refused or must be measured.
  [[nodiscard]] SendResult send(const ConnectionState& state, const OutgoingMessage& message,
                                Instant now);
  /// Takes over a message of known size that has waited with the host.
  [[nodiscard]] SendResult adopt(const ConnectionState& state, const OutgoingMessage& message,
                                 Age age);
  /// Hands over what waits, oldest first, until the socket is full or no longer open.
  void flush(SocketId socket, Instant now);
  /// Hands over what a full socket has kept waiting: it is about to close.
  void flush_held(const ConnectionState& state, Instant now);
  /// Lets go what has waited for too long.
  void drop_expired(Instant now);
  /// The application closed the line: nothing waits any more.
  void drop_all();

  /// From now on what leaves is numbered, and kept until it is settled.
  Delivery& keep_until_settled() { return delivery_.emplace(sockets_, reports_); }

  /// When the oldest message will have waited for too long.
  [[nodiscard]] Instant next_expiry() const {
    return outbox_.is_empty() ? Instant::never() : outbox_.front().expires_at;
  }
  /// When a flush may find room in a socket that was full.
  [[nodiscard]] Instant next_flush(SocketId socket) const {
    return outbox_.is_empty() ? Instant::never() : pace_.next_look(socket);
  }
  [[nodiscard]] const Outbox& outbox() const { return outbox_; }

 private:
  [[nodiscard]] SendResult hand_over(SocketId socket, const OutgoingMessage& message, Instant now);
  [[nodiscard]] SendResult follow(SendOutcome outcome, const OutgoingMessage& message, Instant now);
  [[nodiscard]] SendResult enqueue(const OutgoingMessage& message, Age age);
  /// True: the socket is full, and more waits.
  bool hand_over_waiting(SocketId socket, std::uint64_t room);
  [[nodiscard]] bool send_oldest(SocketId socket);
  void make_room(std::uint64_t bytes);
  void drop_oldest(DropCause cause);

  SocketPort& sockets_;
  Reports& reports_;
  std::uint64_t message_bytes_max_;
  Outbox outbox_;
  FlushPace pace_;
  bool is_flushing_ = false;
  std::optional<Delivery> delivery_;
};

}  // namespace openline
