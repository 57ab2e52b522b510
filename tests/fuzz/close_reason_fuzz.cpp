// libFuzzer: whatever a server writes in a close reason, the time read from it is the one that a
// real JSON parser finds. Run: node scripts/fuzz.js close_reason_fuzz

#include <openline/connection/close_reason.hpp>

#include <fuzz/bytes.hpp>
#include <nlohmann/json.hpp>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace {

using namespace openline;
using fuzz::require;
using nlohmann::json;

/// The oracle is asked only about what both read alike. We look at bytes, and compare names without
/// undoing escapes; the oracle checks UTF-8 and control characters as well, and refuses numbers
/// that no double can hold.
bool is_comparable(std::string_view text) {
  bool is_in_string = false;
  char before = ' ';
  for (const char letter : text) {
    const bool is_space = letter == '\t' || letter == '\r' || letter == '\n';
    const bool is_plain = letter >= ' ' && letter <= '~' && letter != '\\';
    const bool is_exponent = (letter == 'e' || letter == 'E') && before >= '0' && before <= '9';
    if (is_in_string ? !is_plain : (is_exponent || !(is_plain || is_space))) {
      return false;
    }
    is_in_string = is_in_string != (letter == '"');
    before = letter;
  }
  return text.size() <= 300;
}

std::optional<double> milliseconds_of(const json& value) {
  if (!value.is_number() || (value.is_number_integer() && !value.is_number_unsigned())) {
    return std::nullopt;  // -0 is an integer with a sign
  }
  const auto count = value.get<double>();
  return std::signbit(count) ? std::nullopt : std::optional{std::floor(count)};
}

std::optional<double> oracle(std::string_view text) {
  const json object = json::parse(text, nullptr, false);
  if (!object.is_object()) {
    return std::nullopt;
  }
  for (const auto& [name, value] : object.items()) {
    if (value.is_structured()) {
      return std::nullopt;
    }
  }
  return object.contains("retryAfterMs") ? milliseconds_of(object["retryAfterMs"]) : std::nullopt;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text{reinterpret_cast<const char*>(data), size};
  const auto found = retry_after_in(text);
  require(!found || (*found >= Duration{} && *found <= retry_after_max), "a time within limits");
  if (!is_comparable(text)) {
    return 0;
  }
  const auto expected = oracle(text);
  require(found.has_value() == expected.has_value(), "a time where there is one");
  if (found) {
    // The oracle's double may round a long fraction up to the next whole number.
    const double count = std::fmin(*expected, static_cast<double>(retry_after_max.count()));
    require(std::fabs(static_cast<double>(found->count()) - count) <= 1, "the time that is there");
  }
  return 0;
}
