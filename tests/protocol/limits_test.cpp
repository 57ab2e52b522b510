#include <openline/protocol/limits.hpp>

#include <support/catch.hpp>

#include <string>

using namespace openline;
using namespace std::string_literals;

TEST_CASE("limits: a stream's name has 1 to 256 bytes of UTF-8", "[protocol]") {
  CHECK(is_stream_name("a"));
  CHECK(is_stream_name(std::string(256, 'a')));
  CHECK(is_stream_name("\0"s));
  CHECK(is_stream_name("\xf0\x9f\x98\x80"));
  CHECK_FALSE(is_stream_name(""));
  CHECK_FALSE(is_stream_name(std::string(257, 'a')));
  CHECK_FALSE(is_stream_name("\xff"));
  CHECK_FALSE(is_stream_name("a\xc3"));
  CHECK_FALSE(is_stream_name("\xed\xa0\x80"));
}

TEST_CASE("limits: an epoch has 1 to 64 of the characters of base64url and the point",
          "[protocol]") {
  CHECK(is_epoch("e"));
  CHECK(is_epoch("AZaz09-_."));
  CHECK(is_epoch(std::string(64, '.')));
  CHECK_FALSE(is_epoch(""));
  CHECK_FALSE(is_epoch(std::string(65, 'e')));
  for (int byte = 0; byte < 256; ++byte) {
    const char letter = static_cast<char>(byte);
    const bool is_letter = (byte >= 'A' && byte <= 'Z') || (byte >= 'a' && byte <= 'z');
    const bool is_other = (byte >= '0' && byte <= '9') || byte == '-' || byte == '_' || byte == '.';
    INFO("byte " << byte);
    CHECK(is_epoch("e"s + letter) == (is_letter || is_other));
    CHECK(is_client_id(std::string(21, 'A') + letter) == ((is_letter || is_other) && byte != '.'));
  }
}

TEST_CASE("limits: a client id has 22 characters", "[protocol]") {
  CHECK(is_client_id(std::string(22, '_')));
  CHECK_FALSE(is_client_id(std::string(21, 'A')));
  CHECK_FALSE(is_client_id(std::string(23, 'A')));
  CHECK_FALSE(is_client_id(""));
}
