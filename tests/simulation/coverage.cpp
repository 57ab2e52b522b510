#include <simulation/coverage.hpp>

#include <string_view>

namespace openline {
namespace {

constexpr std::array<std::string_view, phase_count> phase_names{
    "idle",    "refreshing", "asking",  "opening", "open",
    "waiting", "resting",    "closing", "closed",  "failed"};
constexpr std::array<std::string_view, failure_count> failure_names{"none", "auth", "rejected",
                                                                    "attempts", "url"};
constexpr std::array<std::string_view, plain_report_count> report_names{
    "status", "credentials", "url",    "open", "message", "ping",
    "error",  "close",       "outage", "drop", "flush"};
constexpr std::array<std::string_view, drop_cause_count> drop_names{"stale", "closed", "unsendable",
                                                                    "expired", "overflow"};
constexpr std::array<std::string_view, send_result_count> send_names{
    "sent",        "queued",         "measure",        "too_large",         "queue_messages",
    "queue_bytes", "refused_closed", "refused_failed", "refused_unsendable"};

constexpr std::array<std::string_view, 4> quarter_names{"1", "2", "3", "4"};

template <std::size_t count>
void add_all(std::array<std::uint64_t, count>& to, const std::array<std::uint64_t, count>& from) {
  for (std::size_t i = 0; i < count; ++i) {
    to[i] += from[i];
  }
}

template <std::size_t count>
void append(std::vector<CoverageRow>& rows, std::string_view group,
            const std::array<std::string_view, count>& names,
            const std::array<std::uint64_t, count>& counts) {
  for (std::size_t i = 0; i < count; ++i) {
    rows.push_back({std::string{group} + " " + std::string{names[i]}, counts[i]});
  }
}

}  // namespace

void Coverage::note(const Report& report) {
  reports.at(report.index()) += 1;
  if (const auto* status = std::get_if<StatusReport>(&report)) {
    phases[static_cast<std::size_t>(status->phase)] += 1;
    failures.at(static_cast<std::size_t>(status->failure)) += 1;
  } else if (const auto* drop = std::get_if<DropReport>(&report)) {
    drops[static_cast<std::size_t>(drop->cause)] += 1;
  }
}

void Coverage::add(const Coverage& other) {
  add_all(faults, other.faults);
  add_all(phases, other.phases);
  add_all(failures, other.failures);
  add_all(reports, other.reports);
  add_all(drops, other.drops);
  add_all(sends, other.sends);
  spreads.add(other.spreads);
  uploads_awaited += other.uploads_awaited;
  restarts += other.restarts;
}

std::vector<CoverageRow> rows_of(const Coverage& coverage) {
  std::vector<CoverageRow> rows;
  append(rows, "fault", fault_names, coverage.faults);
  append(rows, "phase", phase_names, coverage.phases);
  append(rows, "failure", failure_names, coverage.failures);
  append(rows, "report", report_names, coverage.reports);
  append(rows, "drop", drop_names, coverage.drops);
  append(rows, "send", send_names, coverage.sends);
  for (std::size_t i = 0; i < spread_count; ++i) {
    const std::string group = "spread " + std::string{spread_names[i]};
    append(rows, group, quarter_names, coverage.spreads.of(static_cast<Spread>(i)));
  }
  rows.push_back({"judgement put_off", coverage.uploads_awaited});
  rows.push_back({"attempt made_anew", coverage.restarts});
  return rows;
}

}  // namespace openline
