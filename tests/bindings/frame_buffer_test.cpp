#include <bindings/frame_buffer.hpp>

#include <bindings/openline_abi.h>
#include <support/catch.hpp>

#include <cstring>
#include <string>

using namespace openline;

namespace {

std::uint32_t write(const std::string& text) {
  const auto size = static_cast<std::uint32_t>(text.size());
  std::memcpy(ol_frame_buffer(size), text.data(), text.size());
  return size;
}

}  // namespace

TEST_CASE("frame buffer: a text is what was written, though there was room for more",
          "[bindings]") {
  std::memcpy(ol_frame_buffer(64), "short", 5);
  CHECK(frame_text(5) == "short");
  CHECK(frame_text(write("longer")) == "longer");
}

TEST_CASE("frame buffer: what was moved out stays when the next frame comes", "[bindings]") {
  const std::string first = take_frame(write("first frame, longer than the second"));
  const std::string second = take_frame(write("second frame"));
  CHECK(first == "first frame, longer than the second");
  CHECK(second == "second frame");
}

TEST_CASE("frame buffer: the room of a large text is given back with the next one", "[bindings]") {
  write(std::string(1'000'000, 'x'));
  CHECK(frame_text(write("small")) == "small");
  CHECK(frame_text(1'000'000).size() < 1'000);
  CHECK(take_frame(5).capacity() < 1'000);
}

TEST_CASE("frame buffer: an empty text is empty", "[bindings]") {
  CHECK(frame_text(write("")).empty());
  CHECK(take_frame(write("")).empty());
}
