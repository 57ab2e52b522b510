#include <platform/emscripten_clock.hpp>

#include <platform/js_library.h>

#include <cstdint>

namespace openline {

Instant EmscriptenClock::now() {
  return Instant::from_milliseconds(static_cast<std::int64_t>(ol_js_now()));
}

void EmscriptenClock::wake_at(Instant at) {
  if (at == Instant::never()) {
    ol_js_wake_after(line_.value, -1);
    return;
  }
  // The clock is read rounded down, so a timer of exactly this length could ring in the millisecond
  // before; one more saves the second ring.
  const double delay = static_cast<double>(at.count()) - ol_js_now();
  ol_js_wake_after(line_.value, delay < 0 ? 0 : delay + 1);
}

}  // namespace openline
