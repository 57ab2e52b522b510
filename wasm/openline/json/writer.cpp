#include <openline/json/writer.hpp>

#include <array>
#include <cstddef>

namespace openline {
namespace {

/// Both columns of the short escapes (RFC 8259 section 7), in the same order.
constexpr std::string_view escaped = "\"\\\b\f\n\r\t";
constexpr std::string_view letters = "\"\\bfnrt";

void append_unit(std::string& out, unsigned unit) {
  out += "\\u";
  for (const unsigned shift : {12U, 8U, 4U, 0U}) {
    out += "0123456789abcdef"[(unit >> shift) & 15U];
  }
}

/// The surrogate that `text` begins with: 0xed, and two bytes with six bits each. 0 for none.
unsigned surrogate(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<std::uint8_t>(text[i]); };
  const bool is_one = text.size() > 2 && byte(0) == 0xed && byte(1) >= 0xa0;
  return is_one ? 0xd000U | (byte(1) & 0x3fU) << 6U | (byte(2) & 0x3fU) : 0;
}

}  // namespace

void append_json_string(std::string& out, std::string_view text) {
  out += '"';
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char letter = text[at];
    const auto byte = static_cast<std::uint8_t>(letter);
    if (const std::size_t i = escaped.find(letter); i != std::string_view::npos) {
      out += '\\';
      out += letters[i];
    } else if (byte < 0x20) {
      append_unit(out, byte);
    } else if (const unsigned unit = surrogate(text.substr(at)); unit != 0) {
      append_unit(out, unit);
      at += 2;
    } else {
      out += letter;
    }
  }
  out += '"';
}

void append_json_integer(std::string& out, std::uint64_t value) {
  std::array<char, 20> digits{};  // 2^64 - 1 has 20
  std::size_t begin = digits.size();
  do {
    digits[--begin] = static_cast<char>('0' + value % 10);
    value /= 10;
  } while (value > 0);
  out.append(digits.data() + begin, digits.size() - begin);
}

}  // namespace openline
