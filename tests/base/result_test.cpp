#include <openline/base/result.hpp>

#include <support/catch.hpp>

#include <string>

using openline::Result;
using openline::Success;

namespace {

enum class Fault { odd, negative };

Result<int, Fault> half(int number) {
  if (number < 0) {
    return Fault::negative;
  }
  if (number % 2 != 0) {
    return Fault::odd;
  }
  return number / 2;
}

}  // namespace

TEST_CASE("result: a success carries its value", "[base]") {
  const auto result = half(8);
  REQUIRE(result);
  CHECK(result.has_value());
  CHECK(result.value() == 4);
}

TEST_CASE("result: a failure carries its reason and no value", "[base]") {
  const auto result = half(7);
  REQUIRE_FALSE(result);
  CHECK_FALSE(result.has_value());
  CHECK(result.error() == Fault::odd);
  CHECK(half(-1).error() == Fault::negative);
}

TEST_CASE("result: values that own memory are kept whole when a result is copied", "[base]") {
  const std::string text(100, 'x');
  const Result<std::string, Fault> result{text};
  const Result<std::string, Fault> copy = result;  // NOLINT(performance-unnecessary-copy)
  CHECK(copy.value() == text);
  CHECK(result.value() == text);
}

TEST_CASE("result: value and error of one type's size are not mixed up", "[base]") {
  const Result<unsigned, int> success{1U};
  const Result<unsigned, int> failure{1};
  CHECK(success);
  CHECK_FALSE(failure);
}

TEST_CASE("result: Success is equal to itself", "[base]") {
  const Result<Success, Fault> done{Success{}};
  REQUIRE(done);
  CHECK(done.value() == Success{});
}
