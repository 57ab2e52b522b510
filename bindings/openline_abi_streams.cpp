// The part of the ABI that lines use which speak openline.1.

#include <bindings/openline_abi.h>

#include <bindings/argument.hpp>
#include <bindings/frame_buffer.hpp>
#include <bindings/line_table.hpp>
#include <openline/base/position.hpp>
#include <openline/client/client.hpp>

#include <cstdint>
#include <string>
#include <utility>

using openline::Line;

namespace {

Line* find(uint32_t id) { return openline::lines().find({id}); }

openline::Speech* find_speech(const Line* line) {
  return line == nullptr ? nullptr : line->client->speech();
}

}  // namespace

void ol_line_start_after(uint32_t line, const char* epoch, uint32_t epoch_size, double offset) {
  if (Line* found = find(line)) {
    found->start_after =
        openline::Position{openline::text_of(epoch, epoch_size), openline::count_of(offset)};
  }
}

uint32_t ol_line_subscribe(uint32_t line, const char* name, uint32_t name_size) {
  Line* found = find(line);
  openline::Speech* speech = find_speech(found);
  if (speech == nullptr) {
    return 0;
  }
  const auto stream =
      speech->subscribe(openline::text_of(name, name_size), std::exchange(found->start_after, {}));
  return stream ? stream->value : 0;
}

void ol_line_resubscribe(uint32_t line, uint32_t stream) {
  Line* found = find(line);
  if (openline::Speech* speech = find_speech(found)) {
    speech->resubscribe({stream}, std::exchange(found->start_after, {}));
  }
}

void ol_line_unsubscribe(uint32_t line, uint32_t stream) {
  if (openline::Speech* speech = find_speech(find(line))) {
    speech->unsubscribe({stream});
  }
}

void ol_line_socket_frame(uint32_t line, uint32_t socket, uint32_t frame, uint32_t size) {
  std::string bytes = openline::take_frame(size);
  if (const Line* found = find(line)) {
    found->client->socket_frame({socket}, {{frame}, std::move(bytes)});
  }
}

void ol_line_socket_unspoken(uint32_t line, uint32_t socket) {
  if (const Line* found = find(line)) {
    found->client->socket_unspoken({socket});
  }
}
