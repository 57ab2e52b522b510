// Runs seeds of a plain line; see program.hpp.

#include <simulation/program.hpp>
#include <simulation/simulation.hpp>

using namespace openline;

namespace {

/// What only many seeds together can show.
std::string fault_of_all(const Task& task, const Coverage& coverage) {
  constexpr std::uint64_t seeds_min = 1'000;
  const std::string fault = coverage.spreads.fault();
  return task.last - task.first + 1 < seeds_min || fault.empty() ? "" : "spread: " + fault;
}

}  // namespace

int main(int count, char** values) {
  return run_program<Coverage>({"simulation", count, values}, run_seed, fault_of_all);
}
