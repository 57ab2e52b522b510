#include <bindings/frame_buffer.hpp>

#include <bindings/openline_abi.h>

#include <cstddef>
#include <utility>

namespace openline {
namespace {

/// More than a message usually has; the room of a larger one is given back with the next.
constexpr std::size_t kept_bytes_max = 65'536;

std::string& buffer() {
  static std::string bytes;
  return bytes;
}

}  // namespace

std::string_view frame_text(std::uint32_t size) {
  return std::string_view{buffer()}.substr(0, size);
}

std::string take_frame(std::uint32_t size) {
  buffer().resize(size);
  return std::exchange(buffer(), {});
}

}  // namespace openline

char* ol_frame_buffer(uint32_t size) {
  std::string& bytes = openline::buffer();
  if (bytes.capacity() > openline::kept_bytes_max) {
    std::string{}.swap(bytes);  // `= {}` assigns a list of no letters, and keeps the room
  }
  // Never smaller: growing writes zeros, which would cost as much as the text itself.
  if (bytes.size() < size) {
    bytes.resize(size);
  }
  return bytes.data();
}
