#include <openline/state/document_state.hpp>

#include <openline/state/json_patch.hpp>
#include <openline/state/merge_patch.hpp>
#include <openline/state/tree_edit.hpp>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstdint>
#include <utility>

namespace openline {
namespace {

std::optional<StateFault> read_document(std::string_view text, std::optional<JsonTree>& out) {
  JsonReader reader{text};
  out = read_json_tree(reader);
  if (reader.finish()) {
    return std::nullopt;
  }
  return StateFault{problem_of(reader.fault()), reader.offset()};
}

std::optional<StateFault> apply_merge_patch(TreeEdit& edit, std::string_view patch,
                                            std::size_t bytes_max) {
  std::optional<JsonTree> tree;
  if (const auto fault = read_document(patch, tree)) {
    return fault;
  }
  merge_patch(edit, std::move(*tree));
  const bool is_too_large = edit.bytes() > bytes_max;
  return is_too_large ? std::optional{StateFault{StateProblem::too_large}} : std::nullopt;
}

}  // namespace

DocumentState::DocumentState(const StateSpec& spec)
    : format_{spec.patch},
      bytes_max_{static_cast<std::size_t>(std::min<std::uint64_t>(spec.bytes_max, SIZE_MAX))} {}

DocumentState::~DocumentState() = default;

std::optional<StateFault> DocumentState::take(std::string_view patch) {
  TreeEdit edit{root_, bytes_};
  const bool is_merge = format_ == PatchFormat::merge_patch;
  const auto fault = is_merge ? apply_merge_patch(edit, patch, bytes_max_)
                              : apply_json_patch(edit, patch, bytes_max_);
  if (fault) {
    edit.roll_back();
    return fault;
  }
  bytes_ = edit.bytes();
  has_changed_ = has_changed_ || edit.has_steps();
  return std::nullopt;
}

std::optional<StateFault> DocumentState::seed(std::string_view value) {
  std::optional<JsonTree> tree;
  if (const auto fault = read_document(value, tree)) {
    return fault;
  }
  const std::size_t bytes = extent_of(*tree).bytes;
  if (bytes > bytes_max_) {
    return StateFault{StateProblem::too_large};
  }
  root_.clear();
  root_.push_back(std::move(*tree));
  bytes_ = bytes;
  has_changed_ = false;
  return std::nullopt;
}

void DocumentState::append_value(std::string& out) const { append_json_tree(out, root_.front()); }

}  // namespace openline
