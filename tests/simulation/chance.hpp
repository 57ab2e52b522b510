#pragma once

// Chance: what a seed decides. Integers only and drawn by ourselves: the distributions of the
// standard libraries differ, and a trace must be equal natively and in wasm.

#include <openline/base/random.hpp>
#include <openline/base/time.hpp>

#include <array>
#include <cstddef>
#include <cstdint>

namespace openline {

class Chance {
 public:
  explicit Chance(std::uint64_t seed) : random_{seed} {}

  std::uint64_t next() { return random_.next(); }
  /// 0 to count - 1. A product instead of a remainder: no division, and this is called most.
  std::uint32_t below(std::uint32_t count) {
    const std::uint64_t word = random_.next() >> 32U;
    return static_cast<std::uint32_t>((word * count) >> 32U);
  }
  std::uint32_t between(std::uint32_t min, std::uint32_t max) { return min + below(max - min + 1); }
  bool one_in(std::uint32_t count) { return below(count) == 0; }
  Duration milliseconds(std::uint32_t min, std::uint32_t max) {
    return Duration::milliseconds(between(min, max));
  }
  template <class T, std::size_t count>
  T pick(const std::array<T, count>& choices) {
    return choices[below(static_cast<std::uint32_t>(count))];
  }

 private:
  SplitMix64 random_;
};

}  // namespace openline
