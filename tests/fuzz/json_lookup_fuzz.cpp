// libFuzzer: every part of the core that reads JSON judges a text as nlohmann/json does, and
// pointers find the values that nlohmann's find. The input: a pointer, a newline, a text. Run: node
// scripts/fuzz.js json_lookup_fuzz

#include <openline/json/elements.hpp>
#include <openline/json/lookup.hpp>
#include <openline/json/number.hpp>
#include <openline/json/reader.hpp>

#include <fuzz/bytes.hpp>
#include <nlohmann/json.hpp>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <optional>
#include <string>
#include <string_view>

namespace {

using namespace openline;
using fuzz::require;
using nlohmann::json;

constexpr std::string_view space = " \t\r\n";

/// The oracle ends at a NUL, takes a byte order mark, refuses lone surrogates and numbers that no
/// double can hold, and knows no limit of depth.
bool is_comparable(std::string_view text) {
  std::size_t opened = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char letter = text[i];
    const bool is_exponent = letter == 'e' || letter == 'E';
    if (is_exponent && i > 0 && text[i - 1] >= '0' && text[i - 1] <= '9') return false;
    if (letter == '\0' || text.substr(i, 3) == "\\ud" || text.substr(i, 3) == "\\uD") return false;
    opened += letter == '[' || letter == '{' ? 1 : 0;
  }
  return opened <= json_depth_max && text.size() <= 300 && text.substr(0, 3) != "\xef\xbb\xbf";
}

bool is_good_for_reader(std::string_view text) {
  JsonReader reader{text};
  reader.skip_value();
  return reader.finish();
}

/// How many rows; nothing for what is no JSON.
std::optional<std::size_t> count_rows(std::string_view text, JsonLookup& lookup) {
  JsonElements elements{text, lookup};
  std::size_t rows = 0;
  while (elements.next()) {
    require(is_good_for_reader(elements.bytes()), "a row is JSON");
    ++rows;
  }
  require(elements.problem().offset <= text.size(), "a problem within the payload");
  return elements.problem().fault == JsonFault::none ? std::optional{rows} : std::nullopt;
}

/// nlohmann refuses by an exception what it cannot follow, like a name for an array.
std::optional<json> oracle_finds(const json& value, const std::string& pointer) {
  try {
    return value.at(json::json_pointer{pointer});
  } catch (const json::exception&) {
    return std::nullopt;
  }
}

bool is_oracle_pointer(const std::string& pointer) {
  try {
    (void)json::json_pointer{pointer};
    return true;
  } catch (const json::exception&) {
    return false;
  }
}

void check_number(std::string_view value) {
  std::string scratch;
  const auto name = javascript_number(value, scratch);
  if (!name) return;
  const std::string text{value};
  const std::string named{*name};
  require(std::strtod(text.c_str(), nullptr) == std::strtod(named.c_str(), nullptr),
          "the name is the number");
  std::string again;
  require(javascript_number(named, again) == named, "a name is its own name");
}

void check_text(std::string_view text, const JsonPointer* pointer, const std::string& spelling) {
  JsonLookup lookup;
  const auto place = pointer == nullptr ? std::nullopt : lookup.add(*pointer);
  const auto rows = count_rows(text, lookup);
  const auto value = lookup.scan(text);
  const std::size_t end =
      value ? static_cast<std::size_t>(value->data() - text.data()) + value->size() : 0;
  const bool is_good = value && text.find_first_not_of(space, end) == std::string_view::npos;
  require(lookup.problem().offset <= text.size(), "a problem within the text");
  require(is_good == is_good_for_reader(text), "lookup and reader agree");
  require(is_good == rows.has_value(), "lookup and elements agree");
  if (is_good && (value->front() == '-' || (value->front() >= '0' && value->front() <= '9'))) {
    check_number(*value);
  }
  if (!is_comparable(text)) return;
  const json oracle = json::parse(text, nullptr, false);
  require(oracle.is_discarded() != is_good, "JSON is JSON");
  if (!is_good) return;
  require(*rows == (oracle.is_array() ? oracle.size() : 1), "every element is a row");
  if (!place) return;
  const auto wanted = oracle_finds(oracle, spelling);
  const auto found = lookup.found(*place);
  require(wanted.has_value() == found.has_value(), "a value is found where there is one");
  require(!found || json::parse(*found) == *wanted, "the value is the one that was named");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes{reinterpret_cast<const char*>(data), size};
  const std::size_t line = bytes.find('\n');
  if (line == std::string_view::npos) {
    check_text(bytes, nullptr, "");
    return 0;
  }
  const std::string spelling{bytes.substr(0, line)};
  const auto pointer = JsonPointer::parse(spelling);
  require(!pointer || is_oracle_pointer(spelling), "a pointer is a pointer");
  check_text(bytes.substr(line + 1), pointer ? &*pointer : nullptr, spelling);
  return 0;
}
