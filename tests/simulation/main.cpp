// Runs seeds: `--seeds A..B` or `--seed N`; `--trace` prints what happens, `--hash` the hash of
// each seed, `--coverage` what was met. The exit code is 1 if an invariant was violated.

#include <simulation/simulation.hpp>

#include <csignal>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <unistd.h>

using namespace openline;

namespace {

struct Task {
  std::uint64_t first = 1;
  std::uint64_t last = 1;
  bool is_printing = false;
  bool has_hashes = false;
  bool has_coverage = false;
};

volatile std::uint64_t seed_now = 0;

/// An assertion of the core ends the process (__builtin_trap): say which seed it was, and how to
/// see it again. Only write() may be called from here.
void say_seed(int /*signal*/) {
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

bool read_arguments(int count, char** values, Task& task) {
  for (int i = 1; i < count; ++i) {
    const std::string argument = values[i];
    const char* next = i + 1 < count ? values[i + 1] : "";
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

/// What only many seeds together can show. False if they do not.
bool judge_all(const Task& task, const Coverage& coverage) {
  constexpr std::uint64_t seeds_min = 1'000;
  const std::string fault = coverage.spreads.fault();
  if (task.last - task.first + 1 < seeds_min || fault.empty()) {
    return true;
  }
  std::printf("violation spread seeds %llu..%llu: %s\n",
              static_cast<unsigned long long>(task.first),
              static_cast<unsigned long long>(task.last), fault.c_str());
  return false;
}

void print_coverage(const Coverage& coverage) {
  for (const CoverageRow& row : rows_of(coverage)) {
    std::printf("met %llu %s\n", static_cast<unsigned long long>(row.count), row.name.c_str());
  }
}

}  // namespace

int main(int count, char** values) {
  Task task;
  if (!read_arguments(count, values, task)) {
    std::puts("use: simulation --seeds A..B | --seed N [--trace] [--hash] [--coverage]");
    return 2;
  }
  for (const int number : {SIGILL, SIGTRAP, SIGSEGV, SIGABRT}) {
    std::signal(number, say_seed);
  }
  Coverage coverage;
  std::uint64_t events = 0;
  for (std::uint64_t seed = task.first; seed <= task.last; ++seed) {
    seed_now = seed;
    const Outcome outcome = run_seed(seed, task.is_printing);
    events += outcome.events;
    coverage.add(outcome.coverage);
    if (task.has_hashes) {
      std::printf("hash %llu %016llx\n", static_cast<unsigned long long>(seed),
                  static_cast<unsigned long long>(outcome.hash));
    }
    if (!outcome.invariant.empty()) {
      std::printf("violation %s seed %llu: %s\n", outcome.invariant.c_str(),
                  static_cast<unsigned long long>(seed), outcome.what.c_str());
      return 1;
    }
  }
  std::printf("events %llu\n", static_cast<unsigned long long>(events));
  if (task.has_coverage) {
    print_coverage(coverage);
  }
  return judge_all(task, coverage) ? 0 : 1;
}
