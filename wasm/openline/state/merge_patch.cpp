#include <openline/state/merge_patch.hpp>

#include <nlohmann/json.hpp>

#include <utility>

namespace openline {
namespace {

/// What is left of a patch where there is nothing to remove.
void drop_nulls(JsonTree& patch) {
  auto* members = patch.get_ptr<JsonMembers*>();
  if (members == nullptr) return;
  for (auto member = members->begin(); member != members->end();) {
    const auto present = member++;
    if (present->second.is_null()) {
      static_cast<void>(members->take_out(present));
    } else {
      drop_nulls(present->second);
    }
  }
}

/// As deep as the patch, which json_depth_max bounds.
void merge(TreeEdit& edit, const TreePlace& place, JsonTree patch) {
  const JsonTree* target = TreeEdit::value_at(place);
  auto* members = patch.get_ptr<JsonMembers*>();
  if (members == nullptr || target == nullptr || !target->is_object()) {
    drop_nulls(patch);
    edit.put(place, std::move(patch));
    return;
  }
  for (auto& [name, value] : *members) {
    const auto member = TreeEdit::member(place, name);
    if (!value.is_null()) {
      merge(edit, *member, std::move(value));
    } else if (TreeEdit::value_at(*member) != nullptr) {
      edit.remove(*member);
    }
  }
}

}  // namespace

void merge_patch(TreeEdit& edit, JsonTree patch) { merge(edit, edit.root(), std::move(patch)); }

}  // namespace openline
