#include <openline/json/plain.hpp>

#include <support/catch.hpp>

#include <string>

using namespace openline;

namespace {

std::size_t plain_bytes(const std::string& text, std::size_t from = 0) {
  const char* const begin = text.data() + from;
  return static_cast<std::size_t>(skip_plain(begin, text.data() + text.size()) - begin);
}

}  // namespace

TEST_CASE("json plain: every byte is told apart at every place of a word", "[json]") {
  for (unsigned byte = 0; byte < 0x100; ++byte) {
    const char letter = static_cast<char>(byte);
    const bool is_stop = byte < 0x20 || byte > 0x7f || letter == '"' || letter == '\\';
    CHECK(is_plain(letter) == !is_stop);
    for (std::size_t at = 0; at < 20; ++at) {
      std::string text(20, 'x');
      text[at] = letter;
      if (plain_bytes(text) != (is_stop ? at : text.size())) {
        FAIL_CHECK("byte " << byte << " at " << at);
      }
    }
  }
}

TEST_CASE("json plain: the first stop counts, whatever stands around it", "[json]") {
  for (unsigned pair = 0; pair < 0x10000; ++pair) {
    std::string text = "aaaaaaaa";
    text[3] = static_cast<char>(pair >> 8U);
    text[4] = static_cast<char>(pair);
    const std::size_t stop = !is_plain(text[3]) ? 3 : !is_plain(text[4]) ? 4 : 8;
    if (plain_bytes(text) != stop) FAIL_CHECK("pair " << pair);
  }
}

TEST_CASE("json plain: it ends with the text, of any length and at any address", "[json]") {
  const std::string text = "0123456789abcdefghijklmnopqrstuvwxyz";
  for (std::size_t from = 0; from <= text.size(); ++from) {
    CHECK(plain_bytes(text, from) == text.size() - from);
  }
}
