#pragma once

// A gap that the history cannot cover is told once, and only where there is one. Nothing more comes
// of that subscription until the application subscribes anew.

#include <simulation/openline1/invariants/invariant.hpp>

#include <map>
#include <set>

namespace openline::conversation {

class ResyncOnce : public Invariant {
 public:
  explicit ResyncOnce(const PageScene& scene) : Invariant{scene, "resync_once"} {}
  using Invariant::learn;

  void learn(const StreamWanted& fact) { known_[fact.stream.value] = {fact.name, fact.from}; }
  void learn(const StreamLeft& fact) { known_.erase(fact.stream.value); }
  void learn(const SubscribedReport& report) {
    Known& known = require_not_lost(report.stream);
    known.at = report.at;
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
    scene_.world.met(Met::denied);
  }
  void learn(const ResyncReport& report) {
    Known& known = require_not_lost(report.stream);
    known.is_lost = true;
    const Stream* stream = scene_.broker.find(known.name);
    // What arrived behind RECOVER may have closed the gap, which the server cannot know.
    const bool is_gap = known.at && stream != nullptr &&
                        (known.at->epoch != stream->epoch || known.at->offset > stream->top ||
                         is_forgotten(*stream, known.at->offset) ||
                         (recovering_.count(stream->epoch) > 0 &&
                          is_forgotten(*stream, recovering_.at(stream->epoch))));
    judge_.require(is_gap || ended_.count(known.name) > 0, "a gap is told of where there is none",
                   report.stream.value);
  }
  void learn(const FrameSaid& fact) {
    if (is(fact.frame, ToServer::recover)) {
      recovering_[fact.frame[2].get<std::string>()] = fact.frame[3].get<std::uint64_t>();
    } else if (is(fact.frame, ToServer::hello)) {
      asked_.clear();
      ended_.clear();
      for (const Json& request : fact.frame[1]["s"]) {
        asked_[request[0].get<std::string>()] = 1;
      }
    } else if (is(fact.frame, ToServer::subscribe)) {
      asked_[fact.frame[1].get<std::string>()] += 1;
    }
  }
  void learn(const FrameHeard& fact) {
    if (is(fact.frame, ToClient::subscribed) && fact.frame.size() > 4) {
      if (fact.frame[2].is_null()) {
        ended_.insert(fact.frame[1].get<std::string>());
      }
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

  std::map<std::uint32_t, Known> known_;             // by subscription
  std::map<std::string, std::uint64_t> recovering_;  // the newest offset asked for, by epoch
  /// Refused or ended on this connection. The client cannot tell one from the other, so the answer
  /// to an older SUBSCRIBE may be taken for that to the newest.
  std::set<std::string> ended_;
  std::map<std::string, int> asked_;  // answers on their way, by stream
};

}  // namespace openline::conversation
