#pragma once

// A gap on the wire is asked about once, and from where it begins.

#include <simulation/openline1/invariants/invariant.hpp>

#include <set>
#include <utility>

namespace openline::conversation {

class RecoverOnce : public Invariant {
 public:
  explicit RecoverOnce(const PageScene& scene) : Invariant{scene, "recover_once"} {}
  using Invariant::learn;

  void learn(const FrameSaid& fact) {
    if (is(fact.frame, ToServer::hello)) {
      asked_.clear();
    } else if (is(fact.frame, ToServer::recover)) {
      const auto index = fact.frame[1].get<std::uint64_t>();
      const auto offset = fact.frame[3].get<std::uint64_t>();
      const bool is_new = asked_.insert({index, offset}).second;
      judge_.require(is_new, "the same gap is asked about again",
                     static_cast<std::int64_t>(offset));
    }
  }

 private:
  std::set<std::pair<std::uint64_t, std::uint64_t>> asked_;  // index and offset, on this socket
};

}  // namespace openline::conversation
