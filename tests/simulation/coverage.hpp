#pragma once

// Coverage: what the runs of a simulation have met. A simulator that no longer injects its faults
// finds nothing and says nothing; a full run therefore fails where a row of this table is empty.

#include <openline/client/report.hpp>
#include <openline/client/sender.hpp>
#include <openline/connection/state.hpp>

#include <simulation/fault.hpp>
#include <simulation/spread.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <variant>
#include <vector>

namespace openline {

/// Failure::protocol and the reports behind FlushReport are of lines that speak openline.1.
inline constexpr std::size_t failure_count = 5;
inline constexpr std::size_t plain_report_count = 11;
inline constexpr std::size_t drop_cause_count = 5;
inline constexpr std::size_t send_result_count = 9;

struct Coverage {
  std::array<std::uint64_t, fault_count> faults{};
  std::array<std::uint64_t, phase_count> phases{};
  std::array<std::uint64_t, failure_count> failures{};
  std::array<std::uint64_t, plain_report_count> reports{};
  std::array<std::uint64_t, drop_cause_count> drops{};
  std::array<std::uint64_t, send_result_count> sends{};
  Spreads spreads;
  std::uint64_t uploads_awaited = 0;  // a judgement put off, because an upload goes on
  std::uint64_t restarts = 0;         // of an attempt that began without a network

  void note(Fault fault) { faults[static_cast<std::size_t>(fault)] += 1; }
  void note(const Report& report);
  void note(SendResult result) { sends[static_cast<std::size_t>(result)] += 1; }
  void add(const Coverage& other);
};

struct CoverageRow {
  std::string name;  // "fault half_open"
  std::uint64_t count = 0;
};

[[nodiscard]] std::vector<CoverageRow> rows_of(const Coverage& coverage);

}  // namespace openline
