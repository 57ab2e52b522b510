#pragma once

// A line that the application opened is not closed, and one that it closed is not opened, whatever
// else happens.

#include <simulation/invariants/story.hpp>

#include <cstdint>

namespace openline {

class ApplicationObeyed : public Invariant {
 public:
  explicit ApplicationObeyed(const Story& story) : Invariant{story, "application_obeyed"} {}
  using Invariant::learn;

  void learn(const OpenRequested& /*fact*/) { wish_ = Wish::open; }
  void learn(const ReconnectRequested& /*fact*/) { wish_ = Wish::open; }
  void learn(const CloseRequested& /*fact*/) { wish_ = Wish::closed; }
  void settle() {
    const Phase phase = story_.state().phase;
    const bool is_over = phase == Phase::closed || phase == Phase::closing;
    if (wish_ == Wish::closed) {
      judge_.require(is_over, "open though the application closed it");
    } else if (wish_ == Wish::open) {
      judge_.require(phase != Phase::idle && phase != Phase::closed,
                     "closed though the application opened it");
    }
  }

 private:
  enum class Wish : std::uint8_t { none, open, closed };

  Wish wish_ = Wish::none;
};

}  // namespace openline
