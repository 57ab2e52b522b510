#include <openline/state/tree_pointer.hpp>

#include <support/catch.hpp>

#include <nlohmann/json.hpp>

#include <optional>
#include <string>
#include <string_view>

using namespace openline;

namespace {

struct Tree {
  explicit Tree(std::string_view text) {
    JsonReader reader{text};
    auto tree = read_json_tree(reader);
    REQUIRE(reader.finish());
    root.push_back(std::move(*tree));
  }

  /// The text of what the pointer leads to; "none" where there is no value yet.
  std::optional<std::string> at(std::string_view pointer) {
    TreeEdit edit{root, 0};
    const auto place = find_place(edit, pointer);
    if (!place) {
      return std::nullopt;
    }
    const JsonTree* value = TreeEdit::value_at(*place);
    std::string text;
    if (value != nullptr) append_json_tree(text, *value);
    return value == nullptr ? "none" : text;
  }

  JsonArray root;
};

}  // namespace

TEST_CASE("tree pointer: the examples of RFC 6901, section 5, lead where it says", "[state]") {
  const std::string text = R"({"foo":["bar","baz"],"":0,"a/b":1,"c%d":2,"e^f":3,"g|h":4,)"
                           R"("i\\j":5,"k\"l":6," ":7,"m~n":8})";
  Tree tree{text};
  struct Row {
    const char* pointer;
    const char* value;
  };
  for (const Row& row : {
           Row{"", text.c_str()},
           Row{"/foo", R"(["bar","baz"])"},
           Row{"/foo/0", R"("bar")"},
           Row{"/", "0"},
           Row{"/a~1b", "1"},
           Row{"/c%d", "2"},
           Row{"/e^f", "3"},
           Row{"/g|h", "4"},
           Row{"/i\\j", "5"},
           Row{"/k\"l", "6"},
           Row{"/ ", "7"},
           Row{"/m~0n", "8"},
       }) {
    INFO(row.pointer);
    CHECK(tree.at(row.pointer) == row.value);
  }
}

TEST_CASE("tree pointer: a place may be without a value", "[state]") {
  Tree tree{R"({"a":[1],"b":{}})"};
  CHECK(tree.at("/c") == "none");
  CHECK(tree.at("/a/1") == "none");
  CHECK(tree.at("/a/-") == "none");
  CHECK(tree.at("/b/") == "none");
}

TEST_CASE("tree pointer: what is no pointer, or leads nowhere, is no place", "[state]") {
  Tree tree{R"({"a":[[1],2],"b":{"c":null,"~":0},"s":"x"})"};
  for (const char* pointer : {"a",      "/b/~",          "/b/~2",
                              "/b/c~",  "/a/2/0",        "/a/3",
                              "/a/-1",  "/a/01",         "/a/1e0",
                              "/a/0x0", "/a/1.0",        "/a/ 0",
                              "/a/+0",  "/a/0 ",         "/a/",
                              "/a/-/0", "/b/c/d",        "/b/d/e",
                              "/s/0",   "/s/-",          "/s/",
                              "/a/1/x", "/x/y",          "#/a",
                              "/a/00",  "/a/4294967296", "/a/18446744073709551616"}) {
    INFO(pointer);
    CHECK_FALSE(tree.at(pointer).has_value());
  }
}

TEST_CASE("tree pointer: nothing is reached through the names of prototypes", "[state]") {
  Tree tree{R"({"__proto__":{"a":1},"constructor":{"prototype":{"a":1}},"b":{"prototype":1}})"};
  for (const char* pointer : {"/__proto__", "/__proto__/a", "/constructor", "/constructor/a",
                              "/constructor/prototype/a", "/b/prototype", "/b/__proto__/x"}) {
    INFO(pointer);
    CHECK_FALSE(tree.at(pointer).has_value());
  }
  CHECK(tree.at("/b/__proto") == "none");
}

TEST_CASE("tree pointer: a name is found however it is escaped", "[state]") {
  Tree tree{R"({"\u00e9\n":1,"\ud83d\ude00":2,"\ud800":3,"a\u0000b":4})"};
  CHECK(tree.at("/\xc3\xa9\n") == "1");
  CHECK(tree.at("/\xf0\x9f\x98\x80") == "2");
  CHECK(tree.at("/\xed\xa0\x80") == "3");
  CHECK(tree.at(std::string_view{"/a\0b", 4}) == "4");
}

TEST_CASE("tree pointer: on nothing only the root is a place", "[state]") {
  JsonArray nothing;
  TreeEdit edit{nothing, 0};
  const auto root = find_place(edit, "");
  REQUIRE(root.has_value());
  CHECK(TreeEdit::value_at(*root) == nullptr);
  CHECK_FALSE(find_place(edit, "/a").has_value());
  CHECK_FALSE(find_place(edit, "/0").has_value());
}
