// What the module of the simulation exports: the hash of a seed's trace, in two halves, because a
// 64-bit integer crosses into JavaScript as a BigInt in some builds and not at all in others.

#include <simulation/simulation.hpp>

#include <cstdint>

namespace {

std::uint64_t newest_hash = 0;

}  // namespace

extern "C" {

/// Runs the seed; 1 if an invariant was violated.
__attribute__((export_name("run_seed"))) std::uint32_t ol_simulation_run_seed(std::uint32_t seed) {
  const openline::Outcome outcome = openline::run_seed(seed);
  newest_hash = outcome.hash;
  return outcome.invariant.empty() ? 0 : 1;
}

__attribute__((export_name("hash_low"))) std::uint32_t ol_simulation_hash_low() {
  return static_cast<std::uint32_t>(newest_hash);
}

__attribute__((export_name("hash_high"))) std::uint32_t ol_simulation_hash_high() {
  return static_cast<std::uint32_t>(newest_hash >> 32U);
}
}
