#include <openline/json/string.hpp>

#include <openline/json/plain.hpp>
#include <openline/json/utf8.hpp>

#include <algorithm>
#include <cstdint>

namespace openline {
namespace {

constexpr std::string_view letters = "\"\\/bfnrt";
constexpr std::string_view meanings = "\"\\/\b\f\n\r\t";
constexpr std::size_t unit_size = 6;  // \u and four digits

/// 16 and more for what is no digit.
constexpr unsigned hex_digit(char letter) {
  if (letter >= '0' && letter <= '9') return static_cast<unsigned>(letter - '0');
  const char lower = static_cast<char>(letter | 0x20);
  return lower >= 'a' && lower <= 'f' ? static_cast<unsigned>(lower - 'a' + 10) : 16;
}

/// The length of the escape that `text` begins with; 0 for none that there is.
std::size_t escape_length(std::string_view text) {
  if (text.size() < 2) {
    return 0;
  }
  if (text[1] != 'u') {
    return letters.find(text[1]) == std::string_view::npos ? 0 : 2;
  }
  for (std::size_t i = 2; i < unit_size; ++i) {
    if (i >= text.size() || hex_digit(text[i]) > 15) {
      return 0;
    }
  }
  return unit_size;
}

/// The number of the \u escape that `text` begins with; 0 when it begins with anything else.
char32_t code_unit(std::string_view text) {
  if (text.size() < unit_size || text[0] != '\\' || text[1] != 'u') {
    return 0;
  }
  char32_t unit = 0;
  for (std::size_t i = 2; i < unit_size; ++i) {
    unit = unit << 4U | hex_digit(text[i]);
  }
  return unit;
}

/// Appends what the escape at the beginning of `text` means, and says how long it is.
std::size_t append_escape(std::string_view text, std::string& out) {
  if (text[1] != 'u') {
    out += meanings[letters.find(text[1])];
    return 2;
  }
  const char32_t unit = code_unit(text);
  const char32_t low = code_unit(text.substr(unit_size));
  const bool is_pair = (unit & ~0x3ffU) == 0xd800 && (low & ~0x3ffU) == 0xdc00;
  append_utf8(out, is_pair ? 0x10000 + ((unit - 0xd800) << 10U) + (low - 0xdc00) : unit);
  return is_pair ? 2 * unit_size : unit_size;
}

}  // namespace

JsonString scan_json_string(std::string_view text) {
  const char* const end = text.data() + text.size();
  const char* const at = json_string_end(text.data() + 1, end);
  const std::string_view before = text.substr(0, static_cast<std::size_t>(at - text.data()));
  const bool has_escapes = before.find('\\') != std::string_view::npos;
  const bool is_complete = at != end && *at == '"';
  return {before.size() + (is_complete ? 1 : 0), has_escapes, is_complete};
}

const char* json_string_end(const char* at, const char* end) {
  while (true) {
    at = skip_multibyte(skip_plain(at, end), end);
    if (at != end && is_plain(*at)) {
      continue;
    }
    const std::size_t escape =
        at != end && *at == '\\' ? escape_length({at, static_cast<std::size_t>(end - at)}) : 0;
    if (escape == 0) {
      return at;
    }
    at += escape;
  }
}

void unescape_json_string(std::string_view between, std::string& out) {
  out.clear();
  while (!between.empty()) {
    const std::size_t plain = std::min(between.find('\\'), between.size());
    out += between.substr(0, plain);
    between.remove_prefix(plain);
    if (!between.empty()) {
      between.remove_prefix(append_escape(between, out));
    }
  }
}

bool json_string_says(std::string_view between, std::string_view text) {
  std::string meaning;  // of one escape: short enough to need no memory of its own
  while (!between.empty()) {
    const std::size_t plain = std::min(between.find('\\'), between.size());
    if (text.substr(0, plain) != between.substr(0, plain)) {
      return false;
    }
    text.remove_prefix(plain);
    between.remove_prefix(plain);
    if (!between.empty()) {
      meaning.clear();
      between.remove_prefix(append_escape(between, meaning));
      if (text.substr(0, meaning.size()) != meaning) {
        return false;
      }
      text.remove_prefix(meaning.size());
    }
  }
  return text.empty();
}

}  // namespace openline
