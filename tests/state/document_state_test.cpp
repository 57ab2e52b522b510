#include <openline/state/document_state.hpp>

#include <support/catch.hpp>
#include <state/document_on_text.hpp>

#include <nlohmann/json.hpp>

#include <string>
#include <string_view>

using namespace openline;

TEST_CASE("document state: it is nothing until a message makes it something", "[state]") {
  for (const PatchFormat format : {PatchFormat::merge_patch, PatchFormat::json_patch}) {
    DocumentState document{document_spec(format)};
    CHECK_FALSE(document.has_value());
    CHECK_FALSE(document.has_changed());
    const bool is_merge = format == PatchFormat::merge_patch;
    const auto fault =
        document.take(is_merge ? R"({"a":1})" : R"([{"op":"add","path":"","value":{"a":1}}])");
    CHECK_FALSE(fault.has_value());
    CHECK(document.has_changed());
    CHECK(text_of(document) == R"({"a":1})");
  }
}

TEST_CASE("document state: a seed replaces all of it, and JavaScript knows it", "[state]") {
  DocumentState document{document_spec(PatchFormat::merge_patch)};
  REQUIRE_FALSE(document.take(R"({"a":1})").has_value());
  REQUIRE_FALSE(document.seed(R"( {"b" : [ 2 ]} )").has_value());
  CHECK_FALSE(document.has_changed());
  CHECK(text_of(document) == R"({"b":[2]})");
  REQUIRE_FALSE(document.take(R"({"c":3})").has_value());
  CHECK(document.has_changed());
  document.note_told();
  CHECK_FALSE(document.has_changed());
  CHECK(text_of(document) == R"({"b":[2],"c":3})");
}

TEST_CASE("document state: what is no good changes nothing", "[state]") {
  for (const PatchFormat format : {PatchFormat::merge_patch, PatchFormat::json_patch}) {
    DocumentState document{document_spec(format)};
    REQUIRE_FALSE(document.seed("[1]").has_value());
    CHECK(document.take("[{") == StateFault{StateProblem::syntax, 2});
    CHECK(document.take("") == StateFault{StateProblem::syntax, 0});
    CHECK(document.seed("[1,]") == StateFault{StateProblem::syntax, 3});
    CHECK(document.seed("1 1") == StateFault{StateProblem::syntax, 2});
    CHECK_FALSE(document.has_changed());
    CHECK(text_of(document) == "[1]");
  }
}

TEST_CASE("document state: it holds as many bytes as it may, and no more", "[state]") {
  DocumentState document{document_spec(PatchFormat::merge_patch, 16)};
  CHECK(document.seed(R"({"a":"123456789"})") == StateFault{StateProblem::too_large});
  CHECK_FALSE(document.has_value());
  REQUIRE_FALSE(document.seed(R"({"a":"12345678"})").has_value());
  CHECK(document.take(R"({"b":1})") == StateFault{StateProblem::too_large});
  CHECK(document.take(R"({"a":"123456789"})") == StateFault{StateProblem::too_large});
  CHECK(text_of(document) == R"({"a":"12345678"})");
  // What a patch makes room for counts, wherever in the patch that stands.
  CHECK_FALSE(document.take(R"({"bcd":"123456","a":null})").has_value());
  CHECK(text_of(document) == R"({"bcd":"123456"})");
}

TEST_CASE("document state: numbers and strings reach JavaScript as they came", "[state]") {
  DocumentState document{document_spec(PatchFormat::merge_patch)};
  REQUIRE_FALSE(document.seed(R"({"a":0})").has_value());
  const std::string patch =
      R"({"a":-0,"b":1e400,"c":12345678901234567890,"d":1.50,"e":"\ud800\u0041\/"})";
  REQUIRE_FALSE(document.take(patch).has_value());
  CHECK(text_of(document) == patch);
}

TEST_CASE("document state: 20,000 members are no slower than few", "[state]") {
  // Counted in operations that would take minutes if each looked at all members.
  constexpr int members = 20'000;
  std::string text = "{";
  std::string patch = "[";
  for (int i = 0; i < members; ++i) {
    const std::string number = std::to_string(i);
    text += "\"" + number + "\":0" + (i + 1 < members ? "," : "}");
    patch += R"({"op":"replace","path":"/)" + number + R"(","value":)" + number + "},";
    patch += R"({"op":"remove","path":"/)" + number + R"("},)";
  }
  patch += R"({"op":"test","path":"","value":{}}])";
  DocumentState document{document_spec(PatchFormat::json_patch)};
  REQUIRE_FALSE(document.seed(text).has_value());
  CHECK_FALSE(document.take(patch).has_value());
  CHECK(text_of(document) == "{}");
}
