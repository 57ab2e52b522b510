#pragma once

// Simulation: one real client in a simulated world, from a seed. Faults go on until there were
// enough of them; then all is well, and the line must be open again within a bound.

#include <openline/client/client.hpp>

#include <simulation/application.hpp>
#include <simulation/coverage.hpp>
#include <simulation/invariants/invariants.hpp>
#include <simulation/network.hpp>
#include <simulation/page.hpp>
#include <simulation/server.hpp>
#include <simulation/verdict.hpp>
#include <simulation/world.hpp>

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace openline {

/// What one seed came to.
struct Outcome {
  std::uint64_t hash = 0;  // of the trace
  std::uint64_t events = 0;
  std::uint64_t faults = 0;
  std::string invariant;  // that was violated; empty if none was
  std::string what;
  Coverage coverage;
};

class Simulation {
 public:
  static constexpr std::uint64_t events_min = 500;
  static constexpr std::uint64_t faults_min = 10;
  static constexpr std::uint64_t events_max = 20'000;

  Simulation(std::uint64_t seed, bool is_printing);

  [[nodiscard]] Outcome run();

 private:
  void begin();
  void run_with_faults();
  void run_in_calm();
  void end();

  void take_next();
  [[nodiscard]] bool happen(const WorldEvent& event);
  [[nodiscard]] bool happen_to_page(const WorldEvent& event);
  [[nodiscard]] bool happen_outside(const WorldEvent& event);
  bool make_trouble(const WorldEvent& event);
  [[nodiscard]] bool ring(const WorldEvent& event);
  void signal(PageSignal signal);
  void drain();
  void work();
  [[nodiscard]] bool goes_on() const { return verdict_.is_good() && events_ < events_max; }

  World world_;
  ClientOptions options_;
  Server server_;
  Network network_;
  Page page_;
  Verdict verdict_;
  std::unique_ptr<Client> client_;
  Invariants invariants_;
  Application application_;
  Reports reports_;
  std::uint64_t events_ = 0;
  bool is_bundling_ = false;  // the client was given something and has not worked through it
};

[[nodiscard]] Outcome run_seed(std::uint64_t seed, bool is_printing = false);

}  // namespace openline
