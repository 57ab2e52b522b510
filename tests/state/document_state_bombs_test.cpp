// What is made to harm: nesting, copies of copies, and names of prototypes.

#include <openline/json/writer.hpp>
#include <openline/state/document_state.hpp>

#include <support/catch.hpp>
#include <state/document_on_text.hpp>

#include <nlohmann/json.hpp>

#include <string>
#include <string_view>
#include <vector>

using namespace openline;

namespace {

constexpr PatchFormat formats[] = {PatchFormat::merge_patch, PatchFormat::json_patch};

std::string repeated(std::string_view part, std::size_t count) {
  std::string text;
  text.reserve(part.size() * count);
  for (std::size_t i = 0; i < count; ++i) {
    text += part;
  }
  return text;
}

std::string nested_objects(std::size_t depth) {
  return repeated(R"({"a":)", depth) + "1" + repeated("}", depth);
}

/// `x` is what `take` makes of the next message after a bad one.
void check_goes_on(DocumentState& document, PatchFormat format) {
  const auto fault =
      document.take(format == PatchFormat::merge_patch ? R"({"x":1})"
                                                       : R"([{"op":"add","path":"/x","value":1}])");
  CHECK_FALSE(fault.has_value());
  CHECK(text_of(document) == R"({"x":1})");
}

}  // namespace

TEST_CASE("document state: depth bombs are refused, and the next message is taken", "[state]") {
  for (const PatchFormat format : formats) {
    for (const std::size_t depth : {100U, 1'000U, 10'000U, 100'000U, 1'000'000U}) {
      INFO(depth);
      DocumentState document{document_spec(format)};
      REQUIRE_FALSE(document.seed("{}").has_value());
      for (const std::string& bomb :
           {nested_objects(depth), repeated("[", depth),
            repeated("[", depth) + repeated("]", depth),
            R"([{"op":"add","path":"/a","value":)" + nested_objects(depth) + "}]",
            R"({"a":)" + repeated("[", depth) + repeated("]", depth) + "}"}) {
        const auto fault = document.take(bomb);
        REQUIRE(fault.has_value());
        // Before it is too deep, it may be no patch.
        const bool is_none = format == PatchFormat::json_patch && bomb.rfind("[{", 0) != 0;
        CHECK((fault->problem == StateProblem::depth ||
               (is_none && fault->problem == StateProblem::patch)));
        CHECK(document.seed(bomb)->problem == StateProblem::depth);
      }
      CHECK_FALSE(document.has_changed());
      check_goes_on(document, format);
    }
  }
}

TEST_CASE("document state: 64 levels are kept, patches do not get beyond them", "[state]") {
  DocumentState document{document_spec(PatchFormat::json_patch)};
  REQUIRE_FALSE(document.seed(nested_objects(json_depth_max)).has_value());
  const std::string deepest = repeated("/a", json_depth_max);
  const std::string add = R"([{"op":"add","path":")" + deepest;
  CHECK(document.take(add + R"(","value":[]}])") == StateFault{StateProblem::depth, 1});
  CHECK(document.take(R"([{"op":"copy","from":"","path":"/a/b"}])") ==
        StateFault{StateProblem::depth, 1});
  CHECK(document.take(R"([{"op":"add","path":"/c","value":[]},)"
                      R"({"op":"move","from":"/a","path":"/c/0"}])") ==
        StateFault{StateProblem::depth, 37});
  CHECK_FALSE(document.has_changed());
  CHECK(text_of(document) == nested_objects(json_depth_max));
  CHECK_FALSE(document.take(add + R"(","value":2}])").has_value());
}

TEST_CASE("document state: pointers of a million tokens end where the document does", "[state]") {
  DocumentState document{document_spec(PatchFormat::json_patch)};
  REQUIRE_FALSE(document.seed("{}").has_value());
  for (const char* token : {"/a", "/", "/0", "/~1"}) {
    const std::string path = repeated(token, 1'000'000);
    CHECK(document.take(R"([{"op":"add","path":")" + path + R"(","value":1}])") ==
          StateFault{StateProblem::patch, 1});
  }
  check_goes_on(document, PatchFormat::json_patch);
}

