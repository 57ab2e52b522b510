#pragma once

// What all invariants of a page have in common: they ignore most facts.

#include <openline/client/report.hpp>

#include <simulation/openline1/broker.hpp>
#include <simulation/openline1/invariants/facts.hpp>
#include <simulation/openline1/ledger.hpp>
#include <simulation/openline1/world.hpp>
#include <simulation/verdict.hpp>

#include <string_view>

namespace openline::conversation {

/// What an invariant of a page sees.
struct PageScene {
  World& world;
  const Broker& broker;
  Ledger& ledger;
  Verdict& verdict;
};

class Invariant {
 public:
  Invariant(const PageScene& scene, std::string_view name)
      : scene_{scene}, judge_{scene.verdict, name} {}

  template <class Fact>
  void learn(const Fact& /*fact*/) {}
  void settle() {}

 protected:
  [[nodiscard]] World& world() { return scene_.world; }

  PageScene scene_;
  Judge judge_;
};

}  // namespace openline::conversation
