#pragma once

// Sender: the way out. It decides at once whether a message is sent, waits or is refused, and keeps
// the order of those that wait. What the application hears of it is in the reports.

#include <openline/base/ids.hpp>
#include <openline/client/report.hpp>
#include <openline/connection/state.hpp>
#include <openline/outbox/outbox.hpp>
#include <openline/ports/socket_port.hpp>

#include <cstdint>
#include <vector>

namespace openline {

/// How large a message is. Counting the UTF-8 bytes of a text means walking it, so the host does
/// that only when asked to: `units` (UTF-16 code units, or bytes of a binary) is free and never
/// more.
struct MessageSize {
  std::uint64_t units = 0;
  bool is_exact = false;  // units are the payload's bytes
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
  Sender(SocketPort& sockets, const OutboxLimits& limits, std::uint64_t message_bytes_max)
      : sockets_{sockets}, message_bytes_max_{message_bytes_max}, outbox_{limits} {}

  /// Takes the value over unless it is refused or must be measured.
  [[nodiscard]] SendResult send(const ConnectionState& state, Handle value,
                                const MessageSize& size);
  /// Hands over what waits, oldest first, until the socket is no longer open.
  void flush(SocketId socket, std::vector<Report>& reports);
  /// The application closed the line: nothing waits any more.
  void drop_all(std::vector<Report>& reports);

  [[nodiscard]] const Outbox& outbox() const { return outbox_; }

 private:
  [[nodiscard]] SendResult hand_over(SocketId socket, Handle value, const MessageSize& size);
  [[nodiscard]] SendResult enqueue(Handle value, const MessageSize& size);

  SocketPort& sockets_;
  std::uint64_t message_bytes_max_;
  Outbox outbox_;
};

}  // namespace openline
