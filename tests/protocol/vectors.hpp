#pragma once

// tests/fixtures/protocol.json: frames with what they mean, read alike by both ends.

#include <support/catch.hpp>

#include <nlohmann/json.hpp>

#include <fstream>
#include <string>
#include <string_view>

namespace openline {

/// One section of the vectors; a test that reads none has failed.
inline nlohmann::json vectors(const char* section) {
  std::ifstream file{OPENLINE_FIXTURES "/protocol.json"};
  const nlohmann::json all = nlohmann::json::parse(file, nullptr, false);
  REQUIRE(all.is_object());
  REQUIRE(all.contains(section));
  REQUIRE(all[section].size() > 4);
  return all[section];
}

inline std::string bytes_of(std::string_view hex) {
  std::string bytes;
  for (std::size_t i = 0; i + 1 < hex.size(); i += 3) {
    bytes += static_cast<char>(std::stoi(std::string{hex.substr(i, 2)}, nullptr, 16));
  }
  return bytes;
}

}  // namespace openline
