// Merge patches and JSON Patches at random, beside nlohmann's own, which throw where ours answer.

#include <openline/state/json_patch.hpp>

#include <support/catch.hpp>
#include <state/document_on_text.hpp>

#include <nlohmann/json.hpp>

#include <optional>
#include <random>
#include <string>
#include <vector>

using namespace openline;
using nlohmann::json;

namespace {

/// Small values of few names, so that patches often fit.
class Maker {
 public:
  explicit Maker(std::uint64_t seed) : random_{seed} {}

  std::size_t draw(std::size_t count) { return static_cast<std::size_t>(random_() % count); }

  json value(int depth) {
    switch (draw(depth > 0 ? 8 : 5)) {
      case 0:
        return nullptr;
      case 1:
        return draw(2) == 1;
      case 2:
        return static_cast<int>(draw(3));
      case 3:
        return "text";
      case 4:
        return json::array();
      case 5: {
        json array = json::array();
        for (std::size_t i = draw(5); i > 0; --i) {
          array.push_back(value(depth - 1));
        }
        return array;
      }
      default: {
        json object = json::object();
        for (std::size_t i = draw(6); i > 0; --i) {
          object[name()] = value(depth - 1);
        }
        return object;
      }
    }
  }

  std::string name() {
    static const std::vector<std::string> names{"a", "b", "c", "", "~", "/", "0", "a\"\\\n", "é"};
    return names[draw(names.size())];
  }

  /// Into `document` as it is, most of the time; sometimes beside it.
  std::string pointer(const json& document) {
    json::json_pointer path;
    const json* at = &document;
    while (at->is_structured() && draw(4) > 0) {
      if (at->is_array()) {
        const std::size_t index = draw(at->size() + 1);
        if (index == at->size()) {
          path /= draw(2) == 1 ? "-" : std::to_string(index + draw(2));
          break;
        }
        path /= index;
        at = &(*at)[index];
      } else {
        const std::string token = name();
        path /= token;
        const auto member = at->find(token);
        if (member == at->end()) break;
        at = &*member;
      }
    }
    return path.to_string();
  }

  json operation(const json& document) {
    static const std::vector<std::string> names{"add", "remove", "replace", "move", "copy", "test"};
    json operation{{"op", names[draw(names.size())]}, {"path", pointer(document)}};
    if (operation["op"] == "move" || operation["op"] == "copy") {
      operation["from"] = pointer(document);
    } else if (operation["op"] == "test" && draw(3) > 0) {
      const json::json_pointer path{operation["path"].get<std::string>()};
      operation["value"] = document.contains(path) ? document.at(path) : value(1);
    } else {
      operation["value"] = value(2);
    }
    return operation;
  }

 private:
  std::mt19937_64 random_;
};

/// Where nlohmann 3.11 does otherwise than RFC 6902 says.
bool is_judged_otherwise(const json& operation) {
  const auto path = operation["path"].get<std::string>();
  const auto from = operation.value("from", "");
  const bool is_move = operation["op"] == "move";
  // Section 4.4: no value moves into itself. nlohmann moves what the location has become.
  if (is_move && path.rfind(from + '/', 0) == 0) return true;
  // A move to where the value is has no effect, and section 4.2: the root may be removed.
  return (is_move && path == from) || (operation["op"] == "remove" && path.empty());
}

json moved(const json& document, const std::string& from, const std::string& path) {
  const json value = document.at(json::json_pointer{from});
  const json rest = document.patch({{{"op", "remove"}, {"path", from}}});
  // nlohmann asserts that what it adds to is an array or an object.
  const auto parent = json::json_pointer{path}.parent_pointer();
  if (!rest.at(parent).is_structured()) return json(json::value_t::discarded);
  return rest.patch({{{"op", "add"}, {"path", path}, {"value", value}}});
}

std::optional<json> patched_by_nlohmann(const json& document, const json& operation) {
  try {
    json result = operation["op"] == "move" ? moved(document, operation["from"], operation["path"])
                                            : document.patch(json::array({operation}));
    return result.is_discarded() ? std::nullopt : std::optional{std::move(result)};
  } catch (const json::exception&) {
    return std::nullopt;
  }
}

}  // namespace

TEST_CASE("merge patch: it does what nlohmann/json does", "[state]") {
  Maker make{7396};
  for (int round = 0; round < 20'000; ++round) {
    const json document = make.value(4);
    const json patch = make.value(4);
    json expected = document;
    expected.merge_patch(patch);
    const Patched outcome = patched(PatchFormat::merge_patch, document.dump(), patch.dump());
    INFO(document << " and " << patch);
    REQUIRE_FALSE(outcome.fault.has_value());
    REQUIRE(json::parse(outcome.document) == expected);
  }
}

TEST_CASE("json patch: it does what nlohmann/json does, or nothing", "[state]") {
  Maker make{6902};
  int applied = 0;
  int refused = 0;
  for (int round = 0; round < 20'000; ++round) {
    const json before = make.value(4);
    json document = before;
    json patch = json::array();
    std::optional<json> expected = document;
    for (std::size_t i = make.draw(6); i > 0 && expected; --i) {
      const json operation = make.operation(document);
      if (is_judged_otherwise(operation)) continue;
      patch.push_back(operation);
      expected = patched_by_nlohmann(document, operation);
      document = expected.value_or(document);
    }
    const Patched outcome = patched(PatchFormat::json_patch, before.dump(), patch.dump());
    INFO(before << " and " << patch);
    REQUIRE(outcome.fault.has_value() != expected.has_value());
    REQUIRE(json::parse(outcome.document) == expected.value_or(before));
    ++(expected ? applied : refused);
  }
  CHECK(applied > 5'000);
  CHECK(refused > 5'000);
}
