#pragma once

// JsonLookup: reads a JSON text once, checks all of it, and finds the values that a few pointers
// name, as ranges of bytes. It builds nothing, and allocates nothing for a text.

#include <openline/json/fault.hpp>
#include <openline/json/pointer.hpp>
#include <openline/json/pointer_tree.hpp>

#include <cstddef>
#include <optional>
#include <string_view>

namespace openline {

class JsonLookup {
 public:
  static constexpr std::size_t pointers_max = JsonPointerTree::pointers_max;

  /// Where among the findings the value will be; the same for equal pointers. Nothing when there
  /// are too many.
  [[nodiscard]] std::optional<std::size_t> add(const JsonPointer& pointer) {
    return tree_.add(pointer);
  }

  /// Reads one value at the beginning of `text`, space before it included, and checks it. Answers
  /// its bytes without the space; what is behind it is not looked at. Nothing when it is no value;
  /// `problem` then says why. `depth_max`: of json_depth_max, what is left for it.
  [[nodiscard]] std::optional<std::string_view> scan(std::string_view text,
                                                     std::size_t depth_max = json_depth_max);

  /// What the pointer named in the value that was scanned last: of members with the same name the
  /// last one, as JSON.parse has it. Nothing where there is no such value. Names are compared with
  /// their escapes undone. An array's elements are named by their index, as RFC 6901 has it.
  [[nodiscard]] std::optional<std::string_view> found(std::size_t place) const {
    return tree_.found(place);
  }

  [[nodiscard]] JsonProblem problem() const { return problem_; }

 private:
  JsonPointerTree tree_;
  JsonProblem problem_;
};

}  // namespace openline
