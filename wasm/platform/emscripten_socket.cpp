#include <platform/emscripten_socket.hpp>

#include <openline/base/assert.hpp>

#include <bindings/openline_abi.h>
#include <platform/js_library.h>
#include <emscripten/websocket.h>

#include <string>

namespace openline {
namespace {

// bool since 3.1.6x, EM_BOOL (int) before: both are what this returns.
using Handled = EM_BOOL;

EmscriptenSocket& port_of(void* user_data) { return *static_cast<EmscriptenSocket*>(user_data); }

/// The amount is an unsigned long long in 3.1.6 and a size_t in 3.1.69.
template <class Amount>
double amount_of(EMSCRIPTEN_RESULT (*ask)(EMSCRIPTEN_WEBSOCKET_T, Amount*), int id) {
  Amount amount = 0;
  ask(id, &amount);
  return static_cast<double>(amount);
}

Handled on_open(int /*type*/, const EmscriptenWebSocketOpenEvent* /*event*/, void* user_data) {
  const EmscriptenSocket& port = port_of(user_data);
  ol_line_socket_opened(port.line().value, port.socket().value);
  ol_js_wake_soon(port.line().value);
  return EM_TRUE;
}

Handled on_error(int /*type*/, const EmscriptenWebSocketErrorEvent* /*event*/, void* user_data) {
  const EmscriptenSocket& port = port_of(user_data);
  ol_line_socket_errored(port.line().value, port.socket().value);
  ol_js_wake_soon(port.line().value);
  return EM_TRUE;
}

Handled on_close(int /*type*/, const EmscriptenWebSocketCloseEvent* event, void* user_data) {
  EmscriptenSocket& port = port_of(user_data);
  const ol_close_event close{event->code, event->wasClean ? 1U : 0U, event->reason};
  ol_line_socket_closed(port.line().value, port.socket().value, &close);
  port.forget();
  ol_js_wake_soon(port.line().value);
  return EM_TRUE;
}

}  // namespace

bool EmscriptenSocket::open(SocketId socket, const SocketRequest& request) {
  OL_ASSERT(id_ == 0);
  EmscriptenWebSocketCreateAttributes attributes{
      request.url.c_str(), request.protocols.empty() ? nullptr : request.protocols.c_str(),
      EM_TRUE};
  id_ = ol_js_socket_open(line_.value, socket.value, &attributes,
                          request.binary_type == BinaryType::arraybuffer ? 1 : 0);
  if (id_ <= 0) {
    id_ = 0;
    return false;
  }
  socket_ = socket;
  emscripten_websocket_set_onopen_callback(id_, this, on_open);
  emscripten_websocket_set_onerror_callback(id_, this, on_error);
  emscripten_websocket_set_onclose_callback(id_, this, on_close);
  return true;
}

SendOutcome EmscriptenSocket::send(SocketId socket, Handle value) {
  if (!is_live(socket)) {
    return SendOutcome::not_open;
  }
  return static_cast<SendOutcome>(ol_js_socket_send(line_.value, id_, value.value));
}

SendOutcome EmscriptenSocket::send_text(SocketId socket, const TextParts& parts) {
  if (!is_live(socket)) {
    return SendOutcome::not_open;
  }
  const ol_text_parts text{parts.head.data(), static_cast<uint32_t>(parts.head.size()),
                           parts.tail.data(), static_cast<uint32_t>(parts.tail.size()),
                           parts.value.value};
  return static_cast<SendOutcome>(ol_js_socket_send_text(line_.value, id_, &text));
}

void EmscriptenSocket::close(SocketId socket, std::uint16_t code, std::string_view reason) {
  if (is_live(socket)) {
    const std::string text{reason};
    ol_js_socket_close(id_, code, text.empty() ? nullptr : text.c_str());
  }
}

void EmscriptenSocket::discard(SocketId socket) {
  if (is_live(socket)) {
    ol_js_socket_discard(id_);
    id_ = 0;
  }
}

void EmscriptenSocket::set_binary_type(SocketId socket, BinaryType type) {
  if (is_live(socket)) {
    ol_js_socket_binary_type(id_, type == BinaryType::arraybuffer ? 1 : 0);
  }
}

double EmscriptenSocket::buffered_amount(SocketId socket) {
  return is_live(socket) ? amount_of(emscripten_websocket_get_buffered_amount, id_) : 0;
}

void EmscriptenSocket::forget() {
  ol_js_socket_delete(id_);
  id_ = 0;
}

}  // namespace openline
