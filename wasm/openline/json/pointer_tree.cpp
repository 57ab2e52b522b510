#include <openline/json/pointer_tree.hpp>

#include <openline/json/string.hpp>

namespace openline {
namespace {

/// RFC 6901, section 4: digits without a leading zero. Nothing for a name that is no index.
std::optional<std::uint32_t> index_of(std::string_view name) {
  constexpr std::size_t digits_max = 9;  // no array of ours is longer
  if (name.empty() || name.size() > digits_max || (name[0] == '0' && name.size() > 1)) {
    return std::nullopt;
  }
  std::uint32_t index = 0;
  for (const char digit : name) {
    if (digit < '0' || digit > '9') return std::nullopt;
    index = index * 10 + static_cast<std::uint32_t>(digit - '0');
  }
  return index;
}

}  // namespace

std::optional<std::size_t> JsonPointerTree::add(const JsonPointer& pointer) {
  forget();
  if (nodes_.empty()) {
    nodes_.emplace_back();
  }
  Node node = 0;
  for (const std::string& name : pointer.tokens()) {
    node = child(node, name);
  }
  if (nodes_[node].place == none) {
    if (pointers_ == pointers_max) return std::nullopt;
    nodes_[node].place = static_cast<std::uint32_t>(pointers_++);
    for (Node above = node; above != nowhere; above = nodes_[above].parent) {
      nodes_[above].places |= 1U << nodes_[node].place;
    }
  }
  return nodes_[node].place;
}

std::optional<std::string_view> JsonPointerTree::found(std::size_t place) const {
  const bool is_found = place < pointers_ && (found_ >> place & 1U) != 0;
  return is_found ? std::optional{values_[place]} : std::nullopt;
}

void JsonPointerTree::open(Node node, const char* begin) {
  Entry& entry = nodes_[node];
  entry.elements = 0;
  if (entry.place != none) {
    // Where it begins: `close` knows where it ends.
    values_[entry.place] = std::string_view{begin, 0};  // NOLINT(bugprone-string-constructor)
  }
}

JsonPointerTree::Node JsonPointerTree::close(Node node, const char* end) {
  const Entry& entry = nodes_[node];
  if (entry.place != none) {
    take(node, values_[entry.place].data(), end);
  }
  return entry.parent;
}

void JsonPointerTree::take(Node node, const char* begin, const char* end) {
  if (const std::uint32_t place = nodes_[node].place; place != none) {
    values_[place] = {begin, static_cast<std::size_t>(end - begin)};
    found_ |= 1U << place;
  }
}

JsonPointerTree::Node JsonPointerTree::element(Node array) {
  const std::uint32_t index = nodes_[array].elements++;
  Node node = nodes_[array].first_child;
  while (node != nowhere && nodes_[node].index != index) {
    node = nodes_[node].next_sibling;
  }
  return node;
}

JsonPointerTree::Node JsonPointerTree::member(Node object, std::string_view name,
                                              bool has_escapes) {
  Node node = nodes_[object].first_child;
  while (node != nowhere) {
    const std::string& wanted = nodes_[node].name;
    if (has_escapes ? json_string_says(name, wanted) : name == wanted) {
      found_ &= ~nodes_[node].places;
      break;
    }
    node = nodes_[node].next_sibling;
  }
  return node;
}

JsonPointerTree::Node JsonPointerTree::child(Node parent, const std::string& name) {
  for (Node node = nodes_[parent].first_child; node != nowhere; node = nodes_[node].next_sibling) {
    if (nodes_[node].name == name) return node;
  }
  const auto node = static_cast<Node>(nodes_.size());
  Entry& entry = nodes_.emplace_back();
  entry.name = name;
  entry.index = index_of(name).value_or(none);
  entry.parent = parent;
  entry.next_sibling = nodes_[parent].first_child;
  nodes_[parent].first_child = node;
  return node;
}

}  // namespace openline
