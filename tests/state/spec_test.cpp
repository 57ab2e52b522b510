#include <openline/state/spec.hpp>

#include <support/catch.hpp>

#include <string>

using namespace openline;

namespace {

bool is_spec(const std::string& json) { return read_state_spec(json).has_value(); }

const std::string latest = R"({"kind":"latest","hasStream":true,"maxBytes":100)";
const std::string rows = R"({"kind":"log","hasStream":true,"maxBytes":100,"maxRows":10)";

}  // namespace

TEST_CASE("spec: all that a collection may say is read", "[state]") {
  const auto spec = read_state_spec(
      R"({"kind":"collection","hasStream":true,"match":{"/a":"x","/b~1c":1.0},"value":"/data",)"
      R"("key":"/id","remove":{"/gone":true},"update":"merge","maxRows":5,"maxBytes":99})");
  REQUIRE(spec.has_value());
  CHECK(spec->kind == StateKind::collection);
  CHECK(spec->has_stream);
  REQUIRE(spec->match.size() == 2);
  CHECK(spec->match[0].pointer == *JsonPointer::parse("/a"));
  CHECK(spec->match[0].literal == "\"x\"");
  CHECK(spec->match[1].pointer.tokens() == std::vector<std::string>{"b/c"});
  CHECK(spec->match[1].literal == "1.0");
  CHECK(spec->value == JsonPointer::parse("/data"));
  CHECK(spec->key == JsonPointer::parse("/id"));
  REQUIRE(spec->remove.size() == 1);
  CHECK(spec->remove[0].literal == "true");
  CHECK(spec->update == RowUpdate::merge);
  CHECK(spec->rows_max == 5);
  CHECK(spec->bytes_max == 99);
}

TEST_CASE("spec: what is not said is not there", "[state]") {
  const auto spec = read_state_spec(R"({"kind":"latest","hasStream":false,"maxBytes":1})");
  REQUIRE(spec.has_value());
  CHECK(spec->kind == StateKind::latest);
  CHECK_FALSE(spec->has_stream);
  CHECK(spec->match.empty());
  CHECK_FALSE(spec->value.has_value());
  CHECK_FALSE(spec->key.has_value());
  CHECK(spec->update == RowUpdate::replace);
}

TEST_CASE("spec: a document says what its patches are", "[state]") {
  const auto spec =
      read_state_spec(R"({"kind":"document","hasStream":true,"patch":"json-patch","maxBytes":1})");
  REQUIRE(spec.has_value());
  CHECK(spec->kind == StateKind::document);
  CHECK(spec->patch == PatchFormat::json_patch);
}

TEST_CASE("spec: what its kind needs must be there", "[state]") {
  CHECK(is_spec(latest + "}"));
  CHECK(is_spec(rows + "}"));
  CHECK_FALSE(is_spec("{}"));
  CHECK_FALSE(is_spec(R"({"hasStream":true,"maxBytes":100})"));
  CHECK_FALSE(is_spec(R"({"kind":"latest","hasStream":true})"));
  CHECK_FALSE(is_spec(R"({"kind":"log","hasStream":true,"maxBytes":100})"));
  CHECK_FALSE(is_spec(R"({"kind":"collection","hasStream":true,"maxBytes":1,"maxRows":1})"));
  CHECK_FALSE(is_spec(rows + R"(,"remove":{"/a":1}})"));
  CHECK_FALSE(is_spec(rows + R"(,"update":"merge"})"));
}

TEST_CASE("spec: what is not known is refused", "[state]") {
  CHECK_FALSE(is_spec(R"({"kind":"queue","hasStream":true,"maxBytes":100})"));
  CHECK_FALSE(is_spec(latest + R"(,"color":1})"));
  CHECK_FALSE(is_spec(rows + R"(,"update":"append"})"));
  CHECK_FALSE(is_spec(latest + R"(,"patch":"diff"})"));
}

TEST_CASE("spec: values of another kind and beyond their limits are refused", "[state]") {
  CHECK_FALSE(is_spec(R"({"kind":"latest","hasStream":1,"maxBytes":100})"));
  CHECK_FALSE(is_spec(R"({"kind":"latest","hasStream":true,"maxBytes":0})"));
  CHECK_FALSE(is_spec(R"({"kind":"log","hasStream":true,"maxBytes":1,"maxRows":1000001})"));
  CHECK_FALSE(is_spec(latest + R"(,"value":"data"})"));
  CHECK_FALSE(is_spec(latest + R"(,"value":7})"));
  CHECK_FALSE(is_spec(latest + R"(,"match":["/a"]})"));
  CHECK_FALSE(is_spec(latest + R"(,"match":{"/a":[1]}})"));
  CHECK_FALSE(is_spec(latest + R"(,"match":{"a":1}})"));
}

TEST_CASE("spec: what is no JSON is none", "[state]") {
  CHECK_FALSE(is_spec(""));
  CHECK_FALSE(is_spec(latest));
  CHECK_FALSE(is_spec(latest + "} 1"));
  CHECK_FALSE(is_spec("[" + latest + "}]"));
}
