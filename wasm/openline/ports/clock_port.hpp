#pragma once

// ClockPort: the only way in which the core learns the time and asks to be woken. One alarm a line;
// setting it replaces the one before.

#include <openline/base/time.hpp>

namespace openline {

class ClockPort {
 public:
  ClockPort() = default;
  ClockPort(const ClockPort&) = delete;
  ClockPort& operator=(const ClockPort&) = delete;
  virtual ~ClockPort() = default;

  /// Monotonic; it may jump forward after sleep, never back.
  [[nodiscard]] virtual Instant now() = 0;
  /// Wakes the line once at or after `at`; Instant::never() cancels. May wake early or late: the
  /// line looks at the clock again.
  virtual void wake_at(Instant at) = 0;
};

}  // namespace openline
