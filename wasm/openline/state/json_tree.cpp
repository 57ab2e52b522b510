#include <openline/state/json_tree.hpp>

#include <openline/json/number.hpp>
#include <openline/json/string.hpp>
#include <openline/json/writer.hpp>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <type_traits>
#include <utility>

namespace openline {
namespace {

using Text = JsonTree::string_t;

static_assert(std::is_same_v<JsonMembers, JsonTree::object_t>);
static_assert(std::is_same_v<JsonArray, JsonTree::array_t>);

JsonTree read_members(JsonReader& reader) {
  JsonMembers members;
  reader.begin_object();
  while (const auto name = reader.next_member()) {
    std::string key = json_name(*name);
    auto value = read_json_tree(reader);
    if (!value) break;
    if (const auto known = members.find(key); known != members.end()) {
      known->second = std::move(*value);
    } else {
      members.append(std::move(key), std::move(*value));
    }
  }
  JsonTree tree = std::move(members);
  return tree;
}

JsonTree read_elements(JsonReader& reader) {
  JsonArray elements;
  reader.begin_array();
  while (reader.next_element()) {
    auto value = read_json_tree(reader);
    if (!value) break;
    elements.push_back(std::move(*value));
  }
  JsonTree tree = std::move(elements);
  return tree;
}

std::string_view word_of(const JsonTree& tree) {
  if (const auto* text = tree.get_ptr<const Text*>()) return *text;
  const auto* truth = tree.get_ptr<const bool*>();
  return truth == nullptr ? "null" : *truth ? "true" : "false";
}

/// Of the same kind of text: the first byte tells strings from numbers.
bool are_equal_texts(std::string_view left, std::string_view right) {
  if (left == right) return true;
  const bool is_string = left.front() == '"';
  if (is_string != (right.front() == '"')) return false;
  std::string left_scratch;
  std::string right_scratch;
  if (is_string) {
    unescape_json_string(left.substr(1, left.size() - 2), left_scratch);
    unescape_json_string(right.substr(1, right.size() - 2), right_scratch);
    return left_scratch == right_scratch;
  }
  const auto name = javascript_number(left, left_scratch);
  return name && name == javascript_number(right, right_scratch);
}

bool are_equal_members(const JsonMembers& left, const JsonMembers& right) {
  return left.size() == right.size() &&
         std::all_of(left.begin(), left.end(), [&](const auto& member) {
           const auto other = right.find(member.first);
           return other != right.end() && are_equal(member.second, other->second);
         });
}

}  // namespace

std::optional<JsonTree> read_json_tree(JsonReader& reader) {
  std::optional<JsonTree> tree;
  switch (reader.peek()) {
    case JsonKind::object:
      tree = read_members(reader);
      break;
    case JsonKind::array:
      tree = read_elements(reader);
      break;
    case JsonKind::boolean:
      tree = reader.read_boolean() == true;
      break;
    case JsonKind::null:
      reader.skip_value();
      tree = JsonTree{};
      break;
    case JsonKind::string:
    case JsonKind::number:
    case JsonKind::none:  // which is a fault
      tree = Text{reader.skip_value().value_or("")};
      break;
  }
  if (reader.has_failed()) tree.reset();
  return tree;
}

std::string json_name(std::string_view name) {
  std::string text;
  append_json_string(text, name);
  return text;
}

JsonExtent extent_of(const JsonTree& tree) {
  JsonExtent extent;
  std::size_t count = 0;
  const auto add = [&](std::size_t name, const JsonTree& value) {
    const JsonExtent inner = extent_of(value);
    extent.bytes += name + inner.bytes + (count++ > 0 ? 1 : 0);
    extent.depth = std::max(extent.depth, inner.depth);
  };
  if (const auto* members = tree.get_ptr<const JsonMembers*>()) {
    for (const auto& [name, value] : *members) {
      add(name.size() + 1, value);
    }
  } else if (const auto* elements = tree.get_ptr<const JsonArray*>()) {
    for (const JsonTree& value : *elements) {
      add(0, value);
    }
  } else {
    return {word_of(tree).size(), 0};
  }
  return {extent.bytes + 2, extent.depth + 1};
}

void append_json_tree(std::string& out, const JsonTree& tree) {
  char before = '{';
  if (const auto* members = tree.get_ptr<const JsonMembers*>()) {
    for (const auto& [name, value] : *members) {
      out += before;
      out += name;
      out += ':';
      append_json_tree(out, value);
      before = ',';
    }
    out += before == '{' ? "{}" : "}";
  } else if (const auto* elements = tree.get_ptr<const JsonArray*>()) {
    before = '[';
    for (const JsonTree& value : *elements) {
      out += before;
      append_json_tree(out, value);
      before = ',';
    }
    out += before == '[' ? "[]" : "]";
  } else {
    out += word_of(tree);
  }
}

bool are_same_scalar(const JsonTree& left, const JsonTree& right) {
  return !left.is_structured() && left.type() == right.type() && word_of(left) == word_of(right);
}

bool are_equal(const JsonTree& left, const JsonTree& right) {
  if (left.type() != right.type()) return false;
  if (const auto* members = left.get_ptr<const JsonMembers*>()) {
    return are_equal_members(*members, *right.get_ptr<const JsonMembers*>());
  }
  if (const auto* elements = left.get_ptr<const JsonArray*>()) {
    const auto& others = *right.get_ptr<const JsonArray*>();
    return std::equal(elements->begin(), elements->end(), others.begin(), others.end(), are_equal);
  }
  if (const auto* text = left.get_ptr<const Text*>()) {
    return are_equal_texts(*text, *right.get_ptr<const Text*>());
  }
  return word_of(left) == word_of(right);
}

}  // namespace openline
