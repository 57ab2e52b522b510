#pragma once

// Verdict: the first violation of a run, and which invariant found it.

#include <cstdint>
#include <string>
#include <string_view>

namespace openline {

class Verdict {
 public:
  [[nodiscard]] bool is_good() const { return invariant_.empty(); }
  [[nodiscard]] const std::string& invariant() const { return invariant_; }
  [[nodiscard]] const std::string& what() const { return what_; }

  void violate(std::string_view invariant, std::string_view what, std::int64_t number) {
    if (is_good()) {
      invariant_ = invariant;
      what_ = std::string{what} + " (" + std::to_string(number) + ")";
    }
  }

 private:
  std::string invariant_;
  std::string what_;
};

/// What an invariant says it with.
class Judge {
 public:
  Judge(Verdict& verdict, std::string_view invariant) : verdict_{verdict}, invariant_{invariant} {}

  /// `number` says more about a violation: a socket, a handle, milliseconds.
  void require(bool condition, std::string_view what, std::int64_t number = 0) {
    if (!condition) {
      verdict_.violate(invariant_, what, number);
    }
  }

 private:
  Verdict& verdict_;
  std::string_view invariant_;
};

}  // namespace openline
