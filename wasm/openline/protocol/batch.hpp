#pragma once

// A binary BATCH frame (PROTOCOL.md): runs of publications, found where they are. No payload is
// parsed and none is copied.

#include <openline/base/result.hpp>
#include <openline/protocol/frame_fault.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace openline {

/// The publications `first` to `last` of the subscription `index`. `count` of them are there, each
/// a JSON text: with brackets around it the payload is an array of them.
struct Run {
  std::uint64_t index = 0;
  std::uint64_t first = 0;
  std::uint64_t last = 0;
  std::uint32_t count = 0;
  std::size_t lengths_begin = 0;  // in bytes from the frame's beginning
  std::size_t payload_begin = 0;
  std::size_t payload_size = 0;  // with the commas
  friend constexpr bool operator==(const Run&, const Run&) = default;
};

/// All runs of a frame, or none: it is checked to its end before any of it is answered.
[[nodiscard]] Result<std::vector<Run>, FrameFault> split_batch(std::string_view frame);

/// The publications of one run, one by one. The frame must outlive it.
class RunPayloads {
 public:
  /// `run` is one that `split_batch` found in this frame.
  RunPayloads(std::string_view frame, const Run& run);
  /// Nothing behind the last one.
  std::optional<std::string_view> next();

 private:
  std::string_view lengths_;
  std::string_view payloads_;
  std::uint32_t left_;
};

}  // namespace openline
