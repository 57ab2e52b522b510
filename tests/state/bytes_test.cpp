#include <openline/state/bytes.hpp>

#include <support/catch.hpp>

#include <string>

using namespace openline;

TEST_CASE("bytes: what replaces bytes of about its size uses their memory", "[state]") {
  std::string bytes;
  assign_bytes(bytes, std::string(1'000, 'a'));
  const char* const place = bytes.data();
  assign_bytes(bytes, std::string(900, 'b'));
  CHECK(bytes == std::string(900, 'b'));
  CHECK(bytes.data() == place);
}

TEST_CASE("bytes: what was large gives its memory back when it is small", "[state]") {
  std::string bytes;
  assign_bytes(bytes, std::string(1'000'000, 'a'));
  assign_bytes(bytes, "b");
  CHECK(bytes == "b");
  CHECK(bytes.capacity() <= spare_bytes_max);
}
