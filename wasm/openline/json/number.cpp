#include <openline/json/number.hpp>

#include <algorithm>
#include <cstdint>

namespace openline {
namespace {

/// A decimal of up to 15 digits comes out of a double as it went in, and nothing shorter is as
/// near (DBL_DIG), unless the double is one of the smallest, which have fewer.
constexpr std::size_t digits_kept = 15;
constexpr std::int64_t magnitude_max = 308;
constexpr std::string_view integer_max_digits = "9007199254740991";  // 2^53 - 1
/// More than any text has digits.
constexpr std::int64_t exponent_max = 10'000'000'000;

constexpr bool is_digit(char letter) { return letter >= '0' && letter <= '9'; }

/// 0.DIGITS times 10 to the power of `magnitude`; `digits` neither begins nor ends with 0.
struct Decimal {
  bool is_negative = false;
  std::string digits;
  std::int64_t magnitude = 0;
};

std::int64_t read_exponent(std::string_view text) {
  const bool is_negative = text[0] == '-';
  std::int64_t exponent = 0;
  for (const char digit : text) {
    if (is_digit(digit)) exponent = std::min(exponent * 10 + (digit - '0'), exponent_max);
  }
  return is_negative ? -exponent : exponent;
}

/// Nothing when there are more significant digits than any number has whose name is known.
std::optional<Decimal> read_decimal(std::string_view text) {
  Decimal decimal;
  std::int64_t zeros = 0;  // that count only if another digit follows
  bool is_fraction = false;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char letter = text[at];
    if (letter == 'e' || letter == 'E') {
      decimal.magnitude += read_exponent(text.substr(at + 1));
      break;
    }
    decimal.is_negative = decimal.is_negative || letter == '-';
    is_fraction = is_fraction || letter == '.';
    if (!is_digit(letter)) continue;
    const bool is_leading = decimal.digits.empty() && letter == '0';
    if (is_leading) {
      decimal.magnitude -= is_fraction ? 1 : 0;
      continue;
    }
    decimal.magnitude += is_fraction ? 0 : 1;
    if (letter == '0') {
      ++zeros;
      continue;
    }
    if (decimal.digits.size() + static_cast<std::size_t>(zeros) >= integer_max_digits.size()) {
      return std::nullopt;
    }
    decimal.digits.append(static_cast<std::size_t>(zeros), '0');
    decimal.digits += letter;
    zeros = 0;
  }
  return decimal;
}

bool is_kept(const Decimal& decimal) {
  const std::string& digits = decimal.digits;
  if (digits.size() <= digits_kept) {
    return decimal.magnitude > -magnitude_max + 1 && decimal.magnitude <= magnitude_max;
  }
  const auto size = static_cast<std::int64_t>(digits.size());
  return decimal.magnitude == size && digits <= integer_max_digits;
}

/// ECMA-262, Number::toString; its n is `magnitude`, its k the number of digits.
void append_name(std::string& out, const Decimal& decimal) {
  const std::string& digits = decimal.digits;
  const std::int64_t n = decimal.magnitude;
  const auto k = static_cast<std::int64_t>(digits.size());
  if (decimal.is_negative) out += '-';
  if (k <= n && n <= 21) {
    out += digits;
    out.append(static_cast<std::size_t>(n - k), '0');
  } else if (0 < n && n <= 21) {
    const auto whole = static_cast<std::size_t>(n);
    out.append(digits, 0, whole) += '.';
    out.append(digits, whole, std::string::npos);
  } else if (-6 < n && n <= 0) {
    out.append("0.").append(static_cast<std::size_t>(-n), '0') += digits;
  } else {
    out += digits[0];
    if (k > 1) out.append(".").append(digits, 1, std::string::npos);
    out += n > 0 ? "e+" : "e-";
    out += std::to_string(n > 0 ? n - 1 : 1 - n);
  }
}

}  // namespace

std::optional<std::string_view> javascript_number(std::string_view text, std::string& scratch) {
  const auto decimal = read_decimal(text);
  if (!decimal || !(decimal->digits.empty() || is_kept(*decimal))) {
    return std::nullopt;
  }
  scratch.clear();
  if (decimal->digits.empty()) {
    scratch += '0';  // -0 too
  } else {
    append_name(scratch, *decimal);
  }
  return scratch == text ? text : std::string_view{scratch};
}

}  // namespace openline
