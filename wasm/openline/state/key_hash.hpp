#pragma once

// KeyHash: SipHash-1-3 (Aumasson and Bernstein, 2012) under a key that nobody outside can know, so
// that nobody can choose texts that collide. Not for signatures.

#include <cstdint>
#include <string_view>

namespace openline {

class KeyHash {
 public:
  explicit KeyHash(std::uint64_t seed);

  /// The lower half of the hash.
  [[nodiscard]] std::uint32_t operator()(std::string_view text) const;

 private:
  std::uint64_t first_ = 0;
  std::uint64_t second_ = 0;
};

}  // namespace openline
