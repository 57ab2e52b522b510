#pragma once

// Router: which messages are for a state, and what of them.

#include <openline/json/lookup.hpp>
#include <openline/state/matcher.hpp>
#include <openline/state/problem.hpp>
#include <openline/state/spec.hpp>

#include <cstddef>
#include <memory>
#include <optional>
#include <string_view>

namespace openline {

/// Neither value nor fault: the message is for others.
struct Route {
  std::optional<std::string_view> value;  // part of the message, without space around it
  std::optional<StateFault> fault;
};

class Router {
 public:
  /// Nothing when the spec has too many pointers.
  [[nodiscard]] static std::unique_ptr<Router> make(const StateSpec& spec);

  /// It takes every message as it is: `route` has nothing to do but to check it.
  [[nodiscard]] bool takes_all() const { return takes_all_; }
  /// Checks the whole message.
  [[nodiscard]] Route route(std::string_view message);
  /// The same for a text that is the value itself.
  [[nodiscard]] Route check(std::string_view text);

 private:
  bool takes_all_ = false;
  JsonLookup lookup_;
  Matcher match_;
  std::optional<std::size_t> value_place_;
};

}  // namespace openline