TEST_CASE("document state: copies of copies stop at the limit", "[state]") {
  DocumentState document{document_spec(PatchFormat::json_patch, 10'000)};
  REQUIRE_FALSE(document.seed(R"({"a":["0123456789"]})").has_value());
  for (const char* step : {R"({"op":"copy","from":"/a","path":"/a/-"},)",
                           R"({"op":"copy","from":"/a","path":"/b"},)"
                           R"({"op":"copy","from":"","path":"/a/-"},)"}) {
    const std::string patch = "[" + repeated(step, 50) + R"({"op":"test","path":"","value":0}])";
    const auto fault = document.take(patch);
    REQUIRE(fault.has_value());
    CHECK(fault->problem == StateProblem::too_large);
    CHECK(fault->at < 900);  // after a dozen steps, not at the end
    CHECK(text_of(document) == R"({"a":["0123456789"]})");
  }
}

TEST_CASE("document state: comparing a long number again and again stops at the limit", "[state]") {
  DocumentState document{document_spec(PatchFormat::json_patch)};
  REQUIRE_FALSE(document.seed("[1." + std::string(1'000'000, '0') + "]").has_value());
  const std::string test = R"({"op":"test","path":"/0","value":1})";
  CHECK_FALSE(document.take("[" + repeated(test + ",", 9) + test + "]").has_value());
  CHECK(document.take("[" + repeated(test + ",", 299) + test + "]")->problem ==
        StateProblem::too_large);
}

TEST_CASE("document state: copies that are removed again stop at the limit too", "[state]") {
  DocumentState document{document_spec(PatchFormat::json_patch, 10'000)};
  const std::string text = R"({"a":")" + std::string(2'000, 'x') + R"("})";
  REQUIRE_FALSE(document.seed(text).has_value());
  const std::string step = R"({"op":"copy","from":"/a","path":"/b"},{"op":"remove","path":"/b"})";
  CHECK_FALSE(document.take("[" + repeated(step + ",", 3) + step + "]").has_value());
  CHECK(document.take("[" + repeated(step + ",", 4) + step + "]")->problem ==
        StateProblem::too_large);
  CHECK(text_of(document) == text);
}

TEST_CASE("document state: names of prototypes are data in values", "[state]") {
  std::size_t payloads = 0;
  for (const std::string name : {"__proto__", "constructor", "prototype", "\\u005f_proto__"}) {
    const std::string plain = name[0] == '\\' ? "__proto__" : name;
    for (const std::string& value : std::vector<std::string>{
             std::string{"1"}, std::string{"[]"}, R"({"polluted":true})",
             R"({")" + plain + R"(":{"polluted":true}})", R"({"prototype":{"polluted":true}})"}) {
      const std::string member = "{\"" + name + "\":" + value + "}";
      const std::string result = "{\"" + plain + "\":" + value + "}";
      INFO(member);
      CHECK(patched(PatchFormat::merge_patch, "{}", member).document == result);
      CHECK(patched(PatchFormat::json_patch, "{}",
                    R"([{"op":"replace","path":"","value":)" + member + "}]")
                .document == result);
      payloads += 2;
    }
  }
  CHECK(payloads == 40);
}

TEST_CASE("document state: no patch goes through the names of prototypes", "[state]") {
  const std::string document =
      R"({"a":{"__proto__":{"b":1},"constructor":{"prototype":1}},"c":[]})";
  for (const char* path :
       {"/__proto__", "/__proto__/x", "/a/__proto__", "/a/__proto__/b", "/a/constructor",
        "/a/constructor/prototype", "/a/constructor/prototype/x", "/prototype", "/constructor",
        "/c/__proto__", "/c/constructor", "/c/0/__proto__", "/\\u005f_proto__/x"}) {
    const std::string at = std::string{R"("path":")"} + path + "\"";
    const std::string from = std::string{R"("from":")"} + path + "\"";
    for (const std::string& patch :
         {R"([{"op":"add",)" + at + R"(,"value":1}])",
          R"([{"op":"replace",)" + at + R"(,"value":1}])", R"([{"op":"remove",)" + at + "}]",
          R"([{"op":"test",)" + at + R"(,"value":1}])", R"([{"op":"move","from":"/c",)" + at + "}]",
          R"([{"op":"copy","from":"/c",)" + at + "}]",
          R"([{"op":"move",)" + from + R"(,"path":"/d"}])",
          R"([{"op":"copy",)" + from + R"(,"path":"/d"}])"}) {
      INFO(patch);
      const Patched outcome = patched(PatchFormat::json_patch, document, patch);
      CHECK(outcome.fault == StateFault{StateProblem::patch, 1});
      CHECK(outcome.document == document);
    }
  }
}
