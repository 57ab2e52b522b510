#pragma once

// While the page is stored there is no connection and no attempt; while it is hidden the policy
// holds; and a line rests only then.

#include <simulation/invariants/story.hpp>

namespace openline {

class PageRespected : public Invariant {
 public:
  explicit PageRespected(const Story& story) : Invariant{story, "page_respected"} {}
  using Invariant::learn;

  void learn(const Rang& /*fact*/) { has_rung_ = true; }
  void learn(const PageSignalled& fact) { is_away_ = is_away_ && fact.signal != PageSignal::shown; }
  void learn(const UrlReport& report) {
    judge_.require(!story_.is_stored, "an attempt of a stored page", report.socket.value);
    judge_.require(!is_away_, "an attempt of a page that is hidden for long", report.socket.value);
  }
  void settle() {
    const Phase phase = story_.state().phase;
    const ConnectionOptions& options = story_.options();
    const bool is_hidden_for_long = story_.is_hidden && options.hidden != HiddenPolicy::keep &&
                                    now() - story_.hidden_at >= options.hidden_after;
    judge_.require(phase != Phase::resting || story_.is_stored || is_hidden_for_long,
                   "rests though the page is there");
    judge_.require(!story_.is_stored || is_quiet(phase), "a stored page holds a connection");
    // The alarm may be late: until it rings nobody knows for how long.
    is_away_ = is_hidden_for_long && (is_away_ || has_rung_);
    if (is_away_) {
      judge_.require(phase != Phase::waiting, "waits for an attempt though hidden for long");
      judge_.require(options.hidden != HiddenPolicy::close || is_quiet(phase),
                     "a page that is hidden for long holds a connection");
    }
    has_rung_ = false;
  }

 private:
  [[nodiscard]] static bool is_quiet(Phase phase) {
    switch (phase) {
      case Phase::idle:
      case Phase::resting:
      case Phase::closing:
      case Phase::closed:
      case Phase::failed:
        return true;
      case Phase::refreshing:
      case Phase::asking:
      case Phase::opening:
      case Phase::open:
      case Phase::waiting:
        return false;
    }
    return false;
  }

  bool is_away_ = false;
  bool has_rung_ = false;
};

}  // namespace openline
