#include <openline/json/number.hpp>

#include <openline/base/random.hpp>

#include <support/catch.hpp>

#include <cstdlib>
#include <string>
#include <string_view>
#include <utility>

using namespace openline;

namespace {

std::string name_of(std::string_view text) {
  std::string scratch = "before";
  return std::string{javascript_number(text, scratch).value_or("none")};
}

}  // namespace

TEST_CASE("json number: what is its own name already is answered itself", "[json]") {
  std::string scratch;
  for (const std::string_view text :
       {"0", "7", "-1", "123", "1.5", "-0.25", "0.000001", "9007199254740991", "-9007199254740991",
        "1e+21", "1e-7", "100000000000000000000", "1.5e-10"}) {
    const auto name = javascript_number(text, scratch);
    REQUIRE(name);
    CHECK(name->data() == text.data());
    CHECK(*name == text);
  }
}

TEST_CASE("json number: another way to write it has the name that JavaScript gives", "[json]") {
  for (const auto& [text, name] : {std::pair{"1.0", "1"},
                                   {"-0", "0"},
                                   {"0.0", "0"},
                                   {"-0.000e5", "0"},
                                   {"0e99999", "0"},
                                   {"1.50", "1.5"},
                                   {"1e2", "100"},
                                   {"1E2", "100"},
                                   {"1e+2", "100"},
                                   {"100e-2", "1"},
                                   {"12.5e1", "125"},
                                   {"125e-1", "12.5"},
                                   {"1e20", "100000000000000000000"},
                                   {"1e21", "1e+21"},
                                   {"12e20", "1.2e+21"},
                                   {"1000000000000000000000", "1e+21"},
                                   {"0.0000001", "1e-7"},
                                   {"1e-6", "0.000001"},
                                   {"1.25e-7", "1.25e-7"},
                                   {"0.00000125", "0.00000125"},
                                   {"-1.50E-007", "-1.5e-7"},
                                   {"1e307", "1e+307"},
                                   {"123456789012345e293", "1.23456789012345e+307"},
                                   {"1e-307", "1e-307"},
                                   {"0.1e-306", "1e-307"},
                                   {"9007199254740991.0", "9007199254740991"},
                                   {"900719925474099.1e1", "9007199254740991"},
                                   {"9007199254740990e-1", "900719925474099"}}) {
    INFO(text);
    CHECK(name_of(text) == name);
  }
}

TEST_CASE("json number: what a double may not keep has no name", "[json]") {
  for (const std::string_view text :
       {"9007199254740992", "9007199254740993", "-9007199254740992", "12345678901234567890",
        "0.1234567890123456", "1.234567890123456e20", "90071992547409910e1", "1e308", "1e309",
        "-1e400", "1e99999999999999999999", "9e-308", "1e-324", "1e-99999999999999999999",
        "123456789012345.6"}) {
    INFO(text);
    CHECK(name_of(text) == "none");
  }
}

TEST_CASE("json number: many zeros are no digits that count", "[json]") {
  const std::string zeros(1'000, '0');
  CHECK(name_of("1" + zeros + "e-1000") == "1");
  CHECK(name_of("0." + zeros + "1e1001") == "1");
  CHECK(name_of("1." + zeros) == "1");
  CHECK(name_of("1" + zeros) == "none");
  CHECK(name_of("1." + zeros + "1") == "none");
}

TEST_CASE("json number: the name reads as the same double", "[json]") {
  SplitMix64 random{6901};
  int named = 0;
  for (int i = 0; i < 200'000; ++i) {
    std::string text = random.next() % 2 == 0 ? "-" : "";
    text += std::to_string(random.next() >> (random.next() % 64));
    if (random.next() % 2 == 0) text += "." + std::to_string(random.next() % 100'000);
    if (random.next() % 2 == 0) text += "e" + std::to_string(random.next() % 640);
    if (random.next() % 4 == 0) text += "0";
    const std::string name = name_of(text);
    if (name == "none") continue;
    ++named;
    if (std::strtod(name.c_str(), nullptr) != std::strtod(text.c_str(), nullptr)) {
      FAIL_CHECK(text << " is not " << name);
    }
    if (name_of(name) != name) FAIL_CHECK(name << " is not its own name");
  }
  CHECK(named > 20'000);
}
