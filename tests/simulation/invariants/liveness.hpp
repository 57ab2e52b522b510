#pragma once

// Once the faults are over the line is open again within a bound that follows from its options,
// with an empty queue, and it stays open.

#include <simulation/invariants/story.hpp>

namespace openline {

class Liveness : public Invariant {
 public:
  explicit Liveness(const Story& story) : Invariant{story, "liveness"} {}
  using Invariant::learn;

  void learn(const CalmBegins& fact);
  void learn(const CloseReport& report);
  // What the application does restarts the clock: it does so only with a line that it ended itself.
  void learn(const OpenRequested& /*fact*/) { begin_again(); }
  void learn(const ReconnectRequested& /*fact*/) { begin_again(); }
  void learn(const CloseRequested& /*fact*/) { begin_again(); }
  void settle();

  [[nodiscard]] bool is_proved() const { return is_proved_; }

 private:
  void begin_again() { calm_since_ = calm_since_ == Instant::never() ? Instant::never() : now(); }
  [[nodiscard]] Duration bound() const;
  [[nodiscard]] bool is_well() const;

  Instant calm_since_ = Instant::never();
  Instant healed_at_;
  Instant well_since_ = Instant::never();
  bool has_wished_ = false;  // the server said when to come back
  bool is_proved_ = false;
};

}  // namespace openline
