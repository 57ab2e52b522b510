#pragma once

// A retry comes neither sooner nor later than the backoff allows, and not at the same moment for
// every client: the delays are spread.

#include <simulation/invariants/story.hpp>

#include <cstdint>

namespace openline {

class DelayBounds : public Invariant {
 public:
  explicit DelayBounds(const Story& story) : Invariant{story, "delay_bounds"} {}
  using Invariant::learn;

  void learn(const StatusReport& report);
  void learn(const CloseReport& report);
  void learn(const ReconnectRequested& /*fact*/) { step_ = 0; }
  void learn(const CloseRequested& /*fact*/) { step_ = 0; }
  void learn(const PageSignalled& fact);
  void settle();

 private:
  void judge_retry(CloseMeaning meaning);
  void judge_spread(Duration delay);
  void note_spread(CloseMeaning meaning, Duration delay);
  void judge_news();

  std::uint32_t newest_ = 0;  // the attempt of the last report
  std::uint32_t step_ = 0;    // retries since the backoff certainly began anew
  std::uint32_t sharp_ = 0;   // delays in a row without jitter
  bool is_new_ = false;       // a retry was announced and is not judged yet
  bool was_hinted_ = false;
  bool is_signalled_ = false;  // the page or its network is back; not judged yet
};

}  // namespace openline
