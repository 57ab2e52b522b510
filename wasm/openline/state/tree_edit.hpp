#pragma once

// TreeEdit: changes a document step by step, keeps count of its size, and can take every step back.
// It knows no format of patches and sets no limit.

#include <openline/state/json_tree.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace openline {

/// Where in an array or an object a value is, or would be. Good until its array or object changes.
struct TreePlace {
  JsonArray* array = nullptr;
  std::size_t index = 0;           // up to the size of the array
  JsonMembers* members = nullptr;  // instead of an array
  JsonMembers::iterator member;    // its end: there is none of that name
  std::string name;                // as `json_name` has it
  std::size_t depth = 0;           // how many arrays and objects are around
};

class TreeEdit {
 public:
  /// `root` holds the document, whose text has `bytes`, or nothing.
  TreeEdit(JsonArray& root, std::size_t bytes);
  TreeEdit(const TreeEdit&) = delete;
  TreeEdit& operator=(const TreeEdit&) = delete;
  ~TreeEdit();

  [[nodiscard]] TreePlace root();
  /// The place of an element; behind the array for its size. Nothing further behind.
  [[nodiscard]] static std::optional<TreePlace> element(const TreePlace& array, std::size_t index);
  /// The place of a member; nothing where there is no object.
  [[nodiscard]] static std::optional<TreePlace> member(const TreePlace& object, std::string name);
  /// Null where there is no value.
  [[nodiscard]] static JsonTree* value_at(const TreePlace& place);

  /// Puts a value at a place: in an array before what is there, else instead of it.
  void put(const TreePlace& place, JsonTree value);
  /// Puts a value instead of the one that is there. The same scalar again is no step.
  void replace(const TreePlace& place, JsonTree value);
  void remove(const TreePlace& place);
  /// The value that the last step has removed, to be put elsewhere by the next.
  [[nodiscard]] JsonTree take_removed();

  void roll_back();

  [[nodiscard]] bool has_steps() const { return !steps_.empty(); }
  [[nodiscard]] std::size_t bytes() const { return bytes_; }
  /// Of the deepest value that was put anywhere, with what is around it.
  [[nodiscard]] std::size_t depth() const { return depth_; }
  /// What the steps took: bytes of text that were counted, and of elements that moved up or down.
  [[nodiscard]] std::size_t effort() const { return effort_; }

 private:
  struct Step;

  [[nodiscard]] std::size_t count(const JsonTree& value);
  [[nodiscard]] std::size_t frame_of(const TreePlace& place, std::size_t others) const;
  void note_put(const TreePlace& place, const JsonTree& value);

  JsonArray& root_;
  std::size_t bytes_;
  std::size_t bytes_before_;
  std::size_t depth_ = 0;
  std::size_t effort_ = 0;
  std::vector<Step> steps_;
};

}  // namespace openline
