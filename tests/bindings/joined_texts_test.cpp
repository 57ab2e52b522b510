#include <bindings/joined_texts.hpp>

#include <support/catch.hpp>

#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

using namespace openline;

namespace {

using Texts = std::vector<std::string>;

Texts parted(const std::vector<std::uint32_t>& units, std::string_view bytes) {
  std::string head(units.size() * sizeof(std::uint32_t), '\0');
  if (!head.empty()) std::memcpy(head.data(), units.data(), head.size());
  JoinedTexts joined{head, bytes};
  Texts texts;
  while (const auto text = joined.next()) {
    texts.emplace_back(*text);
  }
  return texts;
}

}  // namespace

TEST_CASE("joined texts: of ASCII are parted by their lengths", "[bindings]") {
  CHECK(parted({3, 0, 2}, "abcde") == Texts{"abc", "", "de"});
  CHECK(parted({}, "").empty());
}

TEST_CASE("joined texts: of other characters are parted by their UTF-16 code units", "[bindings]") {
  CHECK(parted({2, 2, 1, 3}, "a\u00e9\U0001f600\u20acb\U0001f680") ==
        Texts{"a\u00e9", "\U0001f600", "\u20ac", "b\U0001f680"});
  CHECK(parted({0, 1, 0}, "\u20ac") == Texts{"", "\u20ac", ""});
}

TEST_CASE("joined texts: end where the bytes do, whatever the lengths say", "[bindings]") {
  CHECK(parted({2, 9, 4'000'000'000}, "abc") == Texts{"ab", "c", ""});
  CHECK(parted({1, 1}, "\U0001f600") == Texts{"", ""});
}
