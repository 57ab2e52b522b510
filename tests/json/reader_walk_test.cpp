#include <openline/json/reader.hpp>

#include <support/catch.hpp>

#include <utility>
#include <vector>

using namespace openline;

TEST_CASE("json reader: a document is read as it is asked for", "[json]") {
  JsonReader reader{R"( {"n":[1, 22 ,"x",{}],"t":true,"\u0066":false,"s":"a\nb","last":null} )"};
  REQUIRE(reader.begin_object());
  CHECK(reader.next_member() == "n");
  REQUIRE(reader.begin_array());
  CHECK(reader.next_element());
  CHECK(reader.read_integer() == 1U);
  CHECK(reader.next_element());
  CHECK(reader.read_integer() == 22U);
  reader.skip_rest();
  CHECK(reader.next_member() == "t");
  CHECK(reader.read_boolean() == true);
  CHECK(reader.next_member() == "f");
  CHECK(reader.read_boolean() == false);
  CHECK(reader.next_member() == "s");
  CHECK(reader.peek() == JsonKind::string);
  CHECK(reader.read_string() == "a\nb");
  CHECK(reader.next_member() == "last");
  CHECK(reader.peek() == JsonKind::null);
  CHECK_FALSE(reader.next_member());
  CHECK(reader.finish());
}

TEST_CASE("json reader: what was not read is skipped, and checked all the same", "[json]") {
  JsonReader good{R"([{"a":[1,[2]],"b":{}},"x",3])"};
  REQUIRE(good.begin_array());
  CHECK(good.next_element());
  CHECK(good.next_element());
  CHECK(good.next_element());
  CHECK(good.read_integer() == 3U);
  CHECK_FALSE(good.next_element());
  CHECK(good.finish());

  JsonReader bad{R"([{"a":[1,[02]]},3])"};
  REQUIRE(bad.begin_array());
  CHECK(bad.next_element());
  CHECK_FALSE(bad.next_element());
  CHECK(bad.fault() == JsonFault::syntax);
}

TEST_CASE("json reader: a skipped value gives its bytes", "[json]") {
  JsonReader reader{"[ {\"a\" : [ 1 ] } , \"x\\n\" ,-1.5e3, null]"};
  REQUIRE(reader.begin_array());
  for (const char* text : {"{\"a\" : [ 1 ] }", "\"x\\n\"", "-1.5e3", "null"}) {
    CHECK(reader.next_element());
    CHECK(reader.skip_value() == text);
  }
  CHECK_FALSE(reader.next_element());
  CHECK(reader.finish());
}

TEST_CASE("json reader: the kind of a value is seen before it is read", "[json]") {
  const std::vector<std::pair<const char*, JsonKind>> rows{
      {"{}", JsonKind::object}, {"[]", JsonKind::array},   {"\"\"", JsonKind::string},
      {"-1", JsonKind::number}, {"0", JsonKind::number},   {"true", JsonKind::boolean},
      {"f", JsonKind::boolean}, {" null", JsonKind::null}, {"", JsonKind::none},
      {"]", JsonKind::none},    {"x", JsonKind::none},     {"\xef\xbb\xbf", JsonKind::none}};
  for (const auto& [text, kind] : rows) {
    INFO(text);
    CHECK(JsonReader{text}.peek() == kind);
  }
}

TEST_CASE("json reader: asking for another kind is a fault of kind, once and for all", "[json]") {
  JsonReader reader{"[1,\"a\",true]"};
  REQUIRE(reader.begin_array());
  CHECK(reader.next_element());
  CHECK_FALSE(reader.read_string());
  CHECK(reader.fault() == JsonFault::kind);
  CHECK(reader.offset() == 1);
  CHECK_FALSE(reader.read_integer());
  CHECK_FALSE(reader.next_element());
  CHECK_FALSE(reader.begin_array());
  CHECK_FALSE(reader.skip_value());
  CHECK(reader.peek() == JsonKind::none);
  reader.fail(JsonFault::range);
  CHECK_FALSE(reader.finish());
  CHECK(reader.fault() == JsonFault::kind);
  for (const char* text : {"[]", "1", "\"x\""}) {
    CHECK_FALSE(JsonReader{text}.read_boolean());
    CHECK_FALSE(JsonReader{text}.begin_object());
  }
}

TEST_CASE("json reader: a value that is not there is no value", "[json]") {
  JsonReader reader{"[[1]]"};
  REQUIRE(reader.begin_array());
  CHECK(reader.next_element());
  REQUIRE(reader.begin_array());
  CHECK(reader.next_element());
  CHECK(reader.read_integer() == 1U);
  CHECK_FALSE(reader.next_element());
  CHECK_FALSE(reader.read_integer());
  CHECK(reader.fault() == JsonFault::kind);
}

TEST_CASE("json reader: a text that was not read to its end is not finished", "[json]") {
  JsonReader untouched{"1"};
  CHECK_FALSE(untouched.finish());
  JsonReader open{"[1]"};
  REQUIRE(open.begin_array());
  CHECK_FALSE(open.finish());
  JsonReader inside{"[1]"};
  REQUIRE(inside.begin_array());
  CHECK(inside.next_element());
  CHECK(inside.read_integer() == 1U);
  CHECK_FALSE(inside.finish());
  JsonReader cut{"[1"};
  REQUIRE(cut.begin_array());
  CHECK(cut.next_element());
  CHECK(cut.read_integer() == 1U);
  CHECK_FALSE(cut.finish());
  CHECK(cut.fault() == JsonFault::syntax);
}
