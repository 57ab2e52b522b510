// What the module of the JSON differential exports: many texts are judged in one call, because a
// call for each would take longer than the judging.

#include <openline/json/elements.hpp>
#include <openline/json/lookup.hpp>
#include <openline/json/number.hpp>
#include <openline/json/reader.hpp>

#include <cstdint>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace {

using namespace openline;

constexpr std::uint32_t none = 0xffff'ffff;

std::vector<char> input;
std::vector<std::uint32_t> output;
std::string names;
JsonLookup lookup;
std::vector<std::size_t> places;

/// Space alone behind the value.
bool is_end(std::string_view rest) {
  return rest.find_first_not_of(" \t\r\n") == std::string_view::npos;
}

std::uint32_t offset_in(std::string_view text, std::string_view part) {
  return static_cast<std::uint32_t>(part.data() - text.data());
}

/// Notes the range of each finding. The value, if the text is JSON.
std::optional<std::string_view> judge_by_lookup(std::string_view text) {
  const auto value = lookup.scan(text);
  for (const std::size_t place : places) {
    const auto found = lookup.found(place);
    output.push_back(found ? offset_in(text, *found) : none);
    output.push_back(found ? static_cast<std::uint32_t>(found->size()) : none);
  }
  const bool is_good = value && is_end(text.substr(offset_in(text, *value) + value->size()));
  return is_good ? value : std::nullopt;
}

std::uint32_t judge_by_reader(std::string_view text) {
  JsonReader reader{text};
  reader.skip_value();
  return reader.finish() ? 1 : 0;
}

/// How many rows it has; `none` when it is no JSON.
std::uint32_t count_rows(std::string_view text) {
  JsonElements elements{text, lookup};
  std::uint32_t rows = 0;
  while (elements.next()) {
    ++rows;
  }
  return elements.problem().fault == JsonFault::none ? rows : none;
}

/// The name of a value that is a number goes behind those of the others.
void append_name(std::string_view value) {
  const bool is_number =
      !value.empty() && (value[0] == '-' || (value[0] >= '0' && value[0] <= '9'));
  std::string scratch;
  const auto name = is_number ? javascript_number(value, scratch) : std::nullopt;
  output.push_back(name ? static_cast<std::uint32_t>(names.size()) : none);
  output.push_back(name ? static_cast<std::uint32_t>(name->size()) : none);
  names += name.value_or("");
}

}  // namespace

extern "C" {

__attribute__((export_name("room"))) char* ol_json_room(std::uint32_t size) {
  input.resize(size);
  return input.data();
}

/// The first `size` bytes of the room are pointers, each with a newline behind it. How many there
/// are; 0 if one of them is no pointer.
__attribute__((export_name("use_pointers"))) std::uint32_t ol_json_use_pointers(
    std::uint32_t size) {
  lookup = {};
  places.clear();
  for (std::string_view rest{input.data(), size}; !rest.empty();) {
    const std::size_t end = rest.find('\n');
    const auto pointer = JsonPointer::parse(rest.substr(0, end));
    const auto place = pointer ? lookup.add(*pointer) : std::nullopt;
    if (!place) return 0;
    places.push_back(*place);
    rest.remove_prefix(end + 1);
  }
  return static_cast<std::uint32_t>(places.size());
}

/// The room has `count` sizes and then the texts. For each text: offset and size of what each
/// pointer found; whether lookup (1) and reader (2) take it; how many rows it has; offset and size
/// of its name among the names.
__attribute__((export_name("judge"))) const std::uint32_t* ol_json_judge(std::uint32_t count) {
  output.clear();
  names.clear();
  std::size_t at = count * sizeof(std::uint32_t);
  for (std::uint32_t i = 0; i < count; ++i) {
    std::uint32_t size = 0;
    std::memcpy(&size, input.data() + i * sizeof size, sizeof size);
    const std::string_view text{input.data() + at, size};
    const auto value = judge_by_lookup(text);
    output.push_back((value ? 1U : 0U) | judge_by_reader(text) << 1U);
    output.push_back(count_rows(text));
    append_name(value.value_or(""));
    at += size;
  }
  return output.data();
}

__attribute__((export_name("names"))) const char* ol_json_names() { return names.data(); }
}
