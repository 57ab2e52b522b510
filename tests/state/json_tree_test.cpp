#include <openline/state/json_tree.hpp>

#include <support/catch.hpp>

#include <nlohmann/json.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <utility>

using namespace openline;
using namespace std::string_literals;

namespace {

std::optional<JsonTree> tree_of(std::string_view text) {
  JsonReader reader{text};
  auto tree = read_json_tree(reader);
  if (!reader.finish()) tree.reset();
  return tree;
}

std::string written(std::string_view text) {
  const auto tree = tree_of(text);
  REQUIRE(tree.has_value());
  std::string out;
  append_json_tree(out, *tree);
  CHECK(extent_of(*tree).bytes == out.size());
  return out;
}

bool are_equal_texts(std::string_view left, std::string_view right) {
  const auto one = tree_of(left);
  const auto other = tree_of(right);
  REQUIRE((one && other));
  CHECK(are_equal(*other, *one) == are_equal(*one, *other));
  return are_equal(*one, *other);
}

std::string nested(std::size_t depth) { return std::string(depth, '[') + std::string(depth, ']'); }

}  // namespace

TEST_CASE("json tree: values are written as they came, but for the space between", "[state]") {
  for (const char* text :
       {"-0", "1e400", "-1E-400", "123456789012345678901234567890", "1.0", "1.10e+05",
        R"("\ud800")", R"("\u0041\/\ud83d\ude00")", R"("")", "true", "false", "null", "[]", "{}",
        R"([1,[{}],"a"])", R"({"b":1,"a":{"":[]},"2":0,"1":0})",
        R"({"__proto__":{"x":1},"constructor":{"prototype":null}})",
        R"({"\ud800":"\udfff","a\u0000\n\"\\":1})"}) {
    INFO(text);
    CHECK(written(text) == text);
  }
  CHECK(written(" {\t\"a\" :\n[ 1 , 2 ] } ") == R"({"a":[1,2]})");
}

TEST_CASE("json tree: names are written in one way", "[state]") {
  CHECK(written(R"({"\u0061\/\u00e9":1})") == R"({"a/é":1})");
  CHECK(written(R"({"x\uD800\u0009":1})") == R"({"x\ud800\t":1})");
  CHECK(json_name("a\xed\xa0\x80\xed\xbf\xbf\xe2\x82\xac") == R"("a\ud800\udfff€")");
}

TEST_CASE("json tree: of equal names the last counts, at the place of the first", "[state]") {
  CHECK(written(R"({"a":1,"b":2,"\u0061":3})") == R"({"a":3,"b":2})");
  std::string wide = "{";
  for (int i = 0; i < 100; ++i) {
    wide += "\"m" + std::to_string(i % 50) + "\":" + std::to_string(i) + (i < 99 ? "," : "}");
  }
  CHECK(written(wide).substr(0, 17) == R"({"m0":50,"m1":51,)");
}

TEST_CASE("json tree: what is no JSON is no tree", "[state]") {
  for (const char* text : {"", "{", "[1,", "{\"a\":}", "{\"a\":1,}", "[1 2]", "nul", "\"\xff\"",
                           "1 2", "{1:2}", "\"\xed\xa0\x80\""}) {
    INFO(text);
    CHECK_FALSE(tree_of(text).has_value());
  }
  CHECK(tree_of(nested(json_depth_max)).has_value());
  CHECK_FALSE(tree_of(nested(json_depth_max + 1)).has_value());
}

TEST_CASE("json tree: the depth counts arrays and objects", "[state]") {
  CHECK(extent_of(*tree_of("1")).depth == 0);
  CHECK(extent_of(*tree_of("[]")).depth == 1);
  CHECK(extent_of(*tree_of(R"([1,{"a":[]},2])")).depth == 3);
  CHECK(extent_of(*tree_of(nested(64))).depth == 64);
}

TEST_CASE("json tree: numbers are equal by value, strings by what they say", "[state]") {
  CHECK(are_equal_texts("1", "1.0"));
  CHECK(are_equal_texts("100", "1E+2"));
  CHECK(are_equal_texts("-0", "0"));
  CHECK(are_equal_texts("0.5", "5e-1"));
  CHECK_FALSE(are_equal_texts("1", "-1"));
  CHECK_FALSE(are_equal_texts("1", "2"));
  CHECK_FALSE(are_equal_texts("1", "\"1\""));
  CHECK_FALSE(are_equal_texts("0", "false"));
  CHECK_FALSE(are_equal_texts("null", "false"));
  CHECK_FALSE(are_equal_texts("true", "false"));
  CHECK(are_equal_texts(R"("\u0041\/")", R"("A/")"));
  CHECK(are_equal_texts(R"("\uD800")", R"("\ud800")"));
  CHECK_FALSE(are_equal_texts(R"("\ud800")", R"("\ud801")"));
  CHECK_FALSE(are_equal_texts(R"("a")", R"("A")"));
}

TEST_CASE("json tree: numbers that JavaScript would not keep are equal byte for byte", "[state]") {
  CHECK(are_equal_texts("123456789012345678901", "123456789012345678901"));
  CHECK_FALSE(are_equal_texts("123456789012345678901", "123456789012345678902"));
  CHECK_FALSE(are_equal_texts("1e400", "2e400"));
  CHECK_FALSE(are_equal_texts("9007199254740993", "9007199254740992"));
}

TEST_CASE("json tree: members are equal in any order, elements in theirs", "[state]") {
  CHECK(are_equal_texts(R"({"a":1,"b":[{"c":null}]})", R"({"b":[{"c":null}],"a":1.0})"));
  CHECK_FALSE(are_equal_texts(R"({"a":1})", R"({"a":1,"b":2})"));
  CHECK_FALSE(are_equal_texts(R"({"a":1,"b":2})", R"({"a":1,"c":2})"));
  CHECK_FALSE(are_equal_texts("[1,2]", "[2,1]"));
  CHECK_FALSE(are_equal_texts("[1,2]", "[1,2,3]"));
  CHECK_FALSE(are_equal_texts("[]", "{}"));
}

TEST_CASE("json tree: only scalars of the same bytes are the same", "[state]") {
  const auto are_same = [](const char* left, const char* right) {
    return are_same_scalar(*tree_of(left), *tree_of(right));
  };
  CHECK(are_same("1", "1"));
  CHECK(are_same("null", "null"));
  CHECK(are_same("true", "true"));
  CHECK_FALSE(are_same("true", "false"));
  CHECK_FALSE(are_same("1", "1.0"));
  CHECK_FALSE(are_same("[]", "[]"));
  CHECK_FALSE(are_same("null", "\"null\""));
}
