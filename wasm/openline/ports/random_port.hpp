#pragma once

// RandomPort: entropy for jitter, drawn once for each line. Tests hand in a seed instead.

#include <cstdint>

namespace openline {

class RandomPort {
 public:
  RandomPort() = default;
  RandomPort(const RandomPort&) = delete;
  RandomPort& operator=(const RandomPort&) = delete;
  virtual ~RandomPort() = default;

  [[nodiscard]] virtual std::uint64_t seed() = 0;
};

}  // namespace openline
