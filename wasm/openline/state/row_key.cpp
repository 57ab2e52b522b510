#include <openline/state/row_key.hpp>

#include <openline/json/number.hpp>
#include <openline/json/string.hpp>
#include <openline/json/writer.hpp>

#include <cstddef>
#include <cstdint>

namespace openline {
namespace {

constexpr std::uint8_t byte_at(std::string_view text, std::size_t at) {
  return at < text.size() ? static_cast<std::uint8_t>(text[at]) : 0;
}

/// Where the first surrogate is: ED A0 80 to ED BF BF. In a key each ED begins a character.
std::size_t find_surrogate(std::string_view text) {
  std::size_t at = text.find('\xed');
  while (at != std::string_view::npos && byte_at(text, at + 1) < 0xa0) {
    at = text.find('\xed', at + 1);
  }
  return at;
}

void append_surrogate(std::string& out, std::string_view three_bytes) {
  constexpr std::string_view digits = "0123456789abcdef";
  const unsigned second = byte_at(three_bytes, 1);
  const unsigned third = byte_at(three_bytes, 2);
  out += "\\ud";
  out += digits[(second >> 2U) & 15U];
  out += digits[(second & 3U) << 2U | ((third >> 4U) & 3U)];
  out += digits[third & 15U];
}

/// What stands between the quotes.
void append_between(std::string& out, std::string_view text) {
  const std::size_t begin = out.size();
  append_json_string(out, text);
  out.erase(begin, 1);
  out.pop_back();
}

}  // namespace

std::optional<std::string_view> row_key(std::string_view json, std::string& scratch) {
  const char first = json.front();
  if (first == '"') {
    const std::string_view between = json.substr(1, json.size() - 2);
    if (between.find('\\') == std::string_view::npos) {
      return between;
    }
    unescape_json_string(between, scratch);
    return scratch;
  }
  const bool is_number = first == '-' || (first >= '0' && first <= '9');
  return is_number ? javascript_number(json, scratch) : std::nullopt;
}

void append_row_key(std::string& out, std::string_view key) {
  std::size_t at = find_surrogate(key);
  if (at == std::string_view::npos) {
    append_json_string(out, key);
    return;
  }
  out += '"';
  for (; at != std::string_view::npos; at = find_surrogate(key)) {
    append_between(out, key.substr(0, at));
    append_surrogate(out, key.substr(at));
    key.remove_prefix(at + 3);
  }
  append_between(out, key);
  out += '"';
}

}  // namespace openline
