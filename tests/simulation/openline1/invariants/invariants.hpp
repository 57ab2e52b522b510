#pragma once

// All invariants of a page. Each hears of every fact and report, and judges after each event.

#include <simulation/openline1/invariants/acks_believed.hpp>
#include <simulation/openline1/invariants/goaway_obeyed.hpp>
#include <simulation/openline1/invariants/greeting_first.hpp>
#include <simulation/openline1/invariants/numbered_in_order.hpp>
#include <simulation/openline1/invariants/publications_in_order.hpp>
#include <simulation/openline1/invariants/recover_once.hpp>
#include <simulation/openline1/invariants/resync_once.hpp>
#include <simulation/openline1/invariants/settled_once.hpp>

#include <tuple>
#include <variant>

namespace openline::conversation {

class Invariants {
 public:
  explicit Invariants(const PageScene& scene)
      : all_{PublicationsInOrder{scene}, ResyncOnce{scene},      RecoverOnce{scene},
             GreetingFirst{scene},       NumberedInOrder{scene}, SettledOnce{scene},
             AcksBelieved{scene},        GoawayObeyed{scene}} {}
  Invariants(const Invariants&) = delete;
  Invariants& operator=(const Invariants&) = delete;

  template <class Fact>
  void learn(const Fact& fact) {
    std::apply([&](auto&... each) { (each.learn(fact), ...); }, all_);
  }
  void learn_report(const Report& report) {
    std::visit([this](const auto& each) { learn(each); }, report);
  }
  void settle() {
    std::apply([](auto&... each) { (each.settle(), ...); }, all_);
  }
  [[nodiscard]] std::size_t unsettled() const { return std::get<SettledOnce>(all_).unsettled(); }

 private:
  std::tuple<PublicationsInOrder, ResyncOnce, RecoverOnce, GreetingFirst, NumberedInOrder,
             SettledOnce, AcksBelieved, GoawayObeyed>
      all_;
};

}  // namespace openline::conversation
