#include <openline/state/latest_state.hpp>

#include <openline/state/bytes.hpp>

namespace openline {

std::optional<StateFault> LatestState::take(std::string_view value) {
  if (value.size() > bytes_max_) {
    return StateFault{StateProblem::too_large};
  }
  if (value != bytes_) {
    assign_bytes(bytes_, value);
    has_changed_ = true;
  }
  return std::nullopt;
}

std::optional<StateFault> LatestState::seed(std::string_view value) {
  const auto fault = take(value);
  has_changed_ = has_changed_ && fault.has_value();
  return fault;
}

}  // namespace openline
