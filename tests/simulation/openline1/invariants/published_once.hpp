#pragma once

// What a handler publishes is published once, though it runs again; a broker that has forgotten
// everything says so by another epoch.

#include <simulation/openline1/broker.hpp>
#include <simulation/verdict.hpp>

#include <set>
#include <string>
#include <utility>

namespace openline::conversation {

class PublishedOnce {
 public:
  explicit PublishedOnce(Verdict& verdict) : judge_{verdict, "published_once"} {}

  void learn(const Stream& stream, const Entry& entry, const std::optional<Origin>& from) {
    if (from) {
      const bool is_new = seen_.insert({stream.epoch, *from}).second;
      judge_.require(is_new, "published twice", entry.value);
    }
  }

 private:
  Judge judge_;
  std::set<std::pair<std::string, Origin>> seen_;
};

}  // namespace openline::conversation
