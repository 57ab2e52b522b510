#pragma once

// EmscriptenSocket: SocketPort on Emscripten's WebSocket API. One live socket at a time; messages
// move by handle through library_openline.js.

#include <openline/base/ids.hpp>
#include <openline/ports/socket_port.hpp>

#include <cstdint>
#include <string_view>

namespace openline {

class EmscriptenSocket final : public SocketPort {
 public:
  explicit EmscriptenSocket(LineId line) : line_{line} {}

  bool open(SocketId socket, const SocketRequest& request) override;
  SendOutcome send(SocketId socket, Handle value) override;
  SendOutcome send_text(SocketId socket, const TextParts& parts) override;
  void close(SocketId socket, std::uint16_t code, std::string_view reason) override;
  void discard(SocketId socket) override;
  void set_binary_type(SocketId socket, BinaryType type) override;
  double buffered_amount(SocketId socket) override;

  // For the callbacks of Emscripten, which know their socket by Emscripten's id.
  [[nodiscard]] LineId line() const { return line_; }
  [[nodiscard]] SocketId socket() const { return socket_; }
  void forget();

 private:
  [[nodiscard]] bool is_live(SocketId socket) const { return id_ > 0 && socket_ == socket; }

  LineId line_;
  SocketId socket_;
  int id_ = 0;  // Emscripten's
};

}  // namespace openline
