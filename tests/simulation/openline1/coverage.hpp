#pragma once

// Coverage of simulated conversations: which faults were injected, and what came about.

#include <simulation/coverage.hpp>
#include <simulation/openline1/fault.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace openline::conversation {

struct Coverage {
  std::array<std::uint64_t, fault_count> faults{};
  std::array<std::uint64_t, met_count> met{};

  void note(Fault fault) { faults[static_cast<std::size_t>(fault)] += 1; }
  void note(Met what) { met[static_cast<std::size_t>(what)] += 1; }
  void add(const Coverage& other) {
    for (std::size_t i = 0; i < faults.size(); ++i) {
      faults[i] += other.faults[i];
    }
    for (std::size_t i = 0; i < met.size(); ++i) {
      met[i] += other.met[i];
    }
  }
};

[[nodiscard]] inline std::vector<CoverageRow> rows_of(const Coverage& coverage) {
  std::vector<CoverageRow> rows;
  for (std::size_t i = 0; i < fault_count; ++i) {
    rows.push_back({"fault " + std::string{fault_names[i]}, coverage.faults[i]});
  }
  for (std::size_t i = 0; i < met_count; ++i) {
    rows.push_back({std::string{met_names[i]}, coverage.met[i]});
  }
  return rows;
}

}  // namespace openline::conversation
