#pragma once

// Matcher: whether a JSON text has certain scalars at certain places. It reads no text itself: a
// JsonLookup has found the values before.

#include <openline/json/lookup.hpp>
#include <openline/state/spec.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace openline {

class Matcher {
 public:
  /// What `wanted` names is looked up by `lookup` from now on. Nothing when that is too much.
  [[nodiscard]] static std::optional<Matcher> make(const std::vector<Match>& wanted,
                                                   JsonLookup& lookup);

  /// Whether all of it is there. Strings are compared with their escapes undone, numbers as
  /// JavaScript names them; those that it would not keep as they are, byte for byte.
  [[nodiscard]] bool matches(const JsonLookup& lookup);

  [[nodiscard]] bool is_empty() const { return wanted_.empty(); }

 private:
  struct Wanted {
    std::size_t place = 0;
    std::string literal;
    std::optional<std::string> name;  // a string's or a number's
  };

  [[nodiscard]] bool is_wanted(const Wanted& wanted, std::string_view found);

  std::vector<Wanted> wanted_;
  std::string scratch_;
};

}  // namespace openline
