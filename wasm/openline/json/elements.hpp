#pragma once

// JsonElements: the rows of a payload, one by one through a JsonLookup. A JSON array has its
// elements; any other value is the one row itself. It checks as it goes, so what was read is known
// to be good only when `next` has said no and there is no problem.

#include <openline/json/fault.hpp>
#include <openline/json/lookup.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace openline {

class JsonElements {
 public:
  /// The whole of `payload` has to be one JSON value, space around it allowed. Payload and lookup
  /// must outlive it; the lookup is its own until it is done.
  JsonElements(std::string_view payload, JsonLookup& lookup)
      : payload_{payload}, lookup_{&lookup} {}

  /// On to the next row. False behind the last one, and where the payload is no JSON.
  bool next();

  /// The row, without space around it.
  [[nodiscard]] std::string_view bytes() const { return bytes_; }
  /// What the lookup's pointer names in the row.
  [[nodiscard]] std::optional<std::string_view> found(std::size_t place) const {
    return lookup_->found(place);
  }
  /// Its offset is counted from the beginning of the payload. No fault as long as all is well.
  [[nodiscard]] JsonProblem problem() const { return problem_; }

 private:
  enum class Due : std::uint8_t { payload, separator, end };

  bool scan_row(std::size_t depth_max);
  void skip_space();
  bool pass(char letter);
  bool end();
  bool fail(JsonFault fault);

  std::string_view payload_;
  JsonLookup* lookup_;
  std::size_t at_ = 0;
  Due due_ = Due::payload;
  std::string_view bytes_;
  JsonProblem problem_;
};

}  // namespace openline
