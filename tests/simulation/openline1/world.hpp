#pragma once

// World of a conversation: its time, its chance, and what will happen in it. The clock moves from
// one event to the next.

#include <openline/base/time.hpp>

#include <simulation/chance.hpp>
#include <simulation/event_heap.hpp>
#include <simulation/openline1/coverage.hpp>
#include <simulation/openline1/fault.hpp>
#include <simulation/trace.hpp>

#include <cstdint>
#include <functional>
#include <utility>

namespace openline::conversation {

class World {
 public:
  World(std::uint64_t seed, bool is_printing) : chance_{seed}, trace_{is_printing} {}

  [[nodiscard]] Chance& chance() { return chance_; }
  [[nodiscard]] Trace& trace() { return trace_; }
  [[nodiscard]] Coverage& coverage() { return coverage_; }
  void met(Met what) { coverage_.note(what); }

  [[nodiscard]] Instant now() const { return now_; }
  void at(Instant when, std::function<void()> what) {
    agenda_.push({std::move(what), std::max(when, now_)});
  }
  void after(Duration wait, std::function<void()> what) { at(now_ + wait, std::move(what)); }
  [[nodiscard]] bool is_idle() const { return agenda_.is_empty(); }
  /// The clock moves to the next event, and it happens.
  void take_next() {
    const Event event = agenda_.pop();
    now_ = event.at;
    events_ += 1;
    trace_.word(static_cast<std::uint64_t>(now_.count()));
    event.what();
  }
  [[nodiscard]] std::uint64_t events() const { return events_; }

  /// While faults are injected; afterwards all is well.
  [[nodiscard]] bool is_faulty() const { return is_faulty_; }
  void end_faults() { is_faulty_ = false; }
  void inject(Fault fault) {
    coverage_.note(fault);
    faults_ += 1;
    trace_.note("fault", static_cast<std::uint32_t>(fault), faults_);
    trace_.say(fault_names[static_cast<std::size_t>(fault)]);
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

 private:
  struct Event {
    std::function<void()> what;
    Instant at;
    std::uint64_t order = 0;  // given by the heap
  };

  Chance chance_;
  Trace trace_;
  Coverage coverage_;
  HeapOf<Event> agenda_;
  Instant now_ = Instant::from_milliseconds(1'000);
  std::uint64_t events_ = 0;
  std::uint64_t faults_ = 0;
  bool is_faulty_ = true;
};

}  // namespace openline::conversation
