#include <openline/json/utf8.hpp>

#include <support/catch.hpp>

#include <string>

using namespace openline;
using namespace std::string_literals;

namespace {

std::string encoded(char32_t code_point) {
  std::string out;
  append_utf8(out, code_point);
  return out;
}

}  // namespace

TEST_CASE("utf8: every code point but the surrogates is valid, in its length", "[json]") {
  for (char32_t code_point = 0; code_point <= 0x10ffff; ++code_point) {
    const std::string bytes = encoded(code_point);
    const bool is_surrogate = code_point >= 0xd800 && code_point <= 0xdfff;
    const std::size_t length = code_point < 0x80      ? 1
                               : code_point < 0x800   ? 2
                               : code_point < 0x10000 ? 3
                                                      : 4;
    const bool is_right = bytes.size() == length &&
                          utf8_length(bytes + "x") == (is_surrogate ? 0 : length) &&
                          is_utf8(bytes) != is_surrogate;
    if (!is_right) FAIL_CHECK("code point " << static_cast<unsigned>(code_point));
  }
}

TEST_CASE("utf8: code points have the bytes of RFC 3629", "[json]") {
  CHECK(encoded(0) == "\0"s);
  CHECK(encoded(0x41) == "A");
  CHECK(encoded(0xe9) == "\xc3\xa9");
  CHECK(encoded(0x20ac) == "\xe2\x82\xac");
  CHECK(encoded(0x1f600) == "\xf0\x9f\x98\x80");
  CHECK(encoded(0x10ffff) == "\xf4\x8f\xbf\xbf");
  CHECK(encoded(0xd800) == "\xed\xa0\x80");
}

TEST_CASE("utf8: every sequence of up to three bytes is judged as it is built", "[json]") {
  std::size_t valid = 0;
  for (unsigned all = 0; all < 0x1000000; ++all) {
    const char bytes[] = {static_cast<char>(all >> 16U), static_cast<char>(all >> 8U),
                          static_cast<char>(all)};
    const std::size_t length = utf8_length({bytes, 3});
    valid += length == 3 ? 1 : 0;
  }
  CHECK(valid == 0x10000 - 0x800 - 0x800);  // U+0800 to U+FFFF without the surrogates
}

TEST_CASE("utf8: a sequence is refused where it is overlong, too large, cut or loose", "[json]") {
  for (const char* bad :
       {"\x80", "\xbf", "\xc0\xaf", "\xc1\xbf", "\xe0\x9f\xbf", "\xed\xbf\xbf", "\xf0\x8f\xbf\xbf",
        "\xf4\x90\x80\x80", "\xf5\x80\x80\x80", "\xff", "\xc3", "\xe2\x82", "\xf0\x9f\x98",
        "\xc3\x41", "\xe2\x82\x41", "\xf0\x9f\x98\x41"}) {
    CHECK(utf8_length(bad) == 0);
    CHECK_FALSE(is_utf8("a"s + bad));
  }
  CHECK(utf8_length("") == 0);
  CHECK(is_utf8(""));
}

TEST_CASE("utf8: characters of many bytes are passed over up to the first other byte", "[json]") {
  const auto passed = [](std::string_view text) {
    const char* const at = skip_multibyte(text.data(), text.data() + text.size());
    return static_cast<std::size_t>(at - text.data());
  };
  CHECK(passed("") == 0);
  CHECK(passed("a\xc3\xa9") == 0);
  CHECK(passed("\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80z") == 9);
  CHECK(passed("\xc3\xa9\xc3\xa9") == 4);
  CHECK(passed("\xc3\xa9\xe2\x82") == 2);
  CHECK(passed("\xc3\xa9\xed\xa0\x80") == 2);
  CHECK(passed("\xff") == 0);
}
