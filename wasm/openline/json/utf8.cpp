#include <openline/json/utf8.hpp>

#include <cstdint>

namespace openline {
namespace {

constexpr std::uint8_t byte_at(std::string_view text, std::size_t at) {
  return static_cast<std::uint8_t>(text[at]);
}

/// RFC 3629, section 4: the second byte has a narrower range after some first bytes.
bool is_second(std::uint8_t first, std::uint8_t second) {
  const std::uint8_t least = first == 0xe0 ? 0xa0 : first == 0xf0 ? 0x90 : 0x80;
  const std::uint8_t most = first == 0xed ? 0x9f : first == 0xf4 ? 0x8f : 0xbf;
  return second >= least && second <= most;
}

}  // namespace

std::size_t utf8_length(std::string_view text) {
  if (text.empty()) {
    return 0;
  }
  const std::uint8_t first = byte_at(text, 0);
  if (first < 0x80) {
    return 1;
  }
  if (first < 0xc2 || first > 0xf4) {
    return 0;
  }
  const std::size_t length = first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
  if (text.size() < length || !is_second(first, byte_at(text, 1))) {
    return 0;
  }
  for (std::size_t i = 2; i < length; ++i) {
    if ((byte_at(text, i) & 0xc0U) != 0x80) {
      return 0;
    }
  }
  return length;
}

const char* skip_multibyte(const char* at, const char* end) {
  while (at != end && static_cast<std::uint8_t>(*at) >= 0x80) {
    const std::size_t length = utf8_length({at, static_cast<std::size_t>(end - at)});
    if (length == 0) {
      break;
    }
    at += length;
  }
  return at;
}

bool is_utf8(std::string_view text) {
  while (!text.empty()) {
    const std::size_t length = utf8_length(text);
    if (length == 0) {
      return false;
    }
    text.remove_prefix(length);
  }
  return true;
}

void append_utf8(std::string& out, char32_t code_point) {
  if (code_point < 0x80) {
    out += static_cast<char>(code_point);
    return;
  }
  const auto continued = [&](unsigned shift) {
    out += static_cast<char>(0x80U | ((code_point >> shift) & 0x3fU));
  };
  if (code_point < 0x800) {
    out += static_cast<char>(0xc0U | (code_point >> 6U));
  } else if (code_point < 0x10000) {
    out += static_cast<char>(0xe0U | (code_point >> 12U));
    continued(6);
  } else {
    out += static_cast<char>(0xf0U | (code_point >> 18U));
    continued(12);
    continued(6);
  }
  continued(0);
}

}  // namespace openline
