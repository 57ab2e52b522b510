#pragma once

// Why a frame of the server is malformed. The line lets the socket go with 4400.

#include <cstddef>
#include <cstdint>

namespace openline {

enum class FrameProblem : std::uint8_t {
  not_json,      // a text that is not one JSON value, or not UTF-8
  too_deep,      // more than json_depth_max arrays and objects within one another
  wrong_shape,   // something is missing, or of another kind
  out_of_range,  // a number or a text beyond its limits
  cut_off,       // a binary frame that ends within a run
  no_comma,      // two payloads of a run without a comma between them
};

[[nodiscard]] constexpr const char* to_string(FrameProblem problem) {
  switch (problem) {
    case FrameProblem::not_json:
      return "not JSON";
    case FrameProblem::too_deep:
      return "nested too deep";
    case FrameProblem::wrong_shape:
      return "not in the shape of its opcode";
    case FrameProblem::out_of_range:
      return "out of range";
    case FrameProblem::cut_off:
      return "cut off";
    case FrameProblem::no_comma:
      return "without a comma between two payloads";
  }
  return "";
}

struct FrameFault {
  FrameProblem problem = FrameProblem::not_json;
  std::size_t offset = 0;  // in bytes from the frame's beginning: where it was noticed
  friend constexpr bool operator==(const FrameFault&, const FrameFault&) = default;
};

}  // namespace openline
