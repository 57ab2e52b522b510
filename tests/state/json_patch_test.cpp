#include <openline/state/json_patch.hpp>

#include <support/catch.hpp>
#include <state/document_on_text.hpp>

#include <string>
#include <string_view>

using namespace openline;

namespace {

std::string after(std::string_view document, std::string_view patch) {
  const Patched outcome = patched(PatchFormat::json_patch, document, patch);
  return outcome.fault ? "a fault" : outcome.document;
}

/// Where the fault is, after a check that nothing has changed.
std::optional<std::size_t> refused_at(std::string_view document, std::string_view patch) {
  const Patched outcome = patched(PatchFormat::json_patch, document, patch);
  if (!outcome.fault || outcome.fault->problem != StateProblem::patch) {
    return std::nullopt;
  }
  CHECK(outcome.document == document);
  return outcome.fault->at;
}

}  // namespace

TEST_CASE("json patch: the examples of RFC 6902, appendix A, come out as it says", "[state]") {
  struct Row {
    const char* name;
    const char* document;
    const char* patch;
    const char* result;
  };
  for (const Row& row : {
           Row{"A.1", R"({"foo":"bar"})", R"([{"op":"add","path":"/baz","value":"qux"}])",
               R"({"foo":"bar","baz":"qux"})"},
           Row{"A.2", R"({"foo":["bar","baz"]})", R"([{"op":"add","path":"/foo/1","value":"qux"}])",
               R"({"foo":["bar","qux","baz"]})"},
           Row{"A.3", R"({"baz":"qux","foo":"bar"})", R"([{"op":"remove","path":"/baz"}])",
               R"({"foo":"bar"})"},
           Row{"A.4", R"({"foo":["bar","qux","baz"]})", R"([{"op":"remove","path":"/foo/1"}])",
               R"({"foo":["bar","baz"]})"},
           Row{"A.5", R"({"baz":"qux","foo":"bar"})",
               R"([{"op":"replace","path":"/baz","value":"boo"}])", R"({"baz":"boo","foo":"bar"})"},
           Row{"A.6", R"({"foo":{"bar":"baz","waldo":"fred"},"qux":{"corge":"grault"}})",
               R"([{"op":"move","from":"/foo/waldo","path":"/qux/thud"}])",
               R"({"foo":{"bar":"baz"},"qux":{"corge":"grault","thud":"fred"}})"},
           Row{"A.7", R"({"foo":["all","grass","cows","eat"]})",
               R"([{"op":"move","from":"/foo/1","path":"/foo/3"}])",
               R"({"foo":["all","cows","eat","grass"]})"},
           Row{"A.8", R"({"baz":"qux","foo":["a",2,"c"]})",
               R"([{"op":"test","path":"/baz","value":"qux"},)"
               R"({"op":"test","path":"/foo/1","value":2}])",
               R"({"baz":"qux","foo":["a",2,"c"]})"},
           Row{"A.9", R"({"baz":"qux"})", R"([{"op":"test","path":"/baz","value":"bar"}])",
               "a fault"},
           Row{"A.10", R"({"foo":"bar"})",
               R"([{"op":"add","path":"/child","value":{"grandchild":{}}}])",
               R"({"foo":"bar","child":{"grandchild":{}}})"},
           Row{"A.11", R"({"foo":"bar"})",
               R"([{"op":"add","path":"/baz","value":"qux","xyz":123}])",
               R"({"foo":"bar","baz":"qux"})"},
           Row{"A.12", R"({"foo":"bar"})", R"([{"op":"add","path":"/baz/bat","value":"qux"}])",
               "a fault"},
           Row{"A.13", R"({"foo":"bar"})",
               R"([{"op":"add","path":"/baz","value":"qux","op":"remove"}])", "a fault"},
           Row{"A.14", R"({"/":9,"~1":10})", R"([{"op":"test","path":"/~01","value":10}])",
               R"({"/":9,"~1":10})"},
           Row{"A.15", R"({"/":9,"~1":10})", R"([{"op":"test","path":"/~01","value":"10"}])",
               "a fault"},
           Row{"A.16", R"({"foo":["bar"]})",
               R"([{"op":"add","path":"/foo/-","value":["abc","def"]}])",
               R"({"foo":["bar",["abc","def"]]})"},
       }) {
    INFO(row.name);
    CHECK(after(row.document, row.patch) == row.result);
  }
}

TEST_CASE("json patch: a patch that fails changes nothing and names the operation", "[state]") {
  const std::string steps =
      R"({"op":"add","path":"/new","value":{"x":[1]}},{"op":"add","path":"/a/0","value":9},)"
      R"({"op":"remove","path":"/b"},{"op":"replace","path":"/c/d","value":[]},)"
      R"({"op":"move","from":"/a/1","path":"/c/d/-"},{"op":"copy","from":"/c","path":"/e"},)"
      R"({"op":"move","from":"/e","path":"/c"},{"op":"remove","path":"/c/d/0"},)"
      R"({"op":"move","from":"/new/x","path":"/a/-"},{"op":"remove","path":"/a/0"},)"
      R"({"op":"replace","path":"","value":{"all":"gone"}},)";
  const std::string document = R"({"a":[1,2,3],"b":{"q":null},"c":{"d":"x","f":true},"e":0})";
  const std::string failing = R"({"op":"test","path":"/all","value":"here"})";
  CHECK(refused_at(document, "[" + steps + failing + "]") == steps.size() + 1);
  CHECK(after(document, "[" + steps.substr(0, steps.size() - 1) + "]") == R"({"all":"gone"})");
}

