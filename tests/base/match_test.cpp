#include <openline/base/match.hpp>

#include <support/catch.hpp>

#include <string>
#include <utility>
#include <variant>

using namespace openline;

namespace {

struct Name {
  std::string operator()(int number) const { return "int " + std::to_string(number); }
  std::string operator()(const std::string& text) const { return "text " + text; }
  std::string operator()(bool is_on) const { return is_on ? "on" : "off"; }
};

}  // namespace

TEST_CASE("match: the function of the alternative that is held is called", "[base]") {
  using Value = std::variant<int, std::string, bool>;
  const Value number{7};
  const Value text{std::string{"a"}};
  const Value flag{true};
  CHECK(match(number, Name{}) == "int 7");
  CHECK(match(text, Name{}) == "text a");
  CHECK(match(flag, Name{}) == "on");
}

TEST_CASE("match: of two alternatives of one type each is met", "[base]") {
  const std::variant<int, int> second{std::in_place_index<1>, 5};
  CHECK(match(second, [](int number) { return number; }) == 5);
}

TEST_CASE("match: what is held may be changed", "[base]") {
  std::variant<std::string, int> value{std::string{"a"}};
  match(value, [](auto& held) { held += 1; });
  CHECK(std::get<std::string>(value).size() == 2);
}
