#include <simulation/page.hpp>

namespace openline {

void Page::act() {
  Chance& chance = world_.chance();
  if (is_frozen_) {
    return;
  }
  switch (chance.below(14)) {
    case 0:
    case 1:
      return go_offline();
    case 2:
      // `navigator.onLine` is wrong, or right again, beside a network that is as it was.
      world_.inject(Fault::offline_lie);
      is_offline_ = !is_offline_;
      return tell(is_offline_ ? PageSignal::offline : PageSignal::online);
    case 3:
      return flap();
    case 4:
    case 5:
    case 6:
      return is_hidden_ ? show() : hide();
    case 7:
    case 8:
      return freeze();
    case 9:
    case 10:
      return store();
    case 11:
      return sleep();
    default:
      world_.inject(Fault::stall);
      world_.sleep(chance.milliseconds(10, 8'000));
      return;
  }
}

void Page::tell(PageSignal signal, Duration after) {
  world_.schedule(after,
                  {.what = Happening::page_signals, .value = static_cast<std::uint32_t>(signal)});
}

void Page::go_offline() {
  if (is_offline_) {
    return;
  }
  world_.inject(Fault::offline);
  is_offline_ = true;
  network_.set_down(true);
  tell(PageSignal::offline, world_.chance().milliseconds(0, 500));
  world_.schedule(world_.chance().milliseconds(300, 30'000), {.what = Happening::network_returns});
}

void Page::network_returns() {
  network_.set_down(false);
  if (is_offline_) {
    is_offline_ = false;
    tell(PageSignal::online, world_.chance().milliseconds(0, 200));
  }
}

void Page::flap() {
  world_.inject(Fault::online_flaps);
  Duration at;
  for (std::uint32_t left = world_.chance().between(2, 8); left > 0; --left) {
    tell(PageSignal::offline, at);
    at = at + world_.chance().milliseconds(0, 300);
    tell(PageSignal::online, at);
    at = at + world_.chance().milliseconds(0, 300);
  }
}

void Page::hide() {
  world_.inject(Fault::hidden);
  is_hidden_ = true;
  world_.hold_timers_back(true);
  tell(PageSignal::hidden);
  world_.schedule(world_.chance().milliseconds(100, 90'000), {.what = Happening::page_shows});
}

void Page::show() {
  if (!is_hidden_ || is_frozen_) {
    return;
  }
  is_hidden_ = false;
  world_.hold_timers_back(false);
  tell(PageSignal::shown);
}

void Page::freeze() {
  world_.inject(Fault::frozen);
  is_frozen_ = true;
  world_.schedule(world_.chance().milliseconds(100, 60'000), {.what = Happening::page_thaws});
}

void Page::store() {
  world_.inject(Fault::stored);
  is_stored_ = true;
  is_frozen_ = true;
  // The page is told before it is frozen, and is not seen again before it is restored.
  tell(PageSignal::stored);
  world_.schedule(world_.chance().milliseconds(100, 60'000), {.what = Happening::page_thaws});
}

void Page::thaw() {
  if (!is_frozen_) {
    return;
  }
  is_frozen_ = false;
  world_.disturb();
  if (world_.is_faulty()) {
    network_.note_sleep();
  }
  const PageSignal signal = is_stored_ ? PageSignal::restored : PageSignal::resumed;
  is_stored_ = false;
  // What came in the meantime may be seen before the page is told, or after.
  const bool is_told_first = world_.chance().one_in(2);
  if (is_told_first) {
    tell(signal);
  }
  for (const WorldEvent& event : held_) {
    world_.schedule(Duration{}, event);
  }
  held_.clear();
  if (!is_told_first) {
    tell(signal, world_.chance().milliseconds(0, 10));
  }
}

void Page::sleep() {
  world_.inject(Fault::sleep);
  const bool is_long = world_.chance().one_in(3);
  world_.sleep(is_long ? world_.chance().milliseconds(60'000, 8 * 3'600'000)
                       : world_.chance().milliseconds(1'000, 60'000));
  network_.note_sleep();
}

void Page::recover() {
  thaw();
  show();
  is_offline_ = false;
  tell(PageSignal::online);
}

}  // namespace openline
