#pragma once

// RowsMirror: what JavaScript knows of the rows of a state, from deltas alone. It demands of them
// what their format promises, and says what is broken.

#include <nlohmann/json.hpp>

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace openline {

class RowsMirror {
 public:
  using Json = nlohmann::ordered_json;

  std::map<std::uint64_t, Json> values;  // by the ids of their rows
  std::map<std::uint64_t, std::string> keys;
  std::map<std::uint32_t, std::uint64_t> watches;
  std::uint64_t evicted = 0;
  std::size_t materialised = 0;  // values that have crossed
  std::string broken;            // what was wrong first; empty: nothing

  void apply(const Json& entry) {
    demand(entry.is_array() && entry.size() == 8, "an entry has eight parts");
    demand(entry[3].size() == entry[4].size(), "a value for each id");
    demand(entry[5].size() == entry[6].size(), "a key for each id");
    demand(entry[7].size() % 2 == 0, "watches come in pairs");
    evicted += entry[1].get<std::uint64_t>();
    for (const auto& id : entry[2]) {
      const auto gone = id.get<std::uint64_t>();
      demand(values.erase(gone) + keys.erase(gone) > 0, "only of known rows: they are gone");
    }
    for (std::size_t i = 0; i < entry[3].size(); ++i) {
      values[entry[3][i].get<std::uint64_t>()] = entry[4][i];
    }
    materialised += entry[3].size();
    for (std::size_t i = 0; i < entry[5].size(); ++i) {
      keys[entry[5][i].get<std::uint64_t>()] = entry[6][i].get<std::string>();
    }
    for (std::size_t i = 0; i < entry[7].size(); i += 2) {
      const auto watch = entry[7][i].get<std::uint32_t>();
      demand(watches.count(watch) == 1, "a pair is of a watch that is there");
      watches[watch] = entry[7][i + 1].get<std::uint64_t>();
    }
  }

  /// All of it instead.
  void read(const Json& entry) {
    values.clear();
    keys.clear();
    demand(entry[2].empty(), "what is read whole has nothing that is gone");
    apply(entry);
  }

  /// What JavaScript gave, and the ids that it was answered.
  void seed(const Json& rows, const Json& ids) {
    values.clear();
    keys.clear();
    demand(rows.size() == ids.size(), "an id for each row");
    for (std::size_t i = 0; i < rows.size(); ++i) {
      if (const auto id = ids[i].get<std::uint64_t>(); id != 0) values[id] = rows[i];
    }
  }

 private:
  void demand(bool condition, const char* what) {
    if (!condition && broken.empty()) broken = what;
  }
};

}  // namespace openline
