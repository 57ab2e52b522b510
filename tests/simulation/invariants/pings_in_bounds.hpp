#pragma once

// Pings are asked for only while the line is open, after a silence or a signal of the page, and
// seldom: one in an interval, and probes that flapping signals cannot multiply.

#include <simulation/invariants/story.hpp>

#include <algorithm>
#include <deque>

namespace openline {

class PingsInBounds : public Invariant {
 public:
  explicit PingsInBounds(const Story& story) : Invariant{story, "pings_in_bounds"} {}
  using Invariant::learn;

  void learn(const OpenReport& /*report*/) {
    pings_.clear();
    signals_ = 0;
    probes_ = 0;
  }
  void learn(const PageSignalled& fact) {
    if (fact.signal != PageSignal::hidden && fact.signal != PageSignal::stored) {
      signals_ += 1;
    }
  }
  // Whoever slept through its alarm, or judges an answer too late, asks once more.
  void learn(const Rang& fact) { signals_ += fact.late > lateness_max_shown ? 1 : 0; }
  void learn(const MessageGiven& /*fact*/) {
    const Instant alarm = story_.scene.world.alarm();
    const bool is_late = alarm != Instant::never() && now() - alarm > lateness_max_shown;
    signals_ += is_late ? 1 : 0;
  }
  void learn(const PingFailed& /*fact*/) { signals_ += 1; }  // it is asked for again
  void learn(const PingReport& report) {
    const HeartbeatOptions& options = story_.options().heartbeat;
    judge_.require(options.is_on() && story_.is_open, "a ping while not open", report.socket.value);
    judge_.require(report.socket == story_.attempt, "a ping for another socket",
                   report.socket.value);
    // A probe may be put off for probe_gap, or until the timer that was held back rings.
    const bool is_silent = now() - story_.heard_at >= options.interval;
    if (!is_silent) {
      probes_ += 1;
      judge_.require(probes_ <= signals_, "a ping without silence or signal", probes_);
    }
    judge_rate(options);
  }

 private:
  void judge_rate(const HeartbeatOptions& options) {
    constexpr Duration window = Duration::seconds(1);
    static_assert(window == probe_gap);
    while (!pings_.empty() && now() - pings_.front() >= window) {
      pings_.pop_front();
    }
    pings_.push_back(now());
    const Duration period = std::min({options.interval, options.timeout, options.probe_timeout});
    const auto regular = static_cast<std::size_t>(window.count() / period.count()) + 1;
    judge_.require(pings_.size() <= regular + 2, "too many pings",
                   static_cast<std::int64_t>(pings_.size()));
  }

  std::deque<Instant> pings_;
  std::int64_t signals_ = 0;  // of the page, since the line is open
  std::int64_t probes_ = 0;   // pings that only a signal explains
};

}  // namespace openline
