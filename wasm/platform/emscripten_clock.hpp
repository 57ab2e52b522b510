#pragma once

// EmscriptenClock: the clock of the lines (js/src/core/host.ts) and one setTimeout for each line.

#include <openline/base/ids.hpp>
#include <openline/ports/clock_port.hpp>

namespace openline {

class EmscriptenClock final : public ClockPort {
 public:
  explicit EmscriptenClock(LineId line) : line_{line} {}

  Instant now() override;
  void wake_at(Instant at) override;

 private:
  LineId line_;
};

}  // namespace openline
