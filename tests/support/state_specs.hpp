#pragma once

// Specs of states for tests, and a store to try them in.

#include <openline/state/store.hpp>

#include <support/catch.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace openline {

/// What the given JSON says, which must be a spec.
inline StateSpec spec_of(std::string_view json) {
  auto spec = read_state_spec(json);
  REQUIRE(spec.has_value());
  return std::move(*spec);
}

inline StateSpec collection_spec(std::string_view more = "") {
  return spec_of(std::string{"{\"kind\":\"collection\",\"hasStream\":true,\"key\":\"/id\","} +
                 "\"maxRows\":1000,\"maxBytes\":1000000" + std::string{more} + "}");
}

inline StateSpec log_spec(std::string_view more = "") {
  return spec_of(std::string{"{\"kind\":\"log\",\"hasStream\":true,\"maxRows\":1000,"} +
                 "\"maxBytes\":1000000" + std::string{more} + "}");
}

inline StateSpec latest_spec(std::string_view more = "") {
  return spec_of(std::string{"{\"kind\":\"latest\",\"hasStream\":true,\"maxBytes\":1000000"} +
                 std::string{more} + "}");
}

/// A store with one state, number 1.
class OneState {
 public:
  explicit OneState(StateSpec spec, std::uint32_t what = observe_values) {
    REQUIRE(store_.add(std::move(spec)) == 1);
    store_.observe(1, what);
  }

  StateStore& operator*() { return store_; }
  StateStore* operator->() { return &store_; }

  bool take(std::string_view payload) { return store_.take(1, payload, 0); }
  std::string delta() {
    store_.take_delta();
    return std::string{store_.text()};
  }
  std::string read() {
    store_.read(1);
    return std::string{store_.text()};
  }
  std::string row(std::string_view key) {
    store_.read_row(1, key);
    return std::string{store_.text()};
  }

 private:
  StateStore store_{1};
};

}  // namespace openline
