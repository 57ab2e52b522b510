#include <openline/client/client_id.hpp>

#include <cstdint>
#include <string_view>

namespace openline {
namespace {

/// 128 bits as base64url (RFC 4648 section 5), without padding.
std::string base64url(std::uint64_t high, std::uint64_t low) {
  constexpr std::string_view digits =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  std::string text;
  for (int shift = 122; shift >= -4; shift -= 6) {
    // The 6 bits from `shift` on; the last digit has 2 of them, and 4 zeros.
    std::uint64_t bits = 0;
    if (shift >= 64) {
      bits = high >> (shift - 64);
    } else if (shift > 58) {
      bits = (high << (64 - shift)) | (low >> shift);
    } else {
      bits = shift < 0 ? low << -shift : low >> shift;
    }
    text += digits[bits & 63U];
  }
  return text;
}

}  // namespace

std::string make_client_id(RandomPort& random) {
  const std::uint64_t high = random.seed();
  return base64url(high, random.seed());
}

}  // namespace openline
