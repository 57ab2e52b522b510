#include <openline/state/spec.hpp>

#include <openline/json/reader.hpp>

#include <utility>

namespace openline {
namespace {

constexpr std::uint64_t rows_max_max = 1'000'000;

/// Where each word stands in its list.
template <class Enum, std::size_t Count>
bool read_word(JsonReader& reader, const std::string_view (&words)[Count], Enum& out) {
  const auto word = reader.read_string();
  for (std::size_t i = 0; word && i < Count; ++i) {
    if (*word == words[i]) {
      out = static_cast<Enum>(i);
      return true;
    }
  }
  return false;
}

bool read_pointer(JsonReader& reader, std::optional<JsonPointer>& out) {
  const auto text = reader.read_string();
  out = text ? JsonPointer::parse(*text) : std::nullopt;
  return out.has_value();
}

bool read_match(JsonReader& reader, std::vector<Match>& out) {
  reader.begin_object();
  while (const auto name = reader.next_member()) {
    auto pointer = JsonPointer::parse(*name);
    const JsonKind kind = reader.peek();
    const auto literal = reader.skip_value();
    if (!pointer || !literal || kind == JsonKind::object || kind == JsonKind::array) {
      return false;
    }
    out.push_back({std::move(*pointer), std::string{*literal}});
  }
  return !reader.has_failed();
}

bool read_limit(JsonReader& reader, std::uint64_t limit_max, std::uint64_t& out) {
  const auto limit = reader.read_integer();
  out = limit.value_or(0);
  return out > 0 && out <= limit_max;
}

bool read_member(JsonReader& reader, std::string_view name, StateSpec& spec) {
  constexpr std::string_view kinds[] = {"latest", "log", "collection", "document"};
  constexpr std::string_view updates[] = {"replace", "merge"};
  constexpr std::string_view patches[] = {"merge-patch", "json-patch"};
  if (name == "kind") return read_word(reader, kinds, spec.kind);
  if (name == "update") return read_word(reader, updates, spec.update);
  if (name == "patch") return read_word(reader, patches, spec.patch);
  if (name == "match") return read_match(reader, spec.match);
  if (name == "remove") return read_match(reader, spec.remove);
  if (name == "value") return read_pointer(reader, spec.value);
  if (name == "key") return read_pointer(reader, spec.key);
  if (name == "maxBytes") return read_limit(reader, json_integer_max, spec.bytes_max);
  if (name == "maxRows") {
    std::uint64_t rows_max = 0;
    const bool is_good = read_limit(reader, rows_max_max, rows_max);
    spec.rows_max = static_cast<std::uint32_t>(rows_max);
    return is_good;
  }
  const auto has_stream = name == "hasStream" ? reader.read_boolean() : std::nullopt;
  spec.has_stream = has_stream.value_or(false);
  return has_stream.has_value();
}

/// What its kind needs is there.
bool is_whole(const StateSpec& spec) {
  const bool has_rows = spec.kind == StateKind::log || spec.kind == StateKind::collection;
  const bool needs_key =
      spec.kind == StateKind::collection || !spec.remove.empty() || spec.update == RowUpdate::merge;
  return spec.bytes_max > 0 && (!has_rows || spec.rows_max > 0) &&
         (!needs_key || spec.key.has_value());
}

}  // namespace

std::optional<StateSpec> read_state_spec(std::string_view json) {
  StateSpec spec;
  JsonReader reader{json};
  bool has_kind = false;
  reader.begin_object();
  while (const auto name = reader.next_member()) {
    has_kind = has_kind || *name == "kind";
    if (!read_member(reader, std::string{*name}, spec)) {
      return std::nullopt;
    }
  }
  return reader.finish() && has_kind && is_whole(spec) ? std::optional{std::move(spec)}
                                                       : std::nullopt;
}

}  // namespace openline
