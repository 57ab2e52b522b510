#pragma once

// Conversation: real clients that speak openline.1, and a model of their servers, in a simulated
// world, from a seed. Faults go on until there were enough of them; then all is well, and both ends
// must agree within a bound.

#include <simulation/openline1/broker.hpp>
#include <simulation/openline1/coverage.hpp>
#include <simulation/openline1/invariants/effects_once.hpp>
#include <simulation/openline1/invariants/published_once.hpp>
#include <simulation/openline1/ledger.hpp>
#include <simulation/openline1/network.hpp>
#include <simulation/openline1/page.hpp>
#include <simulation/openline1/server.hpp>
#include <simulation/openline1/world.hpp>
#include <simulation/verdict.hpp>

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace openline::conversation {

/// What one seed came to.
struct Outcome {
  std::uint64_t hash = 0;  // of the trace
  std::uint64_t events = 0;
  std::uint64_t faults = 0;
  std::string invariant;  // that was violated; empty if none was
  std::string what;
  Coverage coverage;
};

class Conversation {
 public:
  static constexpr std::uint64_t events_min = 1'200;
  static constexpr std::uint64_t faults_min = 12;
  static constexpr std::uint64_t events_max = 100'000;
  /// From the last fault to agreement: a dead connection is noticed, some attempts fail for old
  /// reasons, a snapshot is fetched, and what was not settled is sent again.
  static constexpr Duration agreement_max = Duration::seconds(120);

  Conversation(std::uint64_t seed, bool is_printing);

  [[nodiscard]] Outcome run();

 private:
  void add_streams();
  void begin();
  void run_in_calm();
  void end();
  void publish();
  void befall_broker();
  void roll_back();
  void publish_every_key();
  void let_application_act(std::size_t page);
  void let_servers_act();
  void let_network_act();
  [[nodiscard]] std::string_view missing();
  [[nodiscard]] bool is_writable(const Stream& stream) const;
  [[nodiscard]] bool goes_on() const { return verdict_.is_good() && world_.events() < events_max; }

  World world_;
  Verdict verdict_;
  Network network_;
  Broker broker_;
  Ledger ledger_;
  EffectsOnce effects_once_;
  PublishedOnce published_once_;
  std::vector<std::unique_ptr<Server>> servers_;
  std::vector<std::unique_ptr<Page>> pages_;
  std::uint32_t publish_gap_ = 200;  // milliseconds, on average half of it
  bool is_publishing_ = true;
  bool has_rolled_back_ = false;
};

[[nodiscard]] Outcome run_seed(std::uint64_t seed, bool is_printing = false);

}  // namespace openline::conversation
