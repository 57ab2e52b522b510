// The public cases of JSON Patch, from npm's json-patch-test-suite, which `npm ci` installs. None
// of them is left out, and none comes out otherwise than it says: the four that are disabled there
// (JSON libraries differ about scalars as documents and members that stand twice) run too.

#include <openline/json/reader.hpp>
#include <openline/state/json_patch.hpp>

#include <support/catch.hpp>
#include <state/document_on_text.hpp>

#include <nlohmann/json.hpp>

#include <fstream>
#include <iterator>
#include <map>
#include <string>
#include <string_view>
#include <vector>

using namespace openline;

namespace {

/// The members of a case as they stand in the file: nlohmann would drop what stands twice.
using Case = std::map<std::string, std::string, std::less<>>;

std::string read_file(const std::string& path) {
  std::ifstream file{path};
  return {std::istreambuf_iterator<char>{file}, {}};
}

std::vector<Case> cases_of(std::string_view text) {
  std::vector<Case> cases;
  JsonReader reader{text};
  reader.begin_array();
  while (reader.next_element()) {
    Case& each = cases.emplace_back();
    reader.begin_object();
    while (const auto name = reader.next_member()) {
      const std::string key{*name};
      each[key] = reader.skip_value().value_or("");
    }
  }
  REQUIRE(reader.finish());
  return cases;
}

/// Compared without the order of members, which the suite does not mean.
nlohmann::json value_of(const std::string& text) { return nlohmann::json::parse(text); }

void check_case(const Case& each) {
  const std::string& document = each.at("doc");
  const Patched outcome = patched(PatchFormat::json_patch, document, each.at("patch"));
  const auto expected = each.find("expected");
  if (each.count("error") > 0) {
    CHECK((outcome.fault && outcome.fault->problem == StateProblem::patch));
    CHECK(value_of(outcome.document) == value_of(document));
  } else {
    CHECK_FALSE(outcome.fault.has_value());
    CHECK(value_of(outcome.document) ==
          value_of(expected == each.end() ? document : expected->second));
  }
}

}  // namespace

TEST_CASE("json patch: the public test suite passes", "[state]") {
  struct Suite {
    const char* file;
    std::size_t cases;
  };
  for (const Suite& suite : {Suite{"tests.json", 78}, Suite{"spec_tests.json", 17}}) {
    const std::string path = std::string{OPENLINE_NODE_MODULES "/json-patch-test-suite/"};
    const std::string text = read_file(path + suite.file);
    INFO("run `npm ci` to get " << path << suite.file);
    REQUIRE_FALSE(text.empty());
    std::size_t run = 0;
    for (const Case& each : cases_of(text)) {
      if (each.count("patch") == 0) continue;  // a heading
      INFO(suite.file << ": " << each.at("patch"));
      check_case(each);
      ++run;
    }
    CHECK(run == suite.cases);
  }
}
