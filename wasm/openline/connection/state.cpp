#include <openline/connection/state.hpp>

#include <algorithm>

namespace openline {

std::string_view to_string(Phase phase) {
  switch (phase) {
    case Phase::idle:
      return "idle";
    case Phase::refreshing:
    case Phase::asking:
    case Phase::opening:
      return "connecting";
    case Phase::open:
      return "open";
    case Phase::waiting:
    case Phase::resting:
      return "waiting";
    case Phase::closing:
      return "closing";
    case Phase::closed:
      return "closed";
    case Phase::failed:
      return "failed";
  }
  return "";
}

std::string_view to_string(Failure failure) {
  switch (failure) {
    case Failure::none:
      return "";
    case Failure::auth:
      return "auth";
    case Failure::rejected:
      return "rejected";
    case Failure::attempts:
      return "attempts";
    case Failure::url:
      return "url";
    case Failure::protocol:
      return "protocol";
  }
  return "";
}

Instant wake_time(const ConnectionState& state) {
  switch (state.phase) {
    case Phase::open:
      return std::min({state.deadline, state.heartbeat.due, state.page.rests_at});
    case Phase::refreshing:
    case Phase::asking:
    case Phase::opening:
    case Phase::waiting:
      return std::min(state.deadline, state.page.rests_at);
    case Phase::idle:
    case Phase::resting:
    case Phase::closing:
    case Phase::closed:
    case Phase::failed:
      return state.deadline;
  }
  return state.deadline;
}

}  // namespace openline
