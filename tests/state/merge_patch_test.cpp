#include <openline/state/merge_patch.hpp>

#include <support/catch.hpp>
#include <state/document_on_text.hpp>

#include <string>
#include <string_view>

using namespace openline;

namespace {

/// The document after the patch; no merge patch fails.
std::string merged(std::string_view document, std::string_view patch) {
  const Patched outcome = patched(PatchFormat::merge_patch, document, patch);
  CHECK_FALSE(outcome.fault.has_value());
  return outcome.document;
}

}  // namespace

TEST_CASE("merge patch: the examples of RFC 7396, appendix A, come out as it says", "[state]") {
  struct Row {
    const char* original;
    const char* patch;
    const char* result;
  };
  for (const Row& row : {
           Row{R"({"a":"b"})", R"({"a":"c"})", R"({"a":"c"})"},
           Row{R"({"a":"b"})", R"({"b":"c"})", R"({"a":"b","b":"c"})"},
           Row{R"({"a":"b"})", R"({"a":null})", R"({})"},
           Row{R"({"a":"b","b":"c"})", R"({"a":null})", R"({"b":"c"})"},
           Row{R"({"a":["b"]})", R"({"a":"c"})", R"({"a":"c"})"},
           Row{R"({"a":"c"})", R"({"a":["b"]})", R"({"a":["b"]})"},
           Row{R"({"a":{"b":"c"}})", R"({"a":{"b":"d","c":null}})", R"({"a":{"b":"d"}})"},
           Row{R"({"a":[{"b":"c"}]})", R"({"a":[1]})", R"({"a":[1]})"},
           Row{R"(["a","b"])", R"(["c","d"])", R"(["c","d"])"},
           Row{R"({"a":"b"})", R"(["c"])", R"(["c"])"},
           Row{R"({"a":"foo"})", "null", "null"},
           Row{R"({"a":"foo"})", R"("bar")", R"("bar")"},
           Row{R"({"e":null})", R"({"a":1})", R"({"e":null,"a":1})"},
           Row{"[1,2]", R"({"a":"b","c":null})", R"({"a":"b"})"},
           Row{"{}", R"({"a":{"bb":{"ccc":null}}})", R"({"a":{"bb":{}}})"},
       }) {
    INFO(row.original << " and " << row.patch);
    CHECK(merged(row.original, row.patch) == row.result);
  }
}

TEST_CASE("merge patch: the example of RFC 7396, section 3, comes out as it says", "[state]") {
  CHECK(merged(R"({"title":"Goodbye!","author":{"givenName":"John","familyName":"Doe"},)"
               R"("tags":["example","sample"],"content":"This will be unchanged"})",
               R"({"title":"Hello!","phoneNumber":"+01-123-456-7890",)"
               R"("author":{"familyName":null},"tags":["example"]})") ==
        R"({"title":"Hello!","author":{"givenName":"John"},"tags":["example"],)"
        R"("content":"This will be unchanged","phoneNumber":"+01-123-456-7890"})");
}

TEST_CASE("merge patch: on nothing it makes a document, without its nulls", "[state]") {
  CHECK(merged("", R"({"a":{"b":null,"c":[null]},"d":null})") == R"({"a":{"c":[null]}})");
  CHECK(merged("", "null") == "null");
  CHECK(merged("", "7") == "7");
}

TEST_CASE("merge patch: members keep their places, and what is new comes last", "[state]") {
  CHECK(merged(R"({"2":0,"1":0,"a":0})", R"({"new":1,"1":{"x":1},"2":1})") ==
        R"({"2":1,"1":{"x":1},"a":0,"new":1})");
}

TEST_CASE("merge patch: a name is the same however it is escaped", "[state]") {
  CHECK(merged(R"({"a\/é":1})", R"({"a/\u00e9":2})") == R"({"a/é":2})");
  CHECK(merged(R"({"\ud800":1})", R"({"\uD800":null})") == "{}");
}

TEST_CASE("merge patch: what is the same already is no change", "[state]") {
  DocumentState document{document_spec(PatchFormat::merge_patch)};
  REQUIRE_FALSE(document.seed(R"({"a":{"b":1,"c":"x"},"d":null})").has_value());
  for (const char* patch : {"{}", R"({"a":{}})", R"({"a":{"b":1,"c":"x"}})", R"({"e":null})"}) {
    INFO(patch);
    REQUIRE_FALSE(document.take(patch).has_value());
    CHECK_FALSE(document.has_changed());
  }
  REQUIRE_FALSE(document.take(R"({"a":{"b":1.0}})").has_value());
  CHECK(document.has_changed());
}
