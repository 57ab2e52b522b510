#pragma once

// The position that a report speaks of, kept for longer than the report.

#include <openline/base/position.hpp>

#include <string>

namespace openline {

[[nodiscard]] inline Position position_of(const PositionView& position) {
  return {std::string{position.epoch}, position.offset};
}

}  // namespace openline
