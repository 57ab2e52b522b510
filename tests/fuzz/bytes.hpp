#pragma once

// Bytes of the fuzzer, read as numbers; zeros when they have run out. And what a target demands.

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>

namespace openline::fuzz {

class Bytes {
 public:
  Bytes(const std::uint8_t* data, std::size_t size) : data_{data}, size_{size} {}
  [[nodiscard]] bool is_empty() const { return at_ >= size_; }
  std::uint8_t byte() { return is_empty() ? 0 : data_[at_++]; }
  std::uint16_t word() {
    const unsigned high = byte();  // two statements: operands have no order
    return static_cast<std::uint16_t>(high << 8U | byte());
  }
  /// One of so many.
  std::uint32_t choice(std::uint32_t count) { return byte() % count; }

 private:
  const std::uint8_t* data_;
  std::size_t size_;
  std::size_t at_ = 0;
};

/// Says what was broken, and ends the run so that libFuzzer keeps the input.
inline void require(bool condition, const char* what) {
  if (!condition) {
    std::fprintf(stderr, "broken: %s\n", what);
    std::abort();
  }
}

}  // namespace openline::fuzz
