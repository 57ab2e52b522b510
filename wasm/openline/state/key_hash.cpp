#include <openline/state/key_hash.hpp>

#include <openline/base/random.hpp>

#include <bit>
#include <cstddef>
#include <cstring>

namespace openline {
namespace {

struct Sip {
  std::uint64_t a, b, c, d;

  void round() {
    a += b;
    c += d;
    b = std::rotl(b, 13) ^ a;
    d = std::rotl(d, 16) ^ c;
    a = std::rotl(a, 32);
    c += b;
    a += d;
    b = std::rotl(b, 17) ^ c;
    d = std::rotl(d, 21) ^ a;
    c = std::rotl(c, 32);
  }

  void take(std::uint64_t word) {
    d ^= word;
    round();
    a ^= word;
  }
};

/// Up to eight bytes, the first one lowest.
std::uint64_t word_of(const char* bytes, std::size_t size) {
  std::uint64_t word = 0;
  std::memcpy(&word, bytes, size);
  return word;
}

}  // namespace

KeyHash::KeyHash(std::uint64_t seed) {
  SplitMix64 random{seed};
  first_ = random.next();
  second_ = random.next();
}

std::uint32_t KeyHash::operator()(std::string_view text) const {
  // The constants are "somepseudorandomlygeneratedbytes".
  Sip sip{first_ ^ 0x736f6d6570736575, second_ ^ 0x646f72616e646f6d, first_ ^ 0x6c7967656e657261,
          second_ ^ 0x7465646279746573};
  const std::uint64_t size = text.size();
  while (text.size() >= 8) {
    sip.take(word_of(text.data(), 8));
    text.remove_prefix(8);
  }
  sip.take(word_of(text.data(), text.size()) | size << 56U);
  sip.c ^= 0xff;
  for (int i = 0; i < 3; ++i) {
    sip.round();
  }
  return static_cast<std::uint32_t>(sip.a ^ sip.b ^ sip.c ^ sip.d);
}

}  // namespace openline
