#include <openline/connection/budget.hpp>

#include <openline/base/assert.hpp>

#include <algorithm>

namespace openline {
namespace {

// In any window there are at most burst + window / pause - 1 attempts, which is attempts_max.

std::int64_t burst(const BudgetOptions& options) {
  return (static_cast<std::int64_t>(options.attempts_max) + 1) / 2;
}

Duration pause(const BudgetOptions& options) {
  const std::int64_t spread = static_cast<std::int64_t>(options.attempts_max) + 1 - burst(options);
  return Duration::milliseconds((options.window.count() + spread - 1) / spread);  // rounded up
}

bool is_unlimited(const BudgetOptions& options) {
  return options.attempts_max == BudgetOptions::attempts_unlimited;
}

}  // namespace

Instant next_attempt_at(const BudgetOptions& options, Instant spent_until) {
  OL_ASSERT(options.attempts_max > 0);
  if (is_unlimited(options)) {
    return spent_until;
  }
  return spent_until - pause(options) * (burst(options) - 1);
}

Instant spend_attempt(const BudgetOptions& options, Instant spent_until, Instant now) {
  OL_ASSERT(options.attempts_max > 0);
  return is_unlimited(options) ? spent_until : std::max(spent_until, now) + pause(options);
}

}  // namespace openline
