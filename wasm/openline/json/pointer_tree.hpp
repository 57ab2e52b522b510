#pragma once

// JsonPointerTree: the names that a few pointers share, as a tree beside which a text is read, and
// the values that were found. It reads nothing itself; see scan.hpp.

#include <openline/json/pointer.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace openline {

class JsonPointerTree {
 public:
  /// A place in the tree, at which the text is; `nowhere` beside it.
  using Node = std::uint32_t;
  static constexpr Node nowhere = 0xffff'ffff;
  static constexpr std::size_t pointers_max = 32;  // a bit of `Places` each

  /// The number of the pointer, the same for equal ones. Forgets what was found.
  [[nodiscard]] std::optional<std::size_t> add(const JsonPointer& pointer);

  [[nodiscard]] std::optional<std::string_view> found(std::size_t place) const;

  // What a text has, in its order.

  /// A new text: nothing is found.
  void forget() { found_ = 0; }
  /// The whole value.
  [[nodiscard]] Node root() const { return nodes_.empty() ? nowhere : 0; }
  /// The value at this node begins, and is an array or object.
  void open(Node node, const char* begin);
  /// The array or object at this node ends. The node of the one around it.
  Node close(Node node, const char* end);
  /// The value at this node, which is neither array nor object.
  void take(Node node, const char* begin, const char* end);
  /// The next element of an array at this node.
  Node element(Node array);
  /// A member of an object at this node. What was found in an earlier one of that name is lost.
  /// `has_escapes`: there may be some in the name.
  Node member(Node object, std::string_view name, bool has_escapes);

 private:
  using Places = std::uint32_t;
  static constexpr std::uint32_t none = 0xffff'ffff;

  struct Entry {
    std::string name;
    std::uint32_t index = none;  // the name as that of an array's element
    std::uint32_t elements = 0;  // so many of the array that is open here have begun
    std::uint32_t place = none;  // of the pointer that ends here
    Places places = 0;           // of all pointers that end here or further down
    Node parent = nowhere;
    Node first_child = nowhere;
    Node next_sibling = nowhere;
  };

  Node child(Node parent, const std::string& name);

  std::vector<Entry> nodes_;
  std::size_t pointers_ = 0;
  Places found_ = 0;
  std::array<std::string_view, pointers_max> values_;
};

}  // namespace openline
