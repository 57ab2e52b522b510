#include <openline/json/pointer.hpp>

#include <support/catch.hpp>

#include <string>
#include <vector>

using namespace openline;
using namespace std::string_literals;

namespace {

using Tokens = std::vector<std::string>;

Tokens tokens(const std::string& text) {
  const auto pointer = JsonPointer::parse(text);
  REQUIRE(pointer);
  return pointer->tokens();
}

}  // namespace

TEST_CASE("json pointer: the examples of RFC 6901, section 5, have their tokens", "[json]") {
  CHECK(tokens("").empty());
  CHECK(tokens("/foo") == Tokens{"foo"});
  CHECK(tokens("/foo/0") == Tokens{"foo", "0"});
  CHECK(tokens("/") == Tokens{""});
  CHECK(tokens("/a~1b") == Tokens{"a/b"});
  CHECK(tokens("/c%d") == Tokens{"c%d"});
  CHECK(tokens("/i\\j") == Tokens{"i\\j"});
  CHECK(tokens("/k\"l") == Tokens{"k\"l"});
  CHECK(tokens("/ ") == Tokens{" "});
  CHECK(tokens("/m~0n") == Tokens{"m~n"});
}

TEST_CASE("json pointer: escapes are undone once", "[json]") {
  CHECK(tokens("/~01") == Tokens{"~1"});
  CHECK(tokens("/~1~0~1") == Tokens{"/~/"});
  CHECK(tokens("//a//") == Tokens{"", "a", "", ""});
}

TEST_CASE("json pointer: what is none is refused", "[json]") {
  for (const auto& text : {"a"s, "a/b"s, "#/a"s, "/~"s, "/~2"s, "/a~"s, "/a~/b"s, "/\xff"s}) {
    INFO(text);
    CHECK_FALSE(JsonPointer::parse(text));
  }
}

TEST_CASE("json pointer: it has limits", "[json]") {
  std::string text;
  for (std::size_t i = 0; i < JsonPointer::tokens_max; ++i) {
    text += "/a";
  }
  CHECK(tokens(text).size() == JsonPointer::tokens_max);
  CHECK_FALSE(JsonPointer::parse(text + "/a"));
  const std::string longest = "/" + std::string(JsonPointer::bytes_max - 1, 'a');
  CHECK(tokens(longest).front().size() == longest.size() - 1);
  CHECK_FALSE(JsonPointer::parse(longest + "a"));
}
