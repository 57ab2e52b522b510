#include <simulation/world.hpp>

#include <algorithm>

namespace openline {

WorldEvent World::next() {
  const WorldEvent event = heap_.pop();
  now_ = std::max(now_, event.at);
  return event;
}

void World::set_alarm(Instant at) {
  trace_.note("wake at", 1, static_cast<std::uint64_t>(at.count()));
  alarm_ = at;
  alarm_number_ += 1;
  if (at == Instant::never()) {
    return;
  }
  // setTimeout rings in the millisecond after, or in that of the rounded clock.
  Duration after = std::max(Duration{}, at - now_) + chance_.milliseconds(0, 3);
  if (at > now_ && strikes(Fault::alarm_early, 60)) {
    const auto most = std::min<std::int64_t>((at - now_).count(), 60'000);
    after = chance_.milliseconds(0, static_cast<std::uint32_t>(most));
  }
  schedule(after, {.what = Happening::alarm_rings, .value = alarm_number_});
}

bool World::take_alarm(const WorldEvent& event) {
  if (event.value != alarm_number_ || alarm_ == Instant::never()) {
    return false;
  }
  // The timers of a hidden page ring once a minute (Chromium, intensive throttling).
  if (holds_timers_back_ && event.extra == 0 && strikes(Fault::alarm_late, 2)) {
    schedule(chance_.milliseconds(500, 60'000),
             {.what = Happening::alarm_rings, .value = event.value, .extra = 1});
    return false;
  }
  constexpr Duration unnoticed = Duration::milliseconds(10);
  if (now_ - alarm_ > unnoticed) {
    disturb();
  }
  alarm_ = Instant::never();
  return true;
}

}  // namespace openline
