#pragma once

// DocumentState: a value that messages patch. It knows whether JavaScript has been told of it, and
// nothing of who observes it. In the module with documents only.

#include <openline/state/json_tree.hpp>
#include <openline/state/problem.hpp>
#include <openline/state/spec.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace openline {

class DocumentState {
 public:
  explicit DocumentState(const StateSpec& spec);
  DocumentState(const DocumentState&) = delete;
  DocumentState& operator=(const DocumentState&) = delete;
  ~DocumentState();

  /// Applies a patch, as a whole or not at all. Nothing when it was applied.
  std::optional<StateFault> take(std::string_view patch);
  /// A document in place of what was there, and JavaScript knows it.
  std::optional<StateFault> seed(std::string_view value);

  [[nodiscard]] bool has_value() const { return !root_.empty(); }
  /// Since JavaScript was told last.
  [[nodiscard]] bool has_changed() const { return has_changed_; }
  void note_told() { has_changed_ = false; }
  /// As JSON; only where there is one.
  void append_value(std::string& out) const;

 private:
  PatchFormat format_;
  std::size_t bytes_max_;
  JsonArray root_;         // one value, or none
  std::size_t bytes_ = 0;  // of its text
  bool has_changed_ = false;
};

}  // namespace openline
