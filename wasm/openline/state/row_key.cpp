#include <openline/state/row_key.hpp>

#include <openline/json/number.hpp>
#include <openline/json/string.hpp>

namespace openline {

std::optional<std::string_view> row_key(std::string_view json, std::string& scratch) {
  const char first = json.front();
  if (first == '"') {
    const std::string_view between = json.substr(1, json.size() - 2);
    if (between.find('\\') == std::string_view::npos) {
      return between;
    }
    unescape_json_string(between, scratch);
    return scratch;
  }
  const bool is_number = first == '-' || (first >= '0' && first <= '9');
  return is_number ? javascript_number(json, scratch) : std::nullopt;
}

}  // namespace openline
