#pragma once

// The program of a simulation: `--seeds A..B` or `--seed N`; `--trace` prints what happens,
// `--hash` the hash of each seed, `--coverage` what was met. The exit code is 1 if an invariant was
// violated.

#include <simulation/coverage.hpp>

#include <csignal>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <unistd.h>

namespace openline {

struct Task {
  std::uint64_t first = 1;
  std::uint64_t last = 1;
  bool is_printing = false;
  bool has_hashes = false;
  bool has_coverage = false;
};

struct Arguments {
  const char* name = "";  // of the program
  int count = 0;
  char** values = nullptr;
};

namespace detail {

inline volatile std::uint64_t seed_now = 0;

/// An assertion of the core ends the process (__builtin_trap): say which seed it was, and how to
/// see it again. Only write() may be called from here.
inline void say_seed(int /*signal*/) {
  char digits[20];
  std::size_t count = sizeof(digits);
  for (std::uint64_t rest = seed_now; rest > 0 || count == sizeof(digits); rest /= 10) {
    digits[--count] = static_cast<char>('0' + rest % 10);
  }
  const auto say = [](const char* text, std::size_t size) {
    [[maybe_unused]] const ssize_t written = write(STDOUT_FILENO, text, size);
  };
  const char before[] = "violation trap seed ";
  const char after[] = ": an assertion of the core failed\n";
  say(before, sizeof(before) - 1);
  say(digits + count, sizeof(digits) - count);
  say(after, sizeof(after) - 1);
  _exit(1);
}

inline bool read_arguments(const Arguments& arguments, Task& task) {
  for (int i = 1; i < arguments.count; ++i) {
    const std::string argument = arguments.values[i];
    const char* next = i + 1 < arguments.count ? arguments.values[i + 1] : "";
    char* end = nullptr;
    if (argument == "--seed" || argument == "--seeds") {
      task.first = std::strtoull(next, &end, 10);
      task.last = std::strncmp(end, "..", 2) == 0 ? std::strtoull(end + 2, &end, 10) : task.first;
      if (*next == '\0' || *end != '\0') {
        return false;
      }
      i += 1;
    } else if (argument == "--trace") {
      task.is_printing = true;
    } else if (argument == "--hash") {
      task.has_hashes = true;
    } else if (argument == "--coverage") {
      task.has_coverage = true;
    } else {
      return false;
    }
  }
  return task.first <= task.last;
}

template <class Coverage>
void print_coverage(const Coverage& coverage) {
  for (const CoverageRow& row : rows_of(coverage)) {
    std::printf("met %llu %s\n", static_cast<unsigned long long>(row.count), row.name.c_str());
  }
}

}  // namespace detail

/// `run_seed(seed, is_printing)` runs one. `fault_of_all(task, coverage)` says what only many seeds
/// together can show, `invariant: what`; empty if nothing is wrong.
template <class Coverage, class RunSeed, class FaultOfAll>
int run_program(const Arguments& arguments, RunSeed run_seed, FaultOfAll fault_of_all) {
  Task task;
  if (!detail::read_arguments(arguments, task)) {
    std::printf("use: %s --seeds A..B | --seed N [--trace] [--hash] [--coverage]\n",
                arguments.name);
    return 2;
  }
  for (const int number : {SIGILL, SIGTRAP, SIGSEGV, SIGABRT}) {
    std::signal(number, detail::say_seed);
  }
  Coverage coverage;
  std::uint64_t events = 0;
  for (std::uint64_t seed = task.first; seed <= task.last; ++seed) {
    detail::seed_now = seed;
    const auto outcome = run_seed(seed, task.is_printing);
    events += outcome.events;
    coverage.add(outcome.coverage);
    const auto number = static_cast<unsigned long long>(seed);
    if (task.has_hashes) {
      std::printf("hash %llu %016llx\n", number, static_cast<unsigned long long>(outcome.hash));
    }
    if (!outcome.invariant.empty()) {
      std::printf("violation %s seed %llu: %s\n", outcome.invariant.c_str(), number,
                  outcome.what.c_str());
      return 1;
    }
  }
  std::printf("events %llu\n", static_cast<unsigned long long>(events));
  if (task.has_coverage) {
    detail::print_coverage(coverage);
  }
  const std::string fault = fault_of_all(task, coverage);
  const auto colon = fault.find(':');
  if (!fault.empty()) {
    std::printf("violation %s seeds %llu..%llu%s\n", fault.substr(0, colon).c_str(),
                static_cast<unsigned long long>(task.first),
                static_cast<unsigned long long>(task.last), fault.substr(colon).c_str());
  }
  return fault.empty() ? 0 : 1;
}

}  // namespace openline
