#pragma once

// In no window are there more attempts than the budget allows, whatever brought them about.

#include <simulation/invariants/story.hpp>

#include <deque>

namespace openline {

class BudgetKept : public Invariant {
 public:
  explicit BudgetKept(const Story& story) : Invariant{story, "budget_kept"} {}
  using Invariant::learn;

  void learn(const UrlReport& report) {
    const BudgetOptions& budget = story_.options().budget;
    if (budget.attempts_max == BudgetOptions::attempts_unlimited) {
      return;
    }
    while (!attempts_.empty() && now() - attempts_.front() >= budget.window) {
      attempts_.pop_front();
    }
    attempts_.push_back(now());
    judge_.require(attempts_.size() <= budget.attempts_max, "too many attempts",
                   report.socket.value);
  }

 private:
  std::deque<Instant> attempts_;
};

}  // namespace openline
