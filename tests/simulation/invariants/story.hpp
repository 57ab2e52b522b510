#pragma once

// Story: what has been said of the line so far, in the order in which it was said. Invariants judge
// by it and not by the state of the client, which is a step ahead while reports are passed on.

#include <openline/client/client.hpp>
#include <openline/client/options.hpp>
#include <openline/client/report.hpp>
#include <openline/connection/event.hpp>

#include <simulation/facts.hpp>
#include <simulation/network.hpp>
#include <simulation/verdict.hpp>
#include <simulation/world.hpp>

#include <algorithm>
#include <cstdint>
#include <deque>

namespace openline {

/// What an invariant sees.
struct Scene {
  World& world;
  const Network& network;
  const Client& client;
  const ClientOptions& options;
  Verdict& verdict;
};

class Story {
 public:
  explicit Story(const Scene& scene) : scene{scene} {}

  const Scene scene;

  StatusReport status;
  Phase phase_before = Phase::idle;
  SocketId attempt;  // that a URL was asked for
  bool is_open = false;
  Instant opened_at;
  Instant heard_at;   // open: of life
  Instant signal_at;  // the page said something that promises news
  Instant overslept_at;
  Instant ended_at;  // the application asked for close or reconnect
  bool is_stored = false;
  bool is_hidden = false;
  Instant hidden_at;
  Instant put_off_at;  // a judgement, because an upload goes on

  [[nodiscard]] Instant now() const { return scene.world.now(); }
  [[nodiscard]] const ConnectionOptions& options() const { return scene.options.connection; }
  [[nodiscard]] const ConnectionState& state() const { return scene.client.state(); }
  /// It has been open for long enough for all that went before to be forgotten.
  [[nodiscard]] bool is_stable() const {
    return is_open && now() - opened_at >= options().stable_after;
  }
  /// News are expected: a failure may be answered at once.
  [[nodiscard]] bool is_hinted() const {
    return now() - signal_at <= hint_validity || now() - overslept_at <= hint_validity;
  }

  /// Has the budget a say? About half of it may be used at once.
  [[nodiscard]] bool is_budget_pressed() const {
    const BudgetOptions& budget = options().budget;
    return budget.attempts_max != BudgetOptions::attempts_unlimited &&
           attempts_in(budget.window) >= (static_cast<std::int64_t>(budget.attempts_max) + 1) / 2;
  }

  template <class Fact>
  void learn(const Fact& /*fact*/) {}
  void learn(const StatusReport& report) {
    phase_before = status.phase;
    status = report;
  }
  void learn(const UrlReport& report) {
    attempt = report.socket;
    begun_at_.push_front(now());
  }
  void learn(const OpenReport& /*report*/) {
    is_open = true;
    opened_at = now();
    heard_at = now();
  }
  void learn(const CloseReport& /*report*/) { is_open = false; }
  void learn(const MessageReport& /*report*/) {
    if (scene.options.heartbeat == HeartbeatAnswer::message) {
      heard_at = now();
    }
  }
  void learn(const SocketHeard& fact) {
    if (is_open && fact.socket == attempt) {
      heard_at = now();
    }
  }
  void learn(const CloseRequested& /*fact*/) { ended_at = now(); }
  void learn(const ReconnectRequested& /*fact*/) { ended_at = now(); }
  void learn(const Rang& fact) {
    if (fact.late > sleep_min) {
      overslept_at = now();
    }
  }
  void learn(const MessageGiven& /*fact*/) {
    const Instant alarm = scene.world.alarm();
    if (alarm != Instant::never() && now() - alarm > sleep_min) {
      overslept_at = now();
    }
  }
  void learn(const PingSent& /*fact*/) { is_awaiting_ = false; }
  void learn(const PageSignalled& fact);
  void settle();

 private:
  [[nodiscard]] std::int64_t attempts_in(Duration window) const {
    const auto is_old = [&](Instant at) { return now() - at >= window; };
    return std::find_if(begun_at_.begin(), begun_at_.end(), is_old) - begun_at_.begin();
  }

  std::deque<Instant> begun_at_;  // the attempts, the newest first
  std::uint64_t unsent_ = 0;      // behind which the last ping waited, as the client believes
  bool is_awaiting_ = false;      // that ping is not answered, and no other has left since
};

inline void Story::learn(const PageSignalled& fact) {
  switch (fact.signal) {
    case PageSignal::hidden:
      hidden_at = is_hidden ? hidden_at : now();
      is_hidden = true;
      return;
    case PageSignal::offline:
      return;
    case PageSignal::stored:
      is_stored = true;
      return;
    case PageSignal::shown:
      is_hidden = false;
      break;
    case PageSignal::restored:
      is_stored = false;
      break;
    case PageSignal::online:
    case PageSignal::resumed:
      break;
  }
  signal_at = now();
}

inline void Story::settle() {
  const Heartbeat& heartbeat = state().heartbeat;
  const bool is_awaiting = state().phase == Phase::open && heartbeat.is_awaiting;
  if (is_awaiting && is_awaiting_ && heartbeat.unsent < unsent_) {
    put_off_at = now();
    scene.world.coverage().uploads_awaited += 1;
  }
  is_awaiting_ = is_awaiting;
  unsent_ = heartbeat.unsent;
}

/// What all invariants have in common: they ignore most facts.
class Invariant {
 public:
  Invariant(const Story& story, std::string_view name)
      : story_{story}, judge_{story.scene.verdict, name} {}

  template <class Fact>
  void learn(const Fact& /*fact*/) {}
  void settle() {}

 protected:
  [[nodiscard]] Instant now() const { return story_.now(); }

  const Story& story_;
  Judge judge_;
};

}  // namespace openline
