#pragma once

// KeptRuns: the runs of publications that came in since the last turn of the host, with the frames
// that they lie in, until the host has said for which states they are.

#include <openline/protocol/batch.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace openline {

struct KeptRun {
  std::size_t frame = 0;
  Run run;
};

class KeptRuns {
 public:
  /// Of the frame that is kept next. Answers the run's number, above 0.
  std::uint32_t add(const Run& run);
  /// The frame of the runs that were added since the last one. It need not be kept without any.
  void keep(std::string frame);
  /// Numbers begin anew.
  void clear();

  /// Null for a number of an earlier turn, if it stands for none of this one. Good until the next
  /// call that changes something.
  [[nodiscard]] const KeptRun* find(std::uint32_t number) const;
  [[nodiscard]] std::string_view frame_of(const KeptRun& kept) const { return frames_[kept.frame]; }

 private:
  std::vector<std::string> frames_;
  std::vector<KeptRun> runs_;
};

}  // namespace openline
