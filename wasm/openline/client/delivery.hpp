#pragma once

// Delivery: messages of a line that speaks openline.1, from the first socket that takes them until
// the server has settled them. It numbers them, and gives what is not settled to the next
// connection again, in order. What waits before that is the sender's.

#include <openline/base/ids.hpp>
#include <openline/client/reports.hpp>
#include <openline/outbox/outbox.hpp>
#include <openline/outbox/unacked.hpp>
#include <openline/ports/socket_port.hpp>

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace openline {

/// What the server allows on a connection (WELCOME).
struct DeliveryTerms {
  std::uint64_t ack = 0;  // settled up to here
  std::uint64_t frame_bytes_max = 0;
  std::uint64_t window = 1;  // messages that may be unacknowledged
};

class Delivery {
 public:
  /// What it has to tell goes into `reports`; both outlive it.
  Delivery(SocketPort& sockets, Reports& reports) : sockets_{sockets}, reports_{reports} {}

  /// Nothing leaves before the server has welcomed a connection, nor once it is going.
  void hold() { is_held_ = true; }
  /// Welcomed: what is not settled leaves again. False, and nothing sent, when the server settles
  /// what was never sent.
  [[nodiscard]] bool resume(SocketId socket, const DeliveryTerms& terms);
  /// What was not settled on an earlier connection leaves, as far as the window allows.
  void send_again(SocketId socket);
  /// Gives the next message to the socket. `sent`: it need not wait any longer; one that is larger
  /// than a frame may be is settled instead. `not_open`: it has to wait.
  [[nodiscard]] SendOutcome give(SocketId socket, const OutboxMessage& message);

  /// Everything up to `seq` is settled. False, and nothing changed, when it was never sent.
  [[nodiscard]] bool settle(std::uint64_t seq);
  /// The server rejects the message `seq`; those before it are settled. False as above.
  [[nodiscard]] bool reject(std::uint64_t seq, std::uint32_t code, std::string_view text);
  void reply(std::uint64_t seq, std::string_view json);
  /// What is under way is reported as unknown, and numbers begin anew. True if there was any.
  bool give_up();

  /// The first message that is not settled.
  [[nodiscard]] std::uint64_t first_seq() const { return unacked_.first_seq(); }
  /// The last ack received: all up to it are settled.
  [[nodiscard]] std::uint64_t ack() const { return first_seq() - 1; }
  [[nodiscard]] const Unacked& unacked() const { return unacked_; }

 private:
  [[nodiscard]] SendOutcome send(SocketId socket, std::uint64_t seq, Handle value);
  void settle_oldest(Settlement how, std::uint32_t code, std::string_view text);

  SocketPort& sockets_;
  Reports& reports_;
  Unacked unacked_;
  std::uint64_t frame_bytes_max_ = 0;
  std::size_t sent_here_ = 0;  // how many of those that are not settled, on this connection
  bool is_held_ = true;
};

}  // namespace openline
