#include <openline/state/row_key.hpp>

#include <support/catch.hpp>

#include <optional>
#include <string>

using namespace openline;

namespace {

std::optional<std::string> key(std::string_view json) {
  std::string scratch;
  const auto text = row_key(json, scratch);
  return text ? std::optional<std::string>{*text} : std::nullopt;
}

}  // namespace

TEST_CASE("row key: a string is its own text, escapes undone", "[state]") {
  CHECK(key("\"\"") == "");
  CHECK(key("\"007\"") == "007");
  CHECK(key("\"__proto__\"") == "__proto__");
  CHECK(key("\"a\\u0062\\n\"") == "ab\n");
}

TEST_CASE("row key: 1, 1.0 and \"1\" are one key", "[state]") {
  CHECK(key("1") == "1");
  CHECK(key("1.0") == "1");
  CHECK(key("\"1\"") == "1");
  CHECK(key("-0") == "0");
}

TEST_CASE("row key: a number that JavaScript would not keep is no key", "[state]") {
  CHECK_FALSE(key("9007199254740993"));
  CHECK_FALSE(key("1e400"));
}

TEST_CASE("row key: other values are no keys", "[state]") {
  for (const char* const json : {"true", "false", "null", "[1]", "{\"a\":1}"}) {
    CHECK_FALSE(key(json));
  }
}
