#include <openline/json/reader.hpp>

#include <support/catch.hpp>

#include <string>
#include <string_view>

using namespace openline;
using namespace std::string_literals;

namespace {

JsonFault fault_of(std::string_view text) {
  JsonReader reader{text};
  const auto value = reader.skip_value();
  const bool is_good = reader.finish();
  CHECK(is_good == (reader.fault() == JsonFault::none));
  CHECK((!is_good || value.has_value()));
  CHECK(reader.offset() <= text.size());
  return reader.fault();
}

bool is_json(std::string_view text) { return fault_of(text) == JsonFault::none; }

JsonFault integer_fault(std::string_view text) {
  JsonReader reader{text};
  const auto value = reader.read_integer();
  CHECK(value.has_value() == !reader.has_failed());
  static_cast<void>(reader.finish());
  return reader.fault();
}

std::string nested(std::size_t depth) { return std::string(depth, '[') + std::string(depth, ']'); }

}  // namespace

TEST_CASE("json reader: what JSON.parse accepts is accepted", "[json]") {
  for (const char* text : {"0",
                           "-0",
                           "1",
                           "-1.5",
                           "1e400",
                           "-1E-400",
                           "1.0e+3",
                           "123456789012345678901234567890",
                           "true",
                           "false",
                           "null",
                           "\"\"",
                           "[]",
                           "{}",
                           " [ ] ",
                           "\t\r\n{ }",
                           "[[],[[]],{}]",
                           "{\"a\":{\"b\":[1,{\"c\":null}]},\"a\":2}",
                           "{\"\":0}",
                           "\"\\ud800\"",
                           "\"\x7f\"",
                           "\"\xe2\x80\xa8\"",
                           "[1 , 2\n,3]"}) {
    INFO(text);
    CHECK(is_json(text));
  }
}

TEST_CASE("json reader: what JSON.parse refuses is refused", "[json]") {
  for (const std::string& text : {""s,
                                  " "s,
                                  "\xef\xbb\xbf[]"s,
                                  "[]\0"s,
                                  "[]\0x"s,
                                  "[1,]"s,
                                  "[,1]"s,
                                  "[,]"s,
                                  "[1 2]"s,
                                  "[1"s,
                                  "["s,
                                  "]"s,
                                  "[]]"s,
                                  "[] []"s,
                                  "{"s,
                                  "}"s,
                                  "{]"s,
                                  "[}"s,
                                  "{\"a\"}"s,
                                  "{\"a\":}"s,
                                  "{\"a\":1,}"s,
                                  "{,}"s,
                                  "{a:1}"s,
                                  "{1:1}"s,
                                  "{\"a\" 1}"s,
                                  "{\"a\":1 \"b\":2}"s,
                                  "{\"a\":1}}"s,
                                  "01"s,
                                  "-"s,
                                  "-01"s,
                                  "1."s,
                                  ".5"s,
                                  "+1"s,
                                  "1e"s,
                                  "1e+"s,
                                  "0x1"s,
                                  "1_000"s,
                                  "NaN"s,
                                  "Infinity"s,
                                  "-Infinity"s,
                                  "True"s,
                                  "tru"s,
                                  "truex"s,
                                  "nul"s,
                                  "nulll"s,
                                  "'a'"s,
                                  "\"a"s,
                                  "\"\n\""s,
                                  "\"\\x\""s,
                                  "\"\xff\""s,
                                  "\"\xed\xa0\x80\""s,
                                  "[1]//"s,
                                  "\f[]"s,
                                  "\v1"s,
                                  "\xc2\xa0"
                                  "1"s,
                                  "\xff"s,
                                  "undefined"s,
                                  "\"a\"\"b\""s,
                                  "[\"a\":1]"s}) {
    INFO(text);
    CHECK(fault_of(text) == JsonFault::syntax);
  }
}

TEST_CASE("json reader: nesting ends at its limit, whatever is nested", "[json]") {
  CHECK(is_json(nested(json_depth_max)));
  CHECK(fault_of(nested(json_depth_max + 1)) == JsonFault::depth);
  CHECK(fault_of(std::string(1'000'000, '[')) == JsonFault::depth);
  std::string objects;
  for (std::size_t i = 0; i < json_depth_max; ++i)
    objects += "{\"a\":";
  CHECK(is_json(objects + "1" + std::string(json_depth_max, '}')));
  CHECK(fault_of(objects + "{}") == JsonFault::depth);
  std::string mixed;
  for (std::size_t i = 0; i < json_depth_max / 2; ++i)
    mixed += "[{\"a\":";
  std::string closing;
  for (std::size_t i = 0; i < json_depth_max / 2; ++i)
    closing += "}]";
  CHECK(is_json(mixed + "1" + closing));
  closing[10] = ']';
  CHECK(fault_of(mixed + "1" + closing) == JsonFault::syntax);
}

TEST_CASE("json reader: integers are from 0 to 2^53 - 1 and nothing else", "[json]") {
  CHECK(JsonReader{"0"}.read_integer() == 0U);
  CHECK(JsonReader{" 42 "}.read_integer() == 42U);
  CHECK(JsonReader{"9007199254740991"}.read_integer() == json_integer_max);
  for (const char* text : {"9007199254740992", "18446744073709551616", "99999999999999999999999",
                           "-1", "-0", "1.0", "0.5", "1e3", "0e0", "1E3"}) {
    INFO(text);
    CHECK(integer_fault(text) == JsonFault::range);
  }
  for (const char* text : {"01", "00", "1x", "1 2", "", "x"}) {
    INFO(text);
    CHECK(integer_fault(text) == JsonFault::syntax);
  }
  for (const char* text : {"\"1\"", "true", "null", "[]", "{}"}) {
    INFO(text);
    CHECK(integer_fault(text) == JsonFault::kind);
  }
}
