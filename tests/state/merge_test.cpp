#include <openline/state/merge.hpp>

#include <support/catch.hpp>

#include <nlohmann/json.hpp>

#include <string>

using namespace openline;

namespace {

std::string merged(std::string_view base, std::string_view patch) {
  ObjectMerge merge{KeyHash{1}};
  return std::string{merge.merge(base, patch)};
}

}  // namespace

TEST_CASE("merge: members keep their places, and new ones come behind", "[state]") {
  CHECK(merged("{\"a\":1,\"b\":2}", "{\"c\":3,\"a\":4}") == "{\"a\":4,\"b\":2,\"c\":3}");
  CHECK(merged("{}", "{\"a\":1}") == "{\"a\":1}");
}

TEST_CASE("merge: values are passed on as they are, and null is one", "[state]") {
  CHECK(merged("{\"a\":{\"x\":1},\"b\":1.50}", "{\"a\":{\"y\":2},\"c\":null}") ==
        "{\"a\":{\"y\":2},\"b\":1.50,\"c\":null}");
}

TEST_CASE("merge: names are compared with their escapes undone", "[state]") {
  CHECK(merged("{\"a\\u0062\":1}", "{\"ab\":2}") == "{\"a\\u0062\":2}");
  CHECK(merged("{\"ab\":1}", "{\"a\\u0062\":2,\"\\u0063\":3}") == "{\"ab\":2,\"\\u0063\":3}");
}

TEST_CASE("merge: where nothing differs the base stays as it is", "[state]") {
  CHECK(merged("{ \"a\" : 1 }", "{\"a\":1}") == "{ \"a\" : 1 }");
  CHECK(merged("{ \"a\" : 1 }", "{}") == "{ \"a\" : 1 }");
}

TEST_CASE("merge: of members with the same name the last one counts", "[state]") {
  CHECK(merged("{\"a\":1}", "{\"a\":2,\"a\":3}") == "{\"a\":3}");
  CHECK(merged("{\"a\":1}", "{\"b\":2,\"b\":3}") == "{\"a\":1,\"b\":3}");
  const auto both = nlohmann::json::parse(merged("{\"a\":1,\"a\":2}", "{\"a\":3}"));
  CHECK(both == nlohmann::json{{"a", 3}});
}

TEST_CASE("merge: __proto__ and the empty name are names like others", "[state]") {
  CHECK(merged("{\"__proto__\":1,\"\":2}", "{\"\":3,\"__proto__\":{}}") ==
        "{\"__proto__\":{},\"\":3}");
}

TEST_CASE("merge: objects of very many members are merged in no time", "[state]") {
  std::string base = "{";
  std::string patch = "{";
  for (int i = 0; i < 50'000; ++i) {
    base += (i > 0 ? ",\"" : "\"") + std::to_string(i) + "\":0";
    patch += (i > 0 ? ",\"" : "\"") + std::to_string(i + 25'000) + "\":1";
  }
  const auto object = nlohmann::json::parse(merged(base + '}', patch + '}'));
  CHECK(object.size() == 75'000);
  CHECK(object["24999"] == 0);
  CHECK(object["25000"] == 1);
}
