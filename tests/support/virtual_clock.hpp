#pragma once

// VirtualClock: the time of a test. It moves by advance() alone, and holds the one alarm of a line.

#include <openline/base/time.hpp>

namespace openline {

class VirtualClock {
 public:
  [[nodiscard]] Instant now() const { return now_; }
  void advance(Duration by) { now_ = now_ + by; }

  void set_alarm(Instant at) { alarm_ = at; }
  [[nodiscard]] Instant alarm() const { return alarm_; }

  /// True if the alarm is due. An alarm rings once: afterwards none is set.
  [[nodiscard]] bool take_alarm() {
    if (alarm_ > now_) {
      return false;
    }
    alarm_ = Instant::never();
    return true;
  }
  /// Takes the alarm before it is due, as a timer on a coarse clock does.
  void take_alarm_early() { alarm_ = Instant::never(); }

 private:
  Instant now_ = Instant::from_milliseconds(0);
  Instant alarm_ = Instant::never();
};

}  // namespace openline
