#pragma once

// Texts that crossed as one. Their host counts in UTF-16 code units, and they are UTF-8 here.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace openline {

class JoinedTexts {
 public:
  /// `units`: how many code units each text has, as 32 bits in the order of the machine.
  JoinedTexts(std::string_view units, std::string_view bytes);

  /// The next text; nothing behind the last one. Never beyond `bytes`, whatever `units` say.
  [[nodiscard]] std::optional<std::string_view> next();

 private:
  [[nodiscard]] std::size_t bytes_of(std::uint32_t units) const;

  std::string_view units_;
  std::string_view bytes_;
  bool is_ascii_ = false;  // a byte is a code unit
};

}  // namespace openline
