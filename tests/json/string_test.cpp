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

TEST_CASE("json string: its end is its quote, or where it goes wrong", "[json]") {
  const auto end = [](std::string_view between) {
    const char* const at = json_string_end(between.data(), between.data() + between.size());
    return static_cast<std::size_t>(at - between.data());
  };
  CHECK(end("\"") == 0);
  CHECK(end("abc\"d\"") == 3);
  CHECK(end("a long text with é and 😀 and \\\" within\"") == 42);
  CHECK(end("never") == 5);
  CHECK(end("") == 0);
  CHECK(end("ab\\q\"") == 2);
  CHECK(end("é\xff\"") == 2);
  CHECK(end("é\xc3\"") == 2);
  CHECK(end("0123456\n89\"") == 7);
}

TEST_CASE("json string: what it says is compared without writing it down", "[json]") {
  CHECK(json_string_says("", ""));
  CHECK(json_string_says("abc", "abc"));
  CHECK(json_string_says(R"(\u0061b\n\/)", "ab\n/"));
  CHECK(json_string_says(R"(\ud83d\ude00)", "😀"));
  CHECK(json_string_says(R"(a\u0000b)", "a\0b"s));
  CHECK_FALSE(json_string_says("", "a"));
  CHECK_FALSE(json_string_says("a", ""));
  CHECK_FALSE(json_string_says("ab", "abc"));
  CHECK_FALSE(json_string_says("abc", "ab"));
  CHECK_FALSE(json_string_says(R"(a\u0062)", "abc"));
  CHECK_FALSE(json_string_says(R"(a\u0062c)", "ab"));
  CHECK_FALSE(json_string_says(R"(\u0061)", "b"));
  CHECK_FALSE(json_string_says(R"(\n)", "n"));
}