TEST_CASE("json patch: the same wherever it stops", "[state]") {
  const std::string document = R"({"a":{"b":[0,1,2],"c":{}},"d":"x"})";
  std::string patch = "[";
  for (const char* step :
       {R"({"op":"move","from":"/a/b/0","path":"/a/b/2"})",
        R"({"op":"move","from":"/d","path":"/a/c/d"})",
        R"({"op":"copy","from":"/a","path":"/a/c/a"})", R"({"op":"move","from":"/a","path":"/d"})",
        R"({"op":"add","path":"/a","value":1})", R"({"op":"move","from":"/d","path":"/a"})",
        R"({"op":"remove","path":"/a/c/a/b/1"})", R"({"op":"remove","path":""})",
        R"({"op":"add","path":"","value":[]})"}) {
    CHECK(after(document, patch + step + "]") != "a fault");
    patch += std::string{step} + ",";
    CHECK(refused_at(document, patch + R"({"op":"remove","path":"/nowhere"}])") == patch.size());
  }
}

TEST_CASE("json patch: what is no patch is refused", "[state]") {
  for (const char* patch : {"{}",
                            "1",
                            "null",
                            R"("x")",
                            "[1]",
                            "[null]",
                            "[[]]",
                            "[{}]",
                            R"([{"op":"add","path":"/x"}])",
                            R"([{"op":"add","value":1}])",
                            R"([{"path":"/x","value":1}])",
                            R"([{"op":1,"path":"/x","value":1}])",
                            R"([{"op":"add","path":1,"value":1}])",
                            R"([{"op":"ADD","path":"/x","value":1}])",
                            R"([{"op":"","path":"/x","value":1}])",
                            R"([{"op":"move","path":"/x"}])",
                            R"([{"op":"copy","path":"/x"}])",
                            R"([{"op":"copy","path":"/x","from":null}])",
                            R"([{"op":"test","path":"/a"}])",
                            R"([{"op":"replace","path":"/a"}])",
                            R"([{"op":"add","path":"/x","path":"/y","value":1}])",
                            R"([{"op":"add","path":"/x","value":1,"value":2}])",
                            R"([{"op":"move","from":"/a","from":"/a","path":"/x"}])",
                            R"([{"op":"move","from":"/a","path":"/a/b"}])",
                            R"([{"op":"move","from":"","path":"/x"}])",
                            R"([{"op":"replace","path":"/x","value":1}])",
                            R"([{"op":"remove","path":"/x"}])",
                            R"([{"op":"test","path":"/x","value":null}])"}) {
    INFO(patch);
    CHECK(refused_at(R"({"a":{"b":1}})", patch).has_value());
  }
}

TEST_CASE("json patch: a patch without effect is none", "[state]") {
  DocumentState document{document_spec(PatchFormat::json_patch)};
  REQUIRE_FALSE(document.seed(R"({"a":1,"b":[2]})").has_value());
  for (const char* patch :
       {"[]", R"([{"op":"test","path":"/a","value":1}])",
        R"([{"op":"move","from":"/b","path":"/b"}])", R"([{"op":"replace","path":"/a","value":1}])",
        R"([{"op":"add","path":"/b/0","value":2},)"
        R"({"op":"test","path":"/x","value":0}])"}) {
    static_cast<void>(document.take(patch));
    INFO(patch);
    CHECK_FALSE(document.has_changed());
  }
}

TEST_CASE("json patch: on nothing it must make the root first", "[state]") {
  CHECK(after("", R"([{"op":"add","path":"","value":{"a":1}},)"
                  R"({"op":"add","path":"/b","value":2}])") == R"({"a":1,"b":2})");
  CHECK(refused_at("", R"([{"op":"add","path":"/b","value":2}])") == 1);
  CHECK(refused_at("", R"([{"op":"replace","path":"","value":2}])") == 1);
  CHECK(refused_at("", R"([{"op":"remove","path":""}])") == 1);
  CHECK(refused_at("", R"([{"op":"test","path":"","value":null}])") == 1);
  CHECK(after("[1]", R"([{"op":"remove","path":""}])").empty());
}

TEST_CASE("json patch: the place to move to is looked for after the removal", "[state]") {
  CHECK(after("[0,1,2]", R"([{"op":"move","from":"/0","path":"/2"}])") == "[1,2,0]");
  CHECK(after("[0,1,2]", R"([{"op":"move","from":"/0","path":"/-"}])") == "[1,2,0]");
  CHECK(refused_at("[0,1,2]", R"([{"op":"move","from":"/0","path":"/3"}])") == 1);
  // Forbidden by its text (RFC 6902, section 4.4), although the first element would be another.
  CHECK(refused_at("[0,[1]]", R"([{"op":"move","from":"/0","path":"/0/0"}])") == 1);
}

TEST_CASE("json patch: effort is bounded", "[state]") {
  std::string document = "[";
  for (int i = 0; i < 50'000; ++i) {
    document += "0,";
  }
  document += "0]";
  std::string patch = "[";
  for (int i = 0; i < 10'000; ++i) {
    patch += R"({"op":"move","from":"/0","path":"/-"},)";
  }
  patch += R"({"op":"test","path":"/0","value":0}])";
  const Patched outcome = patched(PatchFormat::json_patch, document, patch);
  REQUIRE(outcome.fault.has_value());
  CHECK(outcome.fault->problem == StateProblem::too_large);
  CHECK(outcome.document == document);
}
