#pragma once

// States, commands and reports in words, every field included, so that a failing case says what
// happened instead of {?}.

#include <openline/client/client.hpp>
#include <openline/client/report.hpp>
#include <openline/connection/command.hpp>
#include <openline/connection/state.hpp>

#include <array>
#include <string>

namespace openline {

inline constexpr std::array<Phase, phase_count> all_phases{
    Phase::idle,    Phase::refreshing, Phase::asking,  Phase::opening, Phase::open,
    Phase::waiting, Phase::resting,    Phase::closing, Phase::closed,  Phase::failed};

/// Like to_string, but those that are "connecting" and "waiting" are told apart.
[[nodiscard]] std::string describe(Phase phase);
[[nodiscard]] std::string describe(Failure failure);
[[nodiscard]] std::string describe(SendResult result);
[[nodiscard]] std::string describe(Instant at);
[[nodiscard]] std::string describe(Duration duration);
[[nodiscard]] std::string describe(SocketId socket);
[[nodiscard]] std::string describe(Handle value);
[[nodiscard]] std::string describe(PageSignal signal);
/// " hidden rests_at 30000"; empty for a page that said nothing.
[[nodiscard]] std::string describe(const PageState& page);
/// " heard_at 5000 due 30000"; empty for one that never began.
[[nodiscard]] std::string describe(const Heartbeat& heartbeat);
/// "waiting socket 7 attempt 3 deadline 6000"
[[nodiscard]] std::string describe(const ConnectionState& state);
/// "close_socket 7 1000"
[[nodiscard]] std::string describe(const ConnectionCommand& command);
/// "status waiting attempt 3 retry at 6000", "drop 12 stale", "close 1000 clean 'bye'"
[[nodiscard]] std::string describe(const Report& report);

/// Each of them, joined by "; ".
template <class Range>
[[nodiscard]] std::string describe_all(const Range& range) {
  std::string all;
  for (const auto& one : range) {
    all += (all.empty() ? "" : "; ") + describe(one);
  }
  return all;
}

}  // namespace openline
