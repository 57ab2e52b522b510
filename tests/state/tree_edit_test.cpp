#include <openline/state/tree_edit.hpp>

#include <support/catch.hpp>

#include <nlohmann/json.hpp>

#include <string>
#include <string_view>
#include <utility>

using namespace openline;

namespace {

JsonTree tree_of(std::string_view text) {
  JsonReader reader{text};
  auto tree = read_json_tree(reader);
  REQUIRE(reader.finish());
  return std::move(*tree);
}

struct Document {
  explicit Document(std::string_view text) : bytes{text.size()} {
    if (!text.empty()) root.push_back(tree_of(text));
  }

  [[nodiscard]] std::string text() const {
    std::string out;
    if (!root.empty()) append_json_tree(out, root.front());
    return out;
  }

  JsonArray root;
  std::size_t bytes;
};

TreePlace member(const TreePlace& object, std::string_view name) {
  const auto place = TreeEdit::member(object, json_name(name));
  REQUIRE(place.has_value());
  return *place;
}

TreePlace element(const TreePlace& array, std::size_t index) {
  const auto place = TreeEdit::element(array, index);
  REQUIRE(place.has_value());
  return *place;
}

}  // namespace

TEST_CASE("tree edit: places are found in arrays and objects only", "[state]") {
  Document document{R"({"a":[1],"b":true})"};
  TreeEdit edit{document.root, document.bytes};
  const TreePlace a = member(edit.root(), "a");
  CHECK(TreeEdit::value_at(element(a, 0)) != nullptr);
  CHECK(TreeEdit::value_at(element(a, 1)) == nullptr);
  CHECK_FALSE(TreeEdit::element(a, 2).has_value());
  CHECK_FALSE(TreeEdit::member(a, "\"x\"").has_value());
  CHECK_FALSE(TreeEdit::element(edit.root(), 0).has_value());
  CHECK_FALSE(TreeEdit::member(member(edit.root(), "b"), "\"x\"").has_value());
  CHECK_FALSE(TreeEdit::member(member(edit.root(), "none"), "\"x\"").has_value());
}

TEST_CASE("tree edit: bytes are those of the text after every step", "[state]") {
  Document document{R"({"a":[],"b":{}})"};
  TreeEdit edit{document.root, document.bytes};
  const auto check = [&](std::string_view text) {
    CHECK(document.text() == text);
    CHECK(edit.bytes() == text.size());
  };
  edit.put(element(member(edit.root(), "a"), 0), tree_of("1"));
  check(R"({"a":[1],"b":{}})");
  edit.put(element(member(edit.root(), "a"), 0), tree_of("\"x\""));
  check(R"({"a":["x",1],"b":{}})");
  edit.put(member(member(edit.root(), "b"), "\n"), tree_of("[null]"));
  check(R"({"a":["x",1],"b":{"\n":[null]}})");
  edit.put(member(member(edit.root(), "b"), "c"), tree_of("0"));
  check(R"({"a":["x",1],"b":{"\n":[null],"c":0}})");
  edit.replace(element(member(edit.root(), "a"), 1), tree_of("{}"));
  check(R"({"a":["x",{}],"b":{"\n":[null],"c":0}})");
  edit.remove(element(member(edit.root(), "a"), 0));
  check(R"({"a":[{}],"b":{"\n":[null],"c":0}})");
  edit.remove(member(member(edit.root(), "b"), "\n"));
  check(R"({"a":[{}],"b":{"c":0}})");
  edit.remove(element(member(edit.root(), "a"), 0));
  edit.put(member(edit.root(), "a"), edit.take_removed());
  check(R"({"a":{},"b":{"c":0}})");
  edit.remove(edit.root());
  check("");
  edit.put(edit.root(), tree_of("[]"));
  check("[]");
  edit.roll_back();
  check(R"({"a":[],"b":{}})");
  CHECK_FALSE(edit.has_steps());
}

TEST_CASE("tree edit: what was moved goes back to where it was", "[state]") {
  const std::string text = R"({"a":[[0],[1]],"b":{"c":[2]},"d":[3]})";
  Document document{text};
  TreeEdit edit{document.root, document.bytes};
  edit.remove(element(member(edit.root(), "a"), 0));
  edit.put(member(member(edit.root(), "b"), "c"), edit.take_removed());  // over [2]
  edit.put(element(member(member(edit.root(), "b"), "c"), 1), tree_of("\"in it\""));
  edit.remove(member(edit.root(), "b"));
  edit.put(element(member(edit.root(), "d"), 0), edit.take_removed());
  CHECK(document.text() == R"({"a":[[1]],"d":[{"c":[0,"in it"]},3]})");
  edit.roll_back();
  CHECK(document.text() == text);
  CHECK(edit.bytes() == text.size());
}

TEST_CASE("tree edit: what was moved onto the same scalar goes back too", "[state]") {
  const std::string text = R"({"a":"x","b":"x"})";
  Document document{text};
  TreeEdit edit{document.root, document.bytes};
  edit.remove(member(edit.root(), "a"));
  edit.put(member(edit.root(), "b"), edit.take_removed());
  CHECK(document.text() == R"({"b":"x"})");
  edit.roll_back();
  CHECK(document.text() == text);
}

TEST_CASE("tree edit: members go back to their places, whichever was there", "[state]") {
  const std::string text = R"({"a":1,"b":2,"c":3,"d":4})";
  Document document{text};
  TreeEdit edit{document.root, document.bytes};
  for (const char* name : {"b", "c", "a", "d"}) {
    edit.remove(member(edit.root(), name));
  }
  edit.put(member(edit.root(), "c"), tree_of("5"));
  edit.put(member(edit.root(), "a"), tree_of("6"));
  edit.remove(member(edit.root(), "c"));
  CHECK(document.text() == R"({"a":6})");
  edit.roll_back();
  CHECK(document.text() == text);
}

TEST_CASE("tree edit: depth is that of the deepest value put, effort grows with the work",
          "[state]") {
  Document document{R"({"a":[0,0,0,0]})"};
  TreeEdit edit{document.root, document.bytes};
  CHECK(edit.depth() == 0);
  edit.put(member(edit.root(), "b"), tree_of("1"));
  CHECK(edit.depth() == 1);
  const std::size_t effort = edit.effort();
  edit.put(element(member(edit.root(), "a"), 0), tree_of("[[1]]"));
  CHECK(edit.depth() == 4);
  CHECK(edit.effort() == effort + 5 + 4 * 16);  // its bytes, and the elements behind it
}

TEST_CASE("tree edit: the same scalar again is no step", "[state]") {
  Document document{R"({"a":"x","b":[]})"};
  TreeEdit edit{document.root, document.bytes};
  edit.put(member(edit.root(), "a"), tree_of("\"x\""));
  CHECK_FALSE(edit.has_steps());
  edit.put(member(edit.root(), "a"), tree_of("\"y\""));
  CHECK(edit.has_steps());
}
