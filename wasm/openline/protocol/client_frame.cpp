#include <openline/protocol/client_frame.hpp>

#include <openline/json/writer.hpp>
#include <openline/protocol/limits.hpp>

namespace openline {
namespace {

void append_position(std::string& out, const Position& position) {
  append_json_string(out, position.epoch);
  out += ',';
  append_json_integer(out, position.offset);
}

/// The stream and where from, without the brackets around them.
void append_request(std::string& out, const StreamRequest& request) {
  append_json_string(out, request.stream);
  if (!request.position) {
    out += ",null";
    return;
  }
  out += ",[";
  append_position(out, *request.position);
  out += ']';
}

}  // namespace

Hello hello(std::string_view client_id, std::uint64_t n, std::span<const StreamRequest> streams) {
  constexpr std::string_view tail = "]}]";
  Hello hello;
  std::string& frame = hello.frame;
  frame = "[1,{\"v\":";
  append_json_integer(frame, protocol_version);
  frame += ",\"c\":";
  append_json_string(frame, client_id);
  frame += ",\"n\":";
  append_json_integer(frame, n);
  frame += ",\"s\":[";
  for (const StreamRequest& request : streams) {
    const std::size_t before = frame.size();
    frame += hello.streams_written > 0 ? ",[" : "[";
    append_request(frame, request);
    frame += ']';
    if (frame.size() + tail.size() > hello_bytes_max) {
      frame.resize(before);
      break;
    }
    ++hello.streams_written;
  }
  frame += tail;
  return hello;
}

std::string subscribe(const StreamRequest& request) {
  std::string frame = "[5,";
  append_request(frame, request);
  frame += ']';
  return frame;
}

std::string unsubscribe(std::string_view stream) {
  std::string frame = "[6,";
  append_json_string(frame, stream);
  frame += ']';
  return frame;
}

std::string recover(std::uint64_t index, const Position& after) {
  std::string frame = "[7,";
  append_json_integer(frame, index);
  frame += ',';
  append_position(frame, after);
  frame += ']';
  return frame;
}

std::string heartbeat(std::uint64_t ack, bool wants_answer) {
  std::string frame = "[9,";
  append_json_integer(frame, ack);
  frame += wants_answer ? ",1]" : "]";
  return frame;
}

std::string message_head(std::uint64_t seq) {
  std::string frame = "[2,";
  append_json_integer(frame, seq);
  frame += ',';
  return frame;
}

}  // namespace openline
