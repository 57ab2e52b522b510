#pragma once

// SocketPort: what the core asks of a WebSocket. What the socket has to say comes back as events
// that bear the SocketId, queued and never delivered from within one of these calls.

#include <openline/base/ids.hpp>

#include <cstdint>
#include <string>
#include <string_view>

namespace openline {

/// WHATWG WebSocket `binaryType`.
enum class BinaryType : std::uint8_t { blob, arraybuffer };

struct SocketRequest {
  std::string url;        // absolute, ws: or wss:, UTF-8
  std::string protocols;  // subprotocols joined by commas; empty for none
  BinaryType binary_type = BinaryType::blob;
};

enum class SendOutcome : std::uint8_t {
  sent,      // the socket took it; the handle is free again
  not_open,  // the socket is no longer open: keep the message, the close event is on its way
  failed,    // the platform refused this value for ever (out of memory, detached buffer)
};

struct TextParts {
  std::string_view head;  // UTF-8
  Handle value;
  std::string_view tail;
};

class SocketPort {
 public:
  SocketPort() = default;
  SocketPort(const SocketPort&) = delete;
  SocketPort& operator=(const SocketPort&) = delete;
  virtual ~SocketPort() = default;

  /// False when the platform refuses the request itself (bad URL, mixed content, bad subprotocol).
  [[nodiscard]] virtual bool open(SocketId socket, const SocketRequest& request) = 0;
  [[nodiscard]] virtual SendOutcome send(SocketId socket, Handle value) = 0;
  /// Sends one text message: `head`, the text that the handle stands for (if it is one) and `tail`.
  /// The handle is not freed.
  [[nodiscard]] virtual SendOutcome send_text(SocketId socket, const TextParts& parts) = 0;
  /// Starts the closing handshake; the close event follows, if the network lets it. Code 0 is "none
  /// given". Code and reason have been checked (WHATWG WebSocket, close()).
  virtual void close(SocketId socket, std::uint16_t code, std::string_view reason) = 0;
  /// Closes and forgets: no event of this socket arrives afterwards.
  virtual void discard(SocketId socket) = 0;
  virtual void set_binary_type(SocketId socket, BinaryType type) = 0;
  /// Bytes that the socket took and the network did not yet.
  [[nodiscard]] virtual double buffered_amount(SocketId socket) = 0;
};

}  // namespace openline
