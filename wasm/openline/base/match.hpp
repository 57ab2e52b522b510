#pragma once

// match: calls a function with what a variant holds. The same as std::visit for one variant that is
// never valueless; but that calls through a table, which no compiler sees through, and costs a
// function for each alternative. This is a switch.

#include <cstddef>
#include <utility>
#include <variant>

namespace openline {

/// `visitor` takes every alternative, or this does not compile; all of its results are of one type.
template <std::size_t Index = 0, class Variant, class Visitor>
constexpr decltype(auto) match(Variant& variant, Visitor&& visitor) {
  if constexpr (Index + 1 < std::variant_size_v<Variant>) {
    if (variant.index() != Index) {
      return match<Index + 1>(variant, std::forward<Visitor>(visitor));
    }
  }
  return visitor(*std::get_if<Index>(&variant));
}

}  // namespace openline
