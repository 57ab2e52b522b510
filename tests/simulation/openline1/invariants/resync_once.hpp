#pragma once

// A gap that the history cannot cover is told once, and only where there is one. Nothing more comes
// of that subscription until the application subscribes anew.

#include <support/position.hpp>
#include <simulation/openline1/invariants/invariant.hpp>

#include <algorithm>
#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <string>

namespace openline::conversation {

class ResyncOnce : public Invariant {
 public:
  explicit ResyncOnce(const PageScene& scene) : Invariant{scene, "resync_once"} {}
  using Invariant::learn;

  void learn(const StreamWanted& fact) { known_[fact.stream.value] = {fact.name, fact.from}; }
  void learn(const StreamLeft& fact) { known_.erase(fact.stream.value); }
  void learn(const SubscribedReport& report) {
    Known& known = require_not_lost(report.stream);
    known.at = position_of(report.at);
  }
  void learn(const PublicationsReport& report) {
    Known& known = require_not_lost(report.stream);
    if (known.at) {
      known.at->offset = report.last;
    }
  }
  void learn(const DeniedReport& report) {
    // Asked for again on the next connection, unless it is lost.
    judge_.require(known_.count(report.stream.value) > 0, "denied, though nobody wants it",
                   report.stream.value);
    judge_.require(asked_[known_[report.stream.value].name] <= 0, "denied before the answer",
                   report.stream.value);
    scene_.world.met(Met::denied);
  }
  void learn(const ResyncReport& report) {
    Known& known = require_not_lost(report.stream);
    known.is_lost = true;
    const Stream* stream = scene_.broker.find(known.name);
    // What arrived behind RECOVER may have closed the gap, which the server cannot know.
    const bool is_gap = known.at && stream != nullptr &&
                        (known.at->epoch != stream->epoch || known.at->offset > stream->top ||
                         is_forgotten(*stream, std::min(known.at->offset, recovered_from())));
    judge_.require(is_gap, "a gap is told of where there is none", report.stream.value);
  }
  void learn(const FrameSaid& fact) {
    if (is(fact.frame, ToServer::recover)) {
      const auto offset = fact.frame[3].get<std::uint64_t>();
      recovering_.emplace(fact.frame[1].get<std::uint64_t>(), offset);
    } else if (is(fact.frame, ToServer::hello)) {
      socket_ = fact.socket;
      asked_.clear();
      recovering_.clear();
      for (const Json& request : fact.frame[1]["s"]) {
        asked_[request[0].get<std::string>()] = 1;
      }
    } else if (is(fact.frame, ToServer::subscribe)) {
      asked_[fact.frame[1].get<std::string>()] += 1;
    }
  }
  void learn(const FrameHeard& fact) {
    resynced_.reset();
    if (!(fact.socket == socket_)) {
      return;
    }
    if (is(fact.frame, ToClient::welcome) && fact.frame.size() > 1) {
      for (const Json& answer : fact.frame[1]["s"]) {
        asked_[answer[0].get<std::string>()] -= 1;
      }
    }
    if (is(fact.frame, ToClient::resync) && fact.frame.size() > 3) {
      resynced_ = fact.frame[1].get<std::uint64_t>();
    }
    const bool is_unasked = fact.frame.size() == 6 && fact.frame[2].is_null();
    if (is(fact.frame, ToClient::subscribed) && fact.frame.size() > 4 && !is_unasked) {
      int& left = asked_[fact.frame[1].get<std::string>()];
      left -= 1;
      if (left > 0) {
        scene_.world.met(Met::answer_outdated);
      }
    }
    if (is(fact.frame, ToClient::subscribed) && fact.frame.size() == 6 && fact.frame[5] == false) {
      scene_.world.met(Met::resync_by_answer);
    }
  }

 private:
  struct Known {
    std::string name;
    std::optional<Position> at;
    bool is_lost = false;
  };

  static bool is_forgotten(const Stream& stream, std::uint64_t offset) {
    return offset + stream.history.size() < stream.top;
  }
  Known& require_not_lost(StreamId stream) {
    Known& known = known_[stream.value];
    judge_.require(!known.is_lost, "more of a stream that has to be subscribed to anew",
                   stream.value);
    return known;
  }

  /// The first offset that was asked for of what RESYNC has just ended.
  [[nodiscard]] std::uint64_t recovered_from() const {
    const auto found = resynced_ ? recovering_.find(*resynced_) : recovering_.end();
    return found == recovering_.end() ? std::numeric_limits<std::uint64_t>::max() : found->second;
  }

  std::map<std::uint32_t, Known> known_;               // by subscription
  std::map<std::uint64_t, std::uint64_t> recovering_;  // by index, of this connection
  std::optional<std::uint64_t> resynced_;
  SocketId socket_;
  std::map<std::string, int> asked_;  // answers on their way, by stream
};

}  // namespace openline::conversation
