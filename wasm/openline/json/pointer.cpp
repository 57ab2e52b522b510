#include <openline/json/pointer.hpp>

#include <openline/json/utf8.hpp>

#include <algorithm>

namespace openline {
namespace {

/// RFC 6901, section 4. Nothing for a '~' that begins no escape.
std::optional<std::string> unescaped(std::string_view token) {
  std::string out;
  for (std::size_t at = 0; at < token.size(); ++at) {
    char letter = token[at];
    if (letter == '~') {
      ++at;
      if (at == token.size() || (token[at] != '0' && token[at] != '1')) return std::nullopt;
      letter = token[at] == '0' ? '~' : '/';
    }
    out += letter;
  }
  return out;
}

}  // namespace

std::optional<JsonPointer> JsonPointer::parse(std::string_view text) {
  if (text.size() > bytes_max || (!text.empty() && text[0] != '/') || !is_utf8(text)) {
    return std::nullopt;
  }
  JsonPointer pointer;
  while (!text.empty()) {
    text.remove_prefix(1);
    const std::size_t size = std::min(text.find('/'), text.size());
    auto token = unescaped(text.substr(0, size));
    if (!token || pointer.tokens_.size() == tokens_max) {
      return std::nullopt;
    }
    pointer.tokens_.push_back(std::move(*token));
    text.remove_prefix(size);
  }
  return pointer;
}

}  // namespace openline
