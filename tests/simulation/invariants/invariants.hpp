#pragma once

// All invariants of a simulation. Each hears of every fact and report, and judges after each event.

#include <simulation/invariants/application_obeyed.hpp>
#include <simulation/invariants/attempt_count.hpp>
#include <simulation/invariants/bounded.hpp>
#include <simulation/invariants/budget_kept.hpp>
#include <simulation/invariants/codes_obeyed.hpp>
#include <simulation/invariants/delay_bounds.hpp>
#include <simulation/invariants/half_open_noticed.hpp>
#include <simulation/invariants/hints_rationed.hpp>
#include <simulation/invariants/hints_taken.hpp>
#include <simulation/invariants/liveness.hpp>
#include <simulation/invariants/message_ledger.hpp>
#include <simulation/invariants/never_stuck.hpp>
#include <simulation/invariants/no_false_death.hpp>
#include <simulation/invariants/one_socket.hpp>
#include <simulation/invariants/outage_told.hpp>
#include <simulation/invariants/page_respected.hpp>
#include <simulation/invariants/pings_in_bounds.hpp>
#include <simulation/invariants/session_order.hpp>
#include <simulation/invariants/stale_events.hpp>
#include <simulation/invariants/story.hpp>
#include <simulation/invariants/wishes_kept.hpp>

#include <tuple>
#include <variant>

namespace openline {

class Invariants {
 public:
  explicit Invariants(const Scene& scene) : story_{scene}, all_{make(story_)} {}
  Invariants(const Invariants&) = delete;
  Invariants& operator=(const Invariants&) = delete;

  template <class Fact>
  void learn(const Fact& fact) {
    story_.learn(fact);
    std::apply([&](auto&... each) { (each.learn(fact), ...); }, all_);
  }
  void learn_report(const Report& report) {
    std::visit([this](const auto& each) { learn(each); }, report);
  }
  void settle() {
    story_.settle();
    std::apply([](auto&... each) { (each.settle(), ...); }, all_);
  }
  /// The client is gone.
  void check_end() {
    std::get<OneSocket>(all_).check_end();
    std::get<NeverStuck>(all_).check_end();
  }
  [[nodiscard]] bool has_proved_liveness() const { return std::get<Liveness>(all_).is_proved(); }

 private:
  using All = std::tuple<OneSocket, SessionOrder, NeverStuck, ApplicationObeyed, MessageLedger,
                         Bounded, StaleEvents, BudgetKept, HintsRationed, HintsTaken, AttemptCount,
                         DelayBounds, WishesKept, CodesObeyed, PageRespected, OutageTold,
                         PingsInBounds, NoFalseDeath, HalfOpenNoticed, Liveness>;
  static All make(const Story& story) {
    return {
        OneSocket{story},     SessionOrder{story}, NeverStuck{story},      ApplicationObeyed{story},
        MessageLedger{story}, Bounded{story},      StaleEvents{story},     BudgetKept{story},
        HintsRationed{story}, HintsTaken{story},   AttemptCount{story},    DelayBounds{story},
        WishesKept{story},    CodesObeyed{story},  PageRespected{story},   OutageTold{story},
        PingsInBounds{story}, NoFalseDeath{story}, HalfOpenNoticed{story}, Liveness{story}};
  }

  Story story_;
  All all_;
};

}  // namespace openline
