#include <openline/client/kept_runs.hpp>

#include <utility>

namespace openline {

std::uint32_t KeptRuns::add(const Run& run) {
  runs_.push_back({frames_.size(), run});
  return static_cast<std::uint32_t>(runs_.size());
}

void KeptRuns::keep(std::string frame) {
  if (!runs_.empty() && runs_.back().frame == frames_.size()) {
    frames_.push_back(std::move(frame));
  }
}

void KeptRuns::clear() {
  frames_.clear();
  runs_.clear();
}

const KeptRun* KeptRuns::find(std::uint32_t number) const {
  return number == 0 || number > runs_.size() ? nullptr : &runs_[number - 1];
}

}  // namespace openline
