#pragma once

// Spreads: where delays fall within the window from which the client draws them. One delay proves
// nothing; of a hundred, some must fall into each quarter. Integers, so that they add up to the
// same in whatever order runs end.

#include <openline/base/time.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace openline {

/// What a delay answers.
enum class Spread : std::uint8_t {
  backoff,      // the first failure
  restarting,   // 1001 and 1012, with which a server drops all of its clients
  overloaded,   // 1013
  retry_after,  // what the server asked for
  hint,         // news
};
inline constexpr std::array<std::string_view, 5> spread_names{"backoff", "restarting", "overloaded",
                                                              "retry_after", "hint"};
inline constexpr std::size_t spread_count = spread_names.size();

class Spreads {
 public:
  using Quarters = std::array<std::uint64_t, 4>;

  /// `drawn` is what the delay has above the least one; no more than `window`.
  void note(Spread spread, Duration drawn, Duration window);
  void add(const Spreads& other);
  [[nodiscard]] const Quarters& of(Spread spread) const {
    return quarters_[static_cast<std::size_t>(spread)];
  }
  /// Which of them is not spread, and how it fell; empty if all are.
  [[nodiscard]] std::string fault() const;

 private:
  std::array<Quarters, spread_count> quarters_{};
};

}  // namespace openline
