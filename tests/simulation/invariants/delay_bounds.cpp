#include <simulation/invariants/delay_bounds.hpp>

#include <algorithm>

namespace openline {
namespace {

/// An attempt at once, or two seconds after the last one that a signal brought; reconnect() may
/// make several of those follow each other.
constexpr Duration soon = hint_gap * 4;

}  // namespace

void DelayBounds::learn(const StatusReport& report) {
  const bool is_from_stable =
      story_.phase_before == Phase::open && story_.is_stable() && report.attempt == 1;
  const bool is_retry = report.attempt == newest_ + 1 || is_from_stable;
  if (is_from_stable || report.phase == Phase::resting) {
    step_ = 0;
  }
  newest_ = report.attempt;
  if (report.phase == Phase::waiting && is_retry) {
    step_ += 1;
    is_new_ = true;
    was_hinted_ = story_.is_hinted();
  }
}

void DelayBounds::learn(const CloseReport& report) {
  const bool has_wish = report.reason.find("retryAfterMs") != std::string::npos;
  if (has_wish) {
    is_new_ = false;  // the server decides; see WishesKept
  } else {
    judge_retry(close_meaning(report.code));
  }
}

void DelayBounds::learn(const PageSignalled& /*fact*/) {
  if (story_.signal_at == now()) {
    is_signalled_ = true;
    step_ = 0;
  }
}

void DelayBounds::settle() {
  judge_retry(CloseMeaning::retry);
  judge_news();
}

/// What promises a network brings the next attempt forward.
void DelayBounds::judge_news() {
  const ConnectionState& state = story_.state();
  const bool is_free = !story_.is_budget_pressed() && state.not_before <= now();
  if (is_signalled_ && state.phase == Phase::waiting && is_free) {
    judge_.require(state.deadline - now() <= soon, "news bring no attempt",
                   (state.deadline - now()).count());
  }
  is_signalled_ = false;
}

void DelayBounds::judge_retry(CloseMeaning meaning) {
  // A handler may have ended the line before this was passed on.
  if (!is_new_ || story_.status.phase != Phase::waiting || story_.ended_at == now()) {
    is_new_ = false;
    return;
  }
  is_new_ = false;
  const BackoffOptions& backoff = story_.options().backoff;
  const Duration delay = story_.status.retry_at - now();
  const bool is_answered_at_once = was_hinted_ && meaning == CloseMeaning::retry;
  if (!is_answered_at_once) {
    judge_.require(delay >= backoff.delay_min, "sooner than the shortest delay", delay.count());
  }
  Duration base = backoff.base;
  if (meaning == CloseMeaning::restarting || meaning == CloseMeaning::overloaded) {
    base = std::max(base, restart_spread);
  }
  note_spread(meaning, delay);
  const auto doublings = std::min(step_ == 0 ? 0U : step_ - 1, 20U);
  const Duration window =
      std::min(base * (std::int64_t{1} << doublings), backoff.delay_max - backoff.delay_min);
  const bool is_free = !story_.is_budget_pressed() && !is_answered_at_once;
  if (is_free) {
    judge_.require(delay <= backoff.delay_min + window, "later than the backoff allows",
                   delay.count());
    judge_spread(delay);
  }
  if (is_answered_at_once && !story_.is_budget_pressed()) {
    judge_.require(delay <= std::max(soon, backoff.delay_min + window), "later than hints allow",
                   delay.count());
  }
}

/// The first delay after the backoff began anew: its window is known.
void DelayBounds::note_spread(CloseMeaning meaning, Duration delay) {
  const BackoffOptions& backoff = story_.options().backoff;
  const Duration room = backoff.delay_max - backoff.delay_min;
  const bool is_usual = meaning == CloseMeaning::retry;
  const bool is_known = !is_usual || (!was_hinted_ && backoff.base > Duration{});
  if (step_ != 1 || !is_known || story_.is_budget_pressed()) {
    return;
  }
  const Duration base = is_usual ? backoff.base : restart_spread;
  if (room < std::max(backoff.base * 2, Duration::seconds(1)) ||
      (!is_usual && backoff.base >= restart_spread)) {
    return;
  }
  const Spread spread = is_usual                              ? Spread::backoff
                        : meaning == CloseMeaning::restarting ? Spread::restarting
                                                              : Spread::overloaded;
  story_.scene.world.coverage().spreads.note(spread, delay - backoff.delay_min,
                                             std::min(base, room));
}

/// Without jitter every delay is the shortest one plus a doubling of the base, or the longest one.
/// By chance that happens less than ten times in five hundred.
void DelayBounds::judge_spread(Duration delay) {
  const BackoffOptions& backoff = story_.options().backoff;
  const Duration room = backoff.delay_max - backoff.delay_min;
  if (backoff.base < Duration::milliseconds(500) || room < Duration::seconds(2)) {
    return;
  }
  const Duration drawn = delay - backoff.delay_min;
  bool is_sharp = drawn == Duration{} || drawn == room;
  for (Duration window = backoff.base; window < room; window = window * 2) {
    is_sharp = is_sharp || drawn == window;
  }
  sharp_ = is_sharp ? sharp_ + 1 : 0;
  constexpr std::uint32_t sharp_max = 5;
  judge_.require(sharp_ < sharp_max, "delays are not spread", delay.count());
}

}  // namespace openline
