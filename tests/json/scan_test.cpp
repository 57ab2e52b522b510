#include <openline/json/scan.hpp>

#include <support/catch.hpp>

#include <string>
#include <string_view>

using namespace openline;
using namespace std::string_literals;

namespace {

JsonScan scanned(std::string_view text, std::size_t depth_max = json_depth_max) {
  return scan_json(text, depth_max, nullptr);
}

std::string nested(char open, char close, std::size_t depth) {
  return std::string(depth, open) + std::string(depth, close);
}

}  // namespace

TEST_CASE("json scan: a value of every kind is read to its end", "[json]") {
  for (const auto& text : {"null"s,
                           "true"s,
                           "false"s,
                           "0"s,
                           "-0"s,
                           "10"s,
                           "-1.5"s,
                           "0.5"s,
                           "1e3"s,
                           "1E+3"s,
                           "2e-2"s,
                           "0e0"s,
                           "1.25E-07"s,
                           "\"\""s,
                           R"("a\"\\\/\b\f\n\r\t\u00e9é😀\ud800")"s,
                           "[]"s,
                           "{}"s,
                           "[ ]"s,
                           "{ }"s,
                           "[1,[2],{}]"s,
                           R"({"":{"":[]},"a":1})"s,
                           " \n\r\t[ 1 , { \"a\" : 2 } ]"s}) {
    INFO(text);
    const JsonScan scan = scanned(text + " 7");
    CHECK(scan.fault == JsonFault::none);
    CHECK(scan.end == text.size());
    CHECK(scan.begin == text.find_first_not_of(" \n\r\t"));
  }
}

TEST_CASE("json scan: what is no JSON is found where it goes wrong", "[json]") {
  struct Row {
    std::string text;
    std::size_t end;
  };
  for (const auto& [text, end] : {Row{"", 0},
                                  {" ", 1},
                                  {"x", 0},
                                  {"tru", 0},
                                  {"[nul]", 1},
                                  {"-", 1},
                                  {"+1", 0},
                                  {".5", 0},
                                  {"1.", 2},
                                  {"1.e2", 2},
                                  {"1e", 2},
                                  {"1e+", 3},
                                  {"-a", 1},
                                  {"[01]", 2},
                                  {"[1 2]", 3},
                                  {"[1,]", 3},
                                  {"[,1]", 1},
                                  {"[1", 2},
                                  {"[1}", 2},
                                  {"{]", 1},
                                  {"{,}", 1},
                                  {"{1:2}", 1},
                                  {"{\"a\"}", 4},
                                  {"{\"a\":}", 5},
                                  {"{\"a\":1,}", 7},
                                  {"{\"a\":1]", 6},
                                  {"{\"a\" 1}", 5},
                                  {"{\"a\":1 \"b\":2}", 7},
                                  {"\"a", 2},
                                  {"\"\\x\"", 1},
                                  {"\"a\nb\"", 2},
                                  {"\"\xff\"", 1},
                                  {"[\"\xed\xa0\x80\"]", 2},
                                  {"{\"\\u12\":1}", 2},
                                  {"\xef\xbb\xbf[]", 0},
                                  {"'a'", 0},
                                  {"NaN", 0},
                                  {"-Infinity", 1},
                                  {"[1]\0"s.substr(3), 0},
                                  {"[\0]"s, 1},
                                  {"\v1", 0},
                                  {"\xc2\xa0"
                                   "1",
                                   0},
                                  {"[1//\n]", 2}}) {
    INFO(text);
    const JsonScan scan = scanned(text);
    CHECK(scan.fault == JsonFault::syntax);
    CHECK(scan.end == end);
  }
}

TEST_CASE("json scan: what is behind the value is not looked at", "[json]") {
  CHECK(scanned("{}\xff").end == 2);
  CHECK(scanned("01").end == 1);
  CHECK(scanned("truely").end == 4);
  CHECK(scanned("1.5.5").end == 3);
  CHECK(scanned("[]]").end == 2);
}

TEST_CASE("json scan: depth has its limit, in arrays and objects alike", "[json]") {
  const std::string deepest = nested('[', ']', json_depth_max);
  CHECK(scanned(deepest).end == deepest.size());
  for (const std::size_t depth : {65, 100, 10'000, 1'000'000}) {
    const JsonScan scan = scanned(nested('[', ']', depth));
    CHECK(scan.fault == JsonFault::depth);
    CHECK(scan.end == json_depth_max);
  }
  std::string objects;
  for (int i = 0; i < 65; ++i) {
    objects += "{\"\":";
  }
  CHECK(scanned(objects).fault == JsonFault::depth);
  CHECK(scanned("[[1]]", 2).fault == JsonFault::none);
  CHECK(scanned("[[1]]", 1).fault == JsonFault::depth);
  CHECK(scanned("[1]", 0).fault == JsonFault::depth);
  CHECK(scanned("1", 0).fault == JsonFault::none);
}

TEST_CASE("json scan: siblings are no deeper than each other", "[json]") {
  std::string text = "[";
  for (int i = 0; i < 1'000; ++i) {
    text += R"({"a":[[]]},)";
  }
  text += "0]";
  CHECK(scanned(text, 4).end == text.size());
}

TEST_CASE("json scan: brackets match in the order in which they were opened", "[json]") {
  std::string text;
  for (int i = 0; i < 32; ++i) {
    text += "[{\"a\":";
  }
  std::string good = text + "0";
  for (int i = 0; i < 32; ++i) {
    good += "}]";
  }
  CHECK(scanned(good).end == good.size());
  for (std::size_t at = good.find('0') + 1; at < good.size(); ++at) {
    std::string bad = good;
    bad[at] = bad[at] == '}' ? ']' : '}';
    CHECK(scanned(bad).end == at);
  }
}
