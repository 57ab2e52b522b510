#pragma once

// RowsChoices: any spec of a state of rows, and any rows, by a source of choices. Few keys in many
// spellings, so that they meet often.

#include <openline/state/spec.hpp>

#include <support/rows_model.hpp>

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace openline {

class RowsChoices {
 public:
  /// One of so many.
  using Choose = std::function<std::uint32_t(std::uint32_t)>;

  explicit RowsChoices(Choose source) : choose{std::move(source)} {}

  Choose choose;

  StateSpec spec() {
    StateSpec spec;
    spec.kind = choose(3) == 0 ? StateKind::log : StateKind::collection;
    const bool has_key = spec.kind == StateKind::collection || choose(2) == 0;
    if (has_key) {
      spec.key = JsonPointer::parse("/id");
      spec.remove.push_back({*JsonPointer::parse("/op"), "\"delete\""});
      spec.update = choose(2) == 0 ? RowUpdate::merge : RowUpdate::replace;
    }
    spec.rows_max = 1 + choose(12);
    spec.bytes_max = 40 + choose(8) * 60;
    return spec;
  }

  ModelRow make_row(const StateSpec& spec) {
    static const std::vector<Spelling> spellings{
        {"1", "1"},
        {"1.0", "1"},
        {"\"1\"", "1"},
        {"\"\\u0031\"", "1"},
        {"\"a\"", "a"},
        {"\"\"", ""},
        {"\"__proto__\"", "__proto__"},
        {"\"007\"", "007"},
        {"7", "7"},
        {"-0", "0"},
        {"\"b\\\"\"", "b\""},
        {"\"c\"", "c"},
        {"\"d\"", "d"},
        {"\"e\"", "e"},
        {"\"f\"", "f"},
        {"2", "2"},
    };
    ModelRow row;
    const std::uint32_t kind = choose(40);
    if (kind == 0) {
      row.is_object = false;
      row.scalar = "[1, 2]";
      return row;
    }
    if (kind == 1) {
      row.members.emplace_back("id", choose(2) == 0 ? "true" : "9007199254740993");
      return row;
    }
    const Spelling& spelling = spellings[choose(static_cast<std::uint32_t>(spellings.size()))];
    row.key = spelling.key;
    row.members.emplace_back("id", spelling.json);
    row.is_removal = spec.key && choose(6) == 0;
    if (row.is_removal) row.members.emplace_back("op", "\"delete\"");
    for (const char* name : {"x", "y", "z"}) {
      if (choose(2) == 0) row.members.emplace_back(name, std::to_string(choose(3)));
    }
    if (choose(24) == 0) {
      row.members.emplace_back("long", '"' + std::string(choose(250), 'l') + '"');
    }
    return row;
  }

  std::vector<ModelRow> rows(const StateSpec& spec) {
    std::vector<ModelRow> rows(choose(3) == 0 ? choose(6) : 1);
    for (ModelRow& row : rows)
      row = make_row(spec);
    return rows;
  }

  [[nodiscard]] static std::string array_of(const std::vector<ModelRow>& rows) {
    std::string text = "[";
    for (const ModelRow& row : rows)
      text += (text.size() > 1 ? " , " : "") + row.text();
    return text + "]";
  }

  std::string key() {
    static const std::vector<std::string> keys{"1", "a", "", "__proto__", "007", "b\"", "none"};
    return keys[choose(static_cast<std::uint32_t>(keys.size()))];
  }

 private:
  struct Spelling {
    const char* json;
    std::optional<std::string> key;
  };
};

}  // namespace openline
