#pragma once

// LatestState: the newest value that came, as its bytes. It knows whether JavaScript has been told
// of it, and nothing of who observes it.

#include <openline/state/problem.hpp>
#include <openline/state/spec.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace openline {

class LatestState {
 public:
  explicit LatestState(const StateSpec& spec) : bytes_max_{spec.bytes_max} {}

  /// `value` is one JSON value that was checked (nested no deeper than json_depth_max), without
  /// space around it. Nothing when it was taken; else nothing has changed.
  std::optional<StateFault> take(std::string_view value);
  /// The same, in place of what was there, and JavaScript knows it.
  std::optional<StateFault> seed(std::string_view value);

  [[nodiscard]] bool has_value() const { return !bytes_.empty(); }
  /// Since JavaScript was told last.
  [[nodiscard]] bool has_changed() const { return has_changed_; }
  void note_told() { has_changed_ = false; }
  /// As JSON; only where there is one.
  void append_value(std::string& out) const { out += bytes_; }

 private:
  std::uint64_t bytes_max_;
  std::string bytes_;  // no JSON value is empty
  bool has_changed_ = false;
};

}  // namespace openline
