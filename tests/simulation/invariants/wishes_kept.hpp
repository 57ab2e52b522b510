#pragma once

// When a server says when to come back, or that it is overloaded, no attempt comes sooner, whatever
// the page says. Only the application may overrule it. And it comes, within limits, when it said.

#include <openline/connection/close_reason.hpp>

#include <simulation/invariants/story.hpp>

#include <algorithm>

namespace openline {

class WishesKept : public Invariant {
 public:
  explicit WishesKept(const Story& story) : Invariant{story, "wishes_kept"} {}
  using Invariant::learn;

  void learn(const CloseReport& report) {
    const Phase phase = story_.status.phase;
    const bool is_over = phase != Phase::waiting && phase != Phase::resting;
    const bool is_ended = story_.phase_before == Phase::closing || story_.ended_at == now();
    if (is_over || is_ended) {
      return;
    }
    const Duration min = story_.options().backoff.delay_min;
    if (const auto wish = retry_after_in(report.reason)) {
      const Duration wanted = std::clamp(*wish, min, std::max(min, retry_after_max));
      not_before_ = now() + wanted;
      const Duration base = story_.options().backoff.base;
      if (phase == Phase::waiting && !story_.is_budget_pressed() && base > Duration{}) {
        const Duration above = story_.status.retry_at - now() - wanted;
        story_.scene.world.coverage().spreads.note(Spread::retry_after, above, base);
      }
      if (phase == Phase::waiting && story_.options().budget.attempts_max > 100) {
        const Duration most = wanted + base;
        judge_.require(story_.status.retry_at <= now() + most, "later than the server asked",
                       wanted.count());
      }
    } else if (report.code == 1013) {
      not_before_ = now() + min;
    }
  }
  void learn(const ReconnectRequested& /*fact*/) { not_before_ = Instant{}; }
  void learn(const CloseRequested& /*fact*/) { not_before_ = Instant{}; }
  void settle() {
    const bool is_waiting = story_.state().phase == Phase::waiting;
    judge_.require(!is_waiting || story_.state().deadline >= not_before_,
                   "announced sooner than the server asked", not_before_.count());
  }
  void learn(const UrlReport& report) {
    judge_.require(now() >= not_before_, "sooner than the server asked", report.socket.value);
  }

 private:
  Instant not_before_;
};

}  // namespace openline
