#pragma once

// Of each subscription the application gets what was published, in order, each once, and nothing
// else: a run goes on where the one before ended, and holds all that the record has, but for what a
// newer publication of the same key makes needless.

#include <support/position.hpp>
#include <simulation/openline1/invariants/invariant.hpp>

#include <algorithm>
#include <map>

namespace openline::conversation {

class PublicationsInOrder : public Invariant {
 public:
  explicit PublicationsInOrder(const PageScene& scene) : Invariant{scene, "in_order"} {}
  using Invariant::learn;

  void learn(const StreamWanted& fact) {
    judge_.require(!(fact.stream == StreamId{}), "a subscription is refused");
    std::erase_if(known_, [&](const auto& each) { return each.second.name == fact.name; });
    known_[fact.stream.value] = {fact.name, fact.from};
    scene_.world.met(fact.from ? Met::granted_after_position : Met::granted_from_now);
  }
  void learn(const StreamLeft& fact) { known_.erase(fact.stream.value); }

  void learn(const SubscribedReport& report) {
    Known* known = find(report.stream);
    if (known == nullptr) {
      return;
    }
    const Position at = position_of(report.at);
    if (!known->at) {
      known->at = at;
    }
    judge_.require(*known->at == at, "a subscription goes on elsewhere", report.stream.value);
  }
  void learn(const PublicationsRead& fact) {
    Known* known = find(fact.stream);
    if (known == nullptr) {
      return;
    }
    const bool is_forward = known->at && fact.last > known->at->offset && fact.values.is_array();
    judge_.require(is_forward, "publications come twice", static_cast<std::int64_t>(fact.last));
    if (is_forward) {
      compare(*known, fact);
      known->at->offset = fact.last;
    }
  }

 private:
  struct Known {
    std::string name;
    std::optional<Position> at;
  };

  Known* find(StreamId stream) {
    const auto found = known_.find(stream.value);
    judge_.require(found != known_.end(), "something of a stream that nobody wants", stream.value);
    return found == known_.end() ? nullptr : &found->second;
  }
  void compare(const Known& known, const PublicationsRead& fact) {
    const Stream& stream = *scene_.broker.find(known.name);
    const auto epoch = stream.record.find(known.at->epoch);
    std::size_t next = 0;
    for (std::uint64_t offset = known.at->offset + 1; offset <= fact.last; ++offset) {
      const bool is_there = epoch != stream.record.end() && epoch->second.count(offset) > 0;
      judge_.require(is_there, "never published", static_cast<std::int64_t>(offset));
      if (!is_there) {
        return;
      }
      const Entry& entry = epoch->second.at(offset);
      if (next < fact.values.size() && fact.values[next] == entry.value) {
        next += 1;
        continue;
      }
      const bool is_needless = std::any_of(
          epoch->second.upper_bound(offset), epoch->second.end(),
          [&](const auto& newer) { return stream.is_keyed && newer.second.key == entry.key; });
      judge_.require(is_needless, "left out", static_cast<std::int64_t>(offset));
    }
    judge_.require(next == fact.values.size(), "another one than was published",
                   static_cast<std::int64_t>(fact.last));
    note(fact, known.at->offset);
  }
  void note(const PublicationsRead& fact, std::uint64_t before) {
    const std::uint64_t span = fact.last - before;
    if (fact.values.size() < span) {
      scene_.world.met(fact.values.empty() ? Met::run_empty : Met::run_conflated);
    } else if (span > 1) {
      scene_.world.met(Met::run_of_many);
    }
  }

  std::map<std::uint32_t, Known> known_;  // by subscription
};

}  // namespace openline::conversation
