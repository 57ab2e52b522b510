#include <openline/json/writer.hpp>

#include <support/catch.hpp>

#include <nlohmann/json.hpp>

#include <limits>
#include <string>

using namespace openline;
using namespace std::string_literals;

namespace {

std::string written(std::string_view text) {
  std::string out = "[";
  append_json_string(out, text);
  return out.substr(1);
}

std::string written(std::uint64_t value) {
  std::string out = "[";
  append_json_integer(out, value);
  return out.substr(1);
}

}  // namespace

TEST_CASE("json writer: a text is escaped as JSON.stringify does it", "[json]") {
  CHECK(written("") == R"("")");
  CHECK(written("a/b") == R"("a/b")");
  CHECK(written("\"\\\b\f\n\r\t") == R"("\"\\\b\f\n\r\t")");
  CHECK(written("\0\x01\x1f\x7f"s) == "\"\\u0000\\u0001\\u001f\x7f\"");
  CHECK(written("\xe2\x80\xa8") == "\"\xe2\x80\xa8\"");
}

TEST_CASE("json writer: a surrogate that stands alone is escaped", "[json]") {
  CHECK(written("\xed\xa0\x80") == R"("\ud800")");
  CHECK(written("a\xed\xbf\xbf"
                "b\xed\xaf\x83") == R"("a\udfffb\udbc3")");
  CHECK(written("\xed\x9f\xbf") == "\"\xed\x9f\xbf\"");  // the last one before the surrogates
  CHECK(written("\xf0\x9f\x98\x80") == "\"\xf0\x9f\x98\x80\"");
}

TEST_CASE("json writer: every byte below 128 is read again as it was", "[json]") {
  for (int byte = 0; byte < 128; ++byte) {
    const std::string text(2, static_cast<char>(byte));
    CHECK(nlohmann::json::parse(written(text), nullptr, false) == text);
    CHECK(written(text) == nlohmann::json(text).dump());
  }
}

TEST_CASE("json writer: an integer has its digits", "[json]") {
  CHECK(written(0U) == "0");
  CHECK(written(7U) == "7");
  CHECK(written(10U) == "10");
  CHECK(written(9'007'199'254'740'991U) == "9007199254740991");
  CHECK(written(std::numeric_limits<std::uint64_t>::max()) == "18446744073709551615");
}
