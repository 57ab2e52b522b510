#include <openline/state/tree_pointer.hpp>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstddef>
#include <string>
#include <utility>

namespace openline {
namespace {

/// With ~1 and ~0 undone; nothing if another ~ is in it.
std::optional<std::string> unescape_token(std::string_view token) {
  std::string name;
  for (std::size_t i = 0; i < token.size(); ++i) {
    if (token[i] != '~') {
      name += token[i];
      continue;
    }
    const char escaped = ++i < token.size() ? token[i] : '\0';
    if (escaped != '0' && escaped != '1') {
      return std::nullopt;
    }
    name += escaped == '0' ? '~' : '/';
  }
  return name;
}

/// RFC 6901, section 4: digits without a leading zero.
std::optional<std::size_t> index_of(std::string_view token) {
  constexpr std::size_t digits_max = 9;  // fits any size_t; no array has so many elements
  if (token.empty() || token.size() > digits_max || (token[0] == '0' && token.size() > 1)) {
    return std::nullopt;
  }
  std::size_t index = 0;
  for (const char digit : token) {
    if (digit < '0' || digit > '9') {
      return std::nullopt;
    }
    index = index * 10 + static_cast<std::size_t>(digit - '0');
  }
  return index;
}

std::optional<TreePlace> find_child(const TreePlace& place, std::string_view token) {
  const JsonTree* parent = TreeEdit::value_at(place);
  const auto* elements = parent == nullptr ? nullptr : parent->get_ptr<const JsonArray*>();
  if (elements != nullptr) {
    const auto index = token == "-" ? elements->size() : index_of(token);
    return index ? TreeEdit::element(place, *index) : std::nullopt;
  }
  const auto name = unescape_token(token);
  if (!name || name == "__proto__" || name == "constructor" || name == "prototype") {
    return std::nullopt;
  }
  return TreeEdit::member(place, json_name(*name));
}

}  // namespace

std::optional<TreePlace> find_place(TreeEdit& edit, std::string_view pointer) {
  std::optional<TreePlace> place = edit.root();
  while (place && !pointer.empty()) {
    if (pointer.front() != '/') {
      return std::nullopt;
    }
    pointer.remove_prefix(1);
    const std::string_view token = pointer.substr(0, pointer.find('/'));
    pointer.remove_prefix(token.size());
    place = find_child(*place, token);
  }
  return place;
}

}  // namespace openline
