#include <openline/connection/state.hpp>

namespace openline {

std::string_view to_string(Phase phase) {
  switch (phase) {
    case Phase::idle:
      return "idle";
    case Phase::asking:
    case Phase::opening:
      return "connecting";
    case Phase::open:
      return "open";
    case Phase::waiting:
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
  }
  return "";
}

}  // namespace openline
