#include <openline/json/pointer_tree.hpp>

#include <support/catch.hpp>

#include <string>
#include <string_view>

using namespace openline;

namespace {

JsonPointer pointer(std::string_view text) { return JsonPointer::parse(text).value(); }

}  // namespace

TEST_CASE("json pointer tree: equal pointers have one place, others their own", "[json]") {
  JsonPointerTree tree;
  CHECK(tree.add(pointer("/a/b")) == 0);
  CHECK(tree.add(pointer("/a")) == 1);
  CHECK(tree.add(pointer("")) == 2);
  CHECK(tree.add(pointer("/a/b")) == 0);
  CHECK(tree.add(pointer("/a/b/c")) == 3);
}

TEST_CASE("json pointer tree: there are at most so many", "[json]") {
  JsonPointerTree tree;
  for (std::size_t i = 0; i < JsonPointerTree::pointers_max; ++i) {
    CHECK(tree.add(pointer("/" + std::to_string(i))) == i);
  }
  CHECK_FALSE(tree.add(pointer("/one more")));
  CHECK(tree.add(pointer("/7")) == 7);
  CHECK_FALSE(tree.found(JsonPointerTree::pointers_max));
}

TEST_CASE("json pointer tree: without pointers it is nowhere", "[json]") {
  CHECK(JsonPointerTree{}.root() == JsonPointerTree::nowhere);
}

TEST_CASE("json pointer tree: it follows a text and keeps what pointers name", "[json]") {
  static constexpr std::string_view text = R"({"a":[7,8]})";
  JsonPointerTree tree;
  const auto eight = tree.add(pointer("/a/1")).value();
  const auto list = tree.add(pointer("/a")).value();
  tree.open(tree.root(), text.data());
  CHECK(tree.member(tree.root(), "b", false) == JsonPointerTree::nowhere);
  const auto array = tree.member(tree.root(), "a", false);
  tree.open(array, text.data() + 5);
  CHECK(tree.element(array) == JsonPointerTree::nowhere);
  tree.take(tree.element(array), text.data() + 8, text.data() + 9);
  CHECK(tree.found(eight) == "8");
  CHECK_FALSE(tree.found(list));
  CHECK(tree.close(array, text.data() + 10) == tree.root());
  CHECK(tree.found(list) == "[7,8]");
  CHECK(tree.close(tree.root(), text.data() + 11) == JsonPointerTree::nowhere);
  tree.forget();
  CHECK_FALSE(tree.found(eight));
}

TEST_CASE("json pointer tree: a name that comes again loses what it had", "[json]") {
  static constexpr std::string_view text = "1";
  JsonPointerTree tree;
  const auto deep = tree.add(pointer("/a/b")).value();
  const auto other = tree.add(pointer("/c")).value();
  tree.take(tree.member(tree.root(), "c", false), text.data(), text.data() + 1);
  const auto a = tree.member(tree.root(), "a", false);
  tree.take(tree.member(a, "b", false), text.data(), text.data() + 1);
  REQUIRE(tree.found(deep) == "1");
  CHECK(tree.member(tree.root(), R"(\u0061)", true) == a);
  CHECK_FALSE(tree.found(deep));
  CHECK(tree.found(other) == "1");
}
