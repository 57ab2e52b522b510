#pragma once

// Result: a value or the reason why there is none. The core has no exceptions (-fno-exceptions), so
// expected failures travel in the return value and cannot be overlooked.

#include <openline/base/assert.hpp>

#include <utility>
#include <variant>

namespace openline {

template <class T, class E>
class [[nodiscard]] Result {
 public:
  // NOLINTNEXTLINE(google-explicit-constructor): `return value;` is the point
  Result(T value) : outcome_{std::in_place_index<0>, std::move(value)} {}
  // NOLINTNEXTLINE(google-explicit-constructor)
  Result(E error) : outcome_{std::in_place_index<1>, std::move(error)} {}

  [[nodiscard]] bool has_value() const { return outcome_.index() == 0; }
  explicit operator bool() const { return has_value(); }

  [[nodiscard]] const T& value() const {
    OL_ASSERT(has_value());
    return *std::get_if<0>(&outcome_);
  }
  [[nodiscard]] const E& error() const {
    OL_ASSERT(!has_value());
    return *std::get_if<1>(&outcome_);
  }

 private:
  std::variant<T, E> outcome_;
};

/// The value of a Result that carries nothing but success.
struct Success {
  friend constexpr bool operator==(Success, Success) = default;
};

}  // namespace openline
