#include <openline/state/tree_edit.hpp>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <utility>

namespace openline {
namespace {

constexpr std::size_t element_size = 16;  // the same on every machine

enum class StepKind : std::uint8_t { inserted, replaced, removed };

JsonArray::iterator at(JsonArray& array, std::size_t index) {
  return array.begin() + static_cast<JsonArray::difference_type>(index);
}

}  // namespace

/// One step, and what is needed to take it back. Arrays, objects and members stay where they are in
/// memory even if what holds them is moved, and what was removed is kept here; so when all later
/// steps have been taken back, these pointers are good.
struct TreeEdit::Step {
  Step(StepKind what, const TreePlace& place)
      : kind{what},
        array{place.array},
        index{place.index},
        members{place.members},
        member{place.member} {}

  StepKind kind;
  JsonArray* array;
  std::size_t index;
  JsonMembers* members;
  JsonMembers::iterator member;  // of a removed one: the one that it stood before
  JsonMembers::Members taken;    // a removed member
  JsonTree value;                // what was replaced, or a removed element
  bool is_taken = false;         // what was removed is what the next step has put

  JsonTree& removed() { return taken.empty() ? value : taken.front().second; }

  /// Gives what the step had put. `next`: the same of the step that followed.
  JsonTree take_back(JsonTree next) {
    if (kind == StepKind::replaced) {
      std::swap(value, members == nullptr ? (*array)[index] : member->second);
      return std::move(value);
    }
    if (kind == StepKind::removed) {
      if (is_taken) removed() = std::move(next);
      put_back();
      return {};
    }
    if (members != nullptr) {
      taken = members->take_out(member);
      return std::move(taken.front().second);
    }
    JsonTree put = std::move((*array)[index]);
    array->erase(at(*array, index));
    return put;
  }

  void put_back() {
    if (members == nullptr) {
      array->insert(at(*array, index), std::move(value));
    } else {
      members->put_back(member, taken);
    }
  }
};

TreeEdit::TreeEdit(JsonArray& root, std::size_t bytes)
    : root_{root}, bytes_{bytes}, bytes_before_{bytes} {}

TreeEdit::~TreeEdit() = default;

TreePlace TreeEdit::root() { return {&root_, 0, nullptr, {}, {}, 0}; }

std::optional<TreePlace> TreeEdit::element(const TreePlace& array, std::size_t index) {
  JsonTree* value = value_at(array);
  auto* elements = value == nullptr ? nullptr : value->get_ptr<JsonArray*>();
  if (elements == nullptr || index > elements->size()) {
    return std::nullopt;
  }
  return TreePlace{elements, index, nullptr, {}, {}, array.depth + 1};
}

std::optional<TreePlace> TreeEdit::member(const TreePlace& object, std::string name) {
  JsonTree* value = value_at(object);
  auto* members = value == nullptr ? nullptr : value->get_ptr<JsonMembers*>();
  if (members == nullptr) {
    return std::nullopt;
  }
  const auto found = members->find(name);
  return TreePlace{nullptr, 0, members, found, std::move(name), object.depth + 1};
}

JsonTree* TreeEdit::value_at(const TreePlace& place) {
  if (place.members != nullptr) {
    return place.member == place.members->end() ? nullptr : &place.member->second;
  }
  return place.index < place.array->size() ? &(*place.array)[place.index] : nullptr;
}

void TreeEdit::put(const TreePlace& place, JsonTree value) {
  const bool is_array = place.array != nullptr && place.array != &root_;
  if (!is_array && value_at(place) != nullptr) {
    replace(place, std::move(value));
    return;
  }
  note_put(place, value);
  Step step{StepKind::inserted, place};
  if (place.members != nullptr) {
    bytes_ += frame_of(place, place.members->size());
    step.member = place.members->append(place.name, std::move(value));
  } else {
    bytes_ += frame_of(place, place.array->size());
    effort_ += (place.array->size() - place.index) * element_size;
    place.array->insert(at(*place.array, place.index), std::move(value));
  }
  steps_.push_back(std::move(step));
}

void TreeEdit::replace(const TreePlace& place, JsonTree value) {
  JsonTree& present = *value_at(place);
  const bool is_moved = !steps_.empty() && steps_.back().is_taken;  // the step is to give it back
  if (!is_moved && are_same_scalar(present, value)) return;
  note_put(place, value);
  bytes_ -= count(present);
  std::swap(present, value);
  Step step{StepKind::replaced, place};
  step.value = std::move(value);
  steps_.push_back(std::move(step));
}

void TreeEdit::remove(const TreePlace& place) {
  bytes_ -= count(*value_at(place));
  Step step{StepKind::removed, place};
  if (place.members != nullptr) {
    bytes_ -= frame_of(place, place.members->size() - 1);
    step.member = std::next(place.member);
    step.taken = place.members->take_out(place.member);
  } else {
    bytes_ -= frame_of(place, place.array->size() - 1);
    effort_ += (place.array->size() - place.index) * element_size;
    step.value = std::move((*place.array)[place.index]);
    place.array->erase(at(*place.array, place.index));
  }
  steps_.push_back(std::move(step));
}

JsonTree TreeEdit::take_removed() {
  steps_.back().is_taken = true;
  return std::move(steps_.back().removed());
}

void TreeEdit::roll_back() {
  JsonTree last;
  while (!steps_.empty()) {
    last = steps_.back().take_back(std::move(last));
    steps_.pop_back();
  }
  bytes_ = bytes_before_;
}

std::size_t TreeEdit::count(const JsonTree& value) {
  const std::size_t bytes = extent_of(value).bytes;
  effort_ += bytes;
  return bytes;
}

/// What comes with a value where there are so many others: its name, and a comma.
std::size_t TreeEdit::frame_of(const TreePlace& place, std::size_t others) const {
  const std::size_t name = place.members == nullptr ? 0 : place.name.size() + 1;
  return name + (others > 0 ? 1 : 0);
}

void TreeEdit::note_put(const TreePlace& place, const JsonTree& value) {
  const JsonExtent extent = extent_of(value);
  effort_ += extent.bytes;
  bytes_ += extent.bytes;
  depth_ = std::max(depth_, place.depth + extent.depth);
}

}  // namespace openline
