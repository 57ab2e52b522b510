#pragma once

// How many attempts there may be in a while, whatever their reason: no reset of the backoff, no
// event of the page and no reconnect() in a loop can make a client hammer its server. Pure.

#include <openline/base/time.hpp>

#include <cstdint>
#include <limits>

namespace openline {

struct BudgetOptions {
  static constexpr std::uint32_t attempts_unlimited = std::numeric_limits<std::uint32_t>::max();

  std::uint32_t attempts_max = 120;  // in any `window`
  Duration window = Duration::seconds(60);
  friend constexpr bool operator==(const BudgetOptions&, const BudgetOptions&) = default;
};

// A generic cell rate algorithm (ITU-T I.371): about half of the attempts may come in one burst,
// the others are spread over the window. One instant is remembered, where a sliding window would
// need one for each attempt, and whoever has used the burst up waits for moments, not for minutes.

/// The earliest moment of the next attempt. `spent_until` is what spend_attempt() answered last.
[[nodiscard]] Instant next_attempt_at(const BudgetOptions& options, Instant spent_until);
/// An attempt begins now.
[[nodiscard]] Instant spend_attempt(const BudgetOptions& options, Instant spent_until, Instant now);

}  // namespace openline
