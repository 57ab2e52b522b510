// What the host tells of sockets.

#include <bindings/openline_abi.h>

#include <bindings/line_table.hpp>
#include <openline/client/client.hpp>

#include <cstdint>

using openline::Line;

namespace {

Line* find(uint32_t id) { return openline::lines().find({id}); }

}  // namespace

void ol_line_socket_opened(uint32_t line, uint32_t socket) {
  if (const Line* found = find(line)) {
    found->client->socket_opened({socket});
  }
}

void ol_line_socket_message(uint32_t line, uint32_t socket, uint32_t handle) {
  if (const Line* found = find(line)) {
    found->client->socket_message({socket}, {handle});
  }
}

void ol_line_socket_errored(uint32_t line, uint32_t socket) {
  if (const Line* found = find(line)) {
    found->client->socket_errored({socket});
  }
}

void ol_line_socket_closed(uint32_t line, uint32_t socket, const ol_close_event* event) {
  if (const Line* found = find(line)) {
    const auto code = static_cast<openline::CloseCode>(event->code);
    found->client->socket_closed({socket}, {code, event->was_clean != 0, event->reason});
  }
}

void ol_line_replied(uint32_t line, uint32_t socket) {
  if (const Line* found = find(line)) {
    found->client->socket_replied({socket});
  }
}

void ol_line_ping_sent(uint32_t line, uint32_t socket) {
  if (const Line* found = find(line)) {
    found->client->ping_sent({socket});
  }
}
