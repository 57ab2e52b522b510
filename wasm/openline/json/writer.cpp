#include <openline/json/writer.hpp>

#include <array>
#include <cstddef>

namespace openline {
namespace {

/// Both columns of the short escapes (RFC 8259 section 7), in the same order.
constexpr std::string_view escaped = "\"\\\b\f\n\r\t";
constexpr std::string_view letters = "\"\\bfnrt";

}  // namespace

void append_json_string(std::string& out, std::string_view text) {
  out += '"';
  for (const char letter : text) {
    const auto byte = static_cast<std::uint8_t>(letter);
    if (const std::size_t i = escaped.find(letter); i != std::string_view::npos) {
      out += '\\';
      out += letters[i];
    } else if (byte < 0x20) {
      out += "\\u00";
      out += "0123456789abcdef"[byte >> 4U];
      out += "0123456789abcdef"[byte & 15U];
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
