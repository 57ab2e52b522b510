#include <bindings/joined_texts.hpp>

#include <algorithm>
#include <cstring>

namespace openline {
namespace {

std::uint32_t first_number(std::string_view numbers) {
  std::uint32_t number = 0;
  std::memcpy(&number, numbers.data(), sizeof number);
  return number;
}

/// How many code units there are of the character that begins with this byte; 0 within one.
constexpr std::uint32_t units_of(char letter) {
  const auto byte = static_cast<std::uint8_t>(letter);
  if (byte >= 0xf0) return 2;
  return byte < 0x80 || byte >= 0xc0 ? 1 : 0;
}

}  // namespace

JoinedTexts::JoinedTexts(std::string_view units, std::string_view bytes)
    : units_{units}, bytes_{bytes} {
  std::uint64_t sum = 0;
  for (std::string_view rest = units; !rest.empty(); rest.remove_prefix(sizeof(std::uint32_t))) {
    sum += first_number(rest);
  }
  is_ascii_ = sum == bytes.size();
}

std::optional<std::string_view> JoinedTexts::next() {
  if (units_.empty()) {
    return std::nullopt;
  }
  const std::string_view text = bytes_.substr(0, bytes_of(first_number(units_)));
  units_.remove_prefix(sizeof(std::uint32_t));
  bytes_.remove_prefix(text.size());
  return text;
}

std::size_t JoinedTexts::bytes_of(std::uint32_t units) const {
  if (is_ascii_) {
    return units;
  }
  std::size_t at = 0;
  for (std::uint32_t left = units; at < bytes_.size(); ++at) {
    const std::uint32_t more = units_of(bytes_[at]);
    if (more > left) {
      break;
    }
    left -= more;
  }
  return std::min(at, bytes_.size());
}

}  // namespace openline
