#include <openline/json/string.hpp>

#include <support/catch.hpp>

#include <string>

using namespace openline;
using namespace std::string_literals;

namespace {

std::string unescaped(std::string_view between) {
  std::string out = "before";
  unescape_json_string(between, out);
  return out;
}

}  // namespace

TEST_CASE("json string: it ends with its quote", "[json]") {
  const JsonString plain = scan_json_string(R"("abc" and more")");
  CHECK(plain.is_complete);
  CHECK(plain.size == 5);
  CHECK_FALSE(plain.has_escapes);
  const JsonString escaped = scan_json_string(R"("a\"b\\" ")");
  CHECK(escaped.is_complete);
  CHECK(escaped.size == 8);
  CHECK(escaped.has_escapes);
  CHECK(scan_json_string("\"\"").size == 2);
}

TEST_CASE("json string: what is wrong is found where it is", "[json]") {
  for (const auto& [text, size] : {std::pair{"\""s, 1},
                                   {"\"abc"s, 4},
                                   {"\"a\nb\""s, 2},
                                   {"\"a\0b\""s, 2},
                                   {"\"\x1f\""s, 1},
                                   {"\"a\xff\""s, 2},
                                   {"\"a\\x\""s, 2},
                                   {"\"a\\"s, 2},
                                   {"\"\\u00g0\""s, 1},
                                   {"\"\\u123\""s, 1},
                                   {"\"\\u123"s, 1},
                                   {"\"\\u"s, 1},
                                   {"\"\\U0041\""s, 1},
                                   {"\"\\u+041\""s, 1},
                                   {"\"\\\""s, 3}}) {
    INFO(text);
    const JsonString found = scan_json_string(text);
    CHECK_FALSE(found.is_complete);
    CHECK(found.size == static_cast<std::size_t>(size));
  }
}

TEST_CASE("json string: escapes are undone", "[json]") {
  CHECK(unescaped("").empty());
  CHECK(unescaped("abc") == "abc");
  CHECK(unescaped(R"(\"\\\/\b\f\n\r\t)") == "\"\\/\b\f\n\r\t");
  CHECK(unescaped(R"(a\u0041b\u00e9\u20AC\u20ac)") == "aAb\xc3\xa9\xe2\x82\xac\xe2\x82\xac");
  CHECK(unescaped(R"(\u0000x)") == "\0x"s);
  CHECK(unescaped("\xc3\xa9\\n\xf0\x9f\x98\x80") == "\xc3\xa9\n\xf0\x9f\x98\x80");
}

TEST_CASE("json string: a pair of surrogates is one character, one alone stays alone", "[json]") {
  CHECK(unescaped(R"(\ud83d\ude00)") == "\xf0\x9f\x98\x80");
  CHECK(unescaped(R"(\uDBFF\uDFFF)") == "\xf4\x8f\xbf\xbf");
  CHECK(unescaped(R"(\ud83d)") == "\xed\xa0\xbd");
  CHECK(unescaped(R"(\ude00)") == "\xed\xb8\x80");
  CHECK(unescaped(R"(\ud83dx\ude00)") == "\xed\xa0\xbdx\xed\xb8\x80");
  CHECK(unescaped(R"(\ude00\ud83d)") == "\xed\xb8\x80\xed\xa0\xbd");
  CHECK(unescaped(R"(\ud83d\u0041)") == "\xed\xa0\xbd\x41");
  CHECK(unescaped(R"(\ud83d\ud83d\ude00)") == "\xed\xa0\xbd\xf0\x9f\x98\x80");
  CHECK(unescaped(R"(\ud83d\n)") == "\xed\xa0\xbd\n");
}
