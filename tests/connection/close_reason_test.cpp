#include <openline/connection/close_reason.hpp>

#include <support/catch.hpp>

#include <string>

using openline::Duration;
using openline::retry_after_in;
using openline::retry_after_max;

TEST_CASE("close reason: a number of milliseconds is read from a JSON object", "[connection]") {
  struct Row {
    const char* reason;
    int count;
  };
  const Row rows[] = {
      {R"({"retryAfterMs":1500})", 1'500},
      {R"({"retryAfterMs":0})", 0},
      {R"( { "retryAfterMs" : 7 } )", 7},
      {"\t{\r\n\"retryAfterMs\":7}\n", 7},
      {R"({"a":1,"retryAfterMs":20})", 20},
      {R"({"retryAfterMs":20,"text":"back soon"})", 20},
      {R"({"text":"}, \"retryAfterMs\":1","retryAfterMs":20})", 20},
      {R"({"is":true,"isnt":false,"no":null,"n":-1.5e+3,"retryAfterMs":20})", 20},
      {R"({"retryAfterMs":1500.99})", 1'500},
      {R"({"retryAfterMs":0.5})", 0},
      {R"({"retryAfterMs":10,"retryAfterMs":20})", 20},
  };
  for (const Row& row : rows) {
    INFO(row.reason);
    const auto found = retry_after_in(row.reason);
    REQUIRE(found);
    CHECK(*found == Duration::milliseconds(row.count));
  }
}

TEST_CASE("close reason: no server keeps its clients away for longer than the largest delay",
          "[connection]") {
  CHECK(retry_after_max == Duration::seconds(300));
  CHECK(retry_after_in(R"({"retryAfterMs":299999})") == Duration::milliseconds(299'999));
  CHECK(retry_after_in(R"({"retryAfterMs":300000})") == retry_after_max);
  CHECK(retry_after_in(R"({"retryAfterMs":300001})") == retry_after_max);
  CHECK(retry_after_in(R"({"retryAfterMs":18446744073709551617})") == retry_after_max);
  const std::string many(90, '9');
  CHECK(retry_after_in(R"({"retryAfterMs":)" + many + "}") == retry_after_max);
}

TEST_CASE("close reason: any other reason is text for people", "[connection]") {
  const char* const reasons[] = {
      "",
      "service restart",
      "retryAfterMs",
      "1500",
      R"("retryAfterMs")",
      "{}",
      "{ }",
      "null",
      R"([{"retryAfterMs":1500}])",
      R"({"retryafterms":1500})",
      R"({"retryAfterMs2":1500})",
      R"({"retryAfter":1500})",
      R"({"a":{"retryAfterMs":1500}})",
      R"({"a":[1],"retryAfterMs":1500})",
  };
  for (const char* reason : reasons) {
    INFO(reason);
    CHECK_FALSE(retry_after_in(reason));
  }
}

TEST_CASE("close reason: what is no time to wait is none", "[connection]") {
  const char* const values[] = {"-1",   "-0",      "1e3",  "1E3", "1e-3",   "\"1500\"",
                                "null", "\"now\"", "true", "{}",  "[1500]", "-1.5"};
  for (const std::string value : values) {
    INFO(value);
    CHECK_FALSE(retry_after_in(R"({"retryAfterMs":)" + value + "}"));
    CHECK_FALSE(retry_after_in(R"({"retryAfterMs":5,"retryAfterMs":)" + value + "}"));
  }
}

TEST_CASE("close reason: text that only looks like JSON says nothing", "[connection]") {
  const char* const reasons[] = {
      "{",
      R"({"retryAfterMs)",
      R"({"retryAfterMs":)",
      R"({"retryAfterMs":1500)",
      R"({"retryAfterMs":1500}})",
      R"({"retryAfterMs":1500} bye)",
      R"(bye {"retryAfterMs":1500})",
      R"({"retryAfterMs":1500,})",
      R"({,"retryAfterMs":1500})",
      R"({"retryAfterMs"1500})",
      R"({"retryAfterMs"=1500})",
      R"({retryAfterMs:1500})",
      R"({'retryAfterMs':1500})",
      R"({"retryAfterMs":1500 "a":1})",
      R"({"a":"open,"retryAfterMs":1500})",
      R"({"a":tru,"retryAfterMs":1500})",
      R"({"a":,"retryAfterMs":1500})",
      R"({"retryAfterMs":01500})",
      R"({"retryAfterMs":+1500})",
      R"({"retryAfterMs":1500.})",
      R"({"retryAfterMs":.5})",
      R"({"retryAfterMs":1.5.5})",
      R"({"retryAfterMs":1500,"b":1-2})",
      R"({"retryAfterMs":1500,"b":-})",
      R"({"retryAfterMs":1500,"b":1e})",
      R"({"retryAfterMs":1500,"b":1e+})",
      R"({"retryAfterMs":1500,"b":--1})",
      R"({"retryAfterMs":1500,"b":0x10})",
      R"({"retryAfterMs":1500,"b":"\)",
  };
  for (const char* reason : reasons) {
    INFO(reason);
    CHECK_FALSE(retry_after_in(reason));
  }
}

TEST_CASE("close reason: a NUL is a letter like any other", "[connection]") {
  const std::string inside{"{\"a\":\"\0\",\"retryAfterMs\":9}", 26};
  CHECK(retry_after_in(inside) == Duration::milliseconds(9));
  const std::string behind{"{\"retryAfterMs\":9}\0", 19};
  CHECK_FALSE(retry_after_in(behind));
}
