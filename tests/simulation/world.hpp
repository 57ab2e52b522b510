#pragma once

// World: the time of a simulation, what will happen in it, and its chance. The clock moves from one
// event to the next, and jumps forward when the machine sleeps. It holds the client's one alarm.

#include <openline/base/time.hpp>

#include <simulation/chance.hpp>
#include <simulation/coverage.hpp>
#include <simulation/event_heap.hpp>
#include <simulation/fault.hpp>
#include <simulation/trace.hpp>

#include <cstdint>

namespace openline {

class World {
 public:
  World(std::uint64_t seed, bool is_printing) : chance_{seed}, trace_{is_printing} {}

  [[nodiscard]] Chance& chance() { return chance_; }
  [[nodiscard]] Trace& trace() { return trace_; }
  [[nodiscard]] Coverage& coverage() { return coverage_; }

  [[nodiscard]] Instant now() const { return now_; }
  void schedule(Duration after, WorldEvent event) {
    event.at = now_ + after;
    heap_.push(event);
  }
  /// The clock moves to the next event, unless it is past it already.
  WorldEvent next();
  [[nodiscard]] bool is_idle() const { return heap_.is_empty(); }
  /// What comes next has been due for a while, or comes at the very same time.
  [[nodiscard]] bool is_next_due() const { return !heap_.is_empty() && heap_.front().at <= now_; }
  [[nodiscard]] Happening next_happening() const { return heap_.front().what; }
  /// Nothing happens for so long, and all that was due then happens afterwards.
  void sleep(Duration by) {
    now_ = now_ + by;
    disturb();
  }

  /// While faults are injected; afterwards all is well.
  [[nodiscard]] bool is_faulty() const { return is_faulty_; }
  void end_faults() { is_faulty_ = false; }
  void inject(Fault fault) {
    coverage_.note(fault);
    faults_ += 1;
  }
  /// Injects the fault once in `count` times, as long as there are faults at all.
  [[nodiscard]] bool strikes(Fault fault, std::uint32_t count) {
    if (!is_faulty_ || !chance_.one_in(count)) {
      return false;
    }
    inject(fault);
    return true;
  }
  [[nodiscard]] std::uint64_t faults() const { return faults_; }

  /// The client's timers, or the page itself, were held up: nothing is late before that.
  void disturb() { disturbed_at_ = now_; }
  [[nodiscard]] Instant disturbed_at() const { return disturbed_at_; }

  void set_alarm(Instant at);
  /// What the client asked for and has not been told yet.
  [[nodiscard]] Instant alarm() const { return alarm_; }
  /// True if the alarm of this event rings now: it was not replaced, and is not held back.
  [[nodiscard]] bool take_alarm(const WorldEvent& event);
  void hold_timers_back(bool is_holding) { holds_timers_back_ = is_holding; }

 private:
  Chance chance_;
  Trace trace_;
  Coverage coverage_;
  EventHeap heap_;
  Instant now_ = Instant::from_milliseconds(1'000);
  Instant disturbed_at_;
  Instant alarm_ = Instant::never();
  std::uint32_t alarm_number_ = 0;
  std::uint64_t faults_ = 0;
  bool is_faulty_ = true;
  bool holds_timers_back_ = false;
};

}  // namespace openline
