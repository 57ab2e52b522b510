#pragma once

// JsonPointer (RFC 6901): the names that lead from a JSON value to one within it. It finds nothing
// by itself; see JsonLookup.

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace openline {

class JsonPointer {
 public:
  static constexpr std::size_t bytes_max = 1'024;
  static constexpr std::size_t tokens_max = 32;

  /// `text` is UTF-8: empty (the whole value), or tokens that each begin with '/'; ~1 stands for
  /// '/' and ~0 for '~'. Nothing for what is no pointer or is beyond the limits.
  [[nodiscard]] static std::optional<JsonPointer> parse(std::string_view text);

  [[nodiscard]] const std::vector<std::string>& tokens() const { return tokens_; }
  friend bool operator==(const JsonPointer&, const JsonPointer&) = default;

 private:
  std::vector<std::string> tokens_;
};

}  // namespace openline
