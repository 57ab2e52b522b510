#pragma once

// A gap on the wire is asked about at once, only once, and from where it begins.

#include <simulation/openline1/invariants/invariant.hpp>

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <utility>

namespace openline::conversation {

class RecoverOnce : public Invariant {
 public:
  explicit RecoverOnce(const PageScene& scene) : Invariant{scene, "recover_once"} {}
  using Invariant::learn;

  void learn(const StreamWanted& fact) {
    forget(fact.name);
    names_[fact.stream.value] = fact.name;
  }
  void learn(const StreamLeft& fact) { forget(names_[fact.stream.value]); }
  void learn(const ResyncReport& report) { forget(names_[report.stream.value]); }
  void learn(const DeniedReport& report) { forget(names_[report.stream.value]); }
  void learn(const StatusReport& report) {
    if (report.phase != Phase::open && report.phase != Phase::opening) {
      forget_connection();
    }
  }
  void learn(const SubscribedReport& report) {
    const std::string& name = names_[report.stream.value];
    feeds_[granted_[name]] = {name, report.at.offset, false};
  }
  void learn(const FrameHeard& fact) {
    if (!(fact.socket == socket_) || fact.frame.size() < 2) {
      return;
    }
    if (is(fact.frame, ToClient::welcome)) {
      for (const Json& answer : fact.frame[1]["s"]) {
        note_index(answer[0], answer[1]);
      }
    } else if (is(fact.frame, ToClient::subscribed) && fact.frame.size() > 4) {
      note_index(fact.frame[1], fact.frame[2]);
    }
  }
  void learn(const BatchHeard& fact) {
    const auto runs = read_batch(fact.frame);
    if (!(fact.socket == socket_) || !runs) {
      return;
    }
    for (const BatchRun& run : *runs) {
      const auto found = feeds_.find(run.index);
      if (found != feeds_.end()) {
        follow(found->second, run);
      }
    }
  }
  void learn(const FrameSaid& fact) {
    if (is(fact.frame, ToServer::hello)) {
      forget_connection();
      socket_ = fact.socket;
    } else if (is(fact.frame, ToServer::recover)) {
      const auto index = fact.frame[1].get<std::uint64_t>();
      const auto offset = fact.frame[3].get<std::uint64_t>();
      const bool is_new = asked_.insert({index, offset}).second;
      judge_.require(is_new, "the same gap is asked about again",
                     static_cast<std::int64_t>(offset));
      unasked_.erase({index, offset});
    }
  }
  void learn(const FrameUnsaid& fact) {
    if (fact.socket == socket_) {
      forget_connection();
    }
  }
  void settle() {
    judge_.require(unasked_.empty(), "a gap is not asked about",
                   unasked_.empty() ? 0 : static_cast<std::int64_t>(unasked_.begin()->second));
  }

 private:
  struct Feed {
    std::string name;
    std::uint64_t at = 0;
    bool has_gap = false;
  };

  void note_index(const Json& name, const Json& index) {
    if (name.is_string() && index.is_number_unsigned()) {
      granted_[name.get<std::string>()] = index.get<std::uint64_t>();
    }
  }
  void follow(Feed& feed, const BatchRun& run) {
    if (run.first == feed.at + 1) {
      feed.at = run.last;
      feed.has_gap = false;
    } else if (run.last > feed.at && !feed.has_gap) {
      feed.has_gap = true;
      unasked_.insert({run.index, feed.at});
    }
  }
  void forget(const std::string& name) {
    std::erase_if(feeds_, [&](const auto& each) { return each.second.name == name; });
  }
  void forget_connection() {
    feeds_.clear();
    granted_.clear();
    asked_.clear();
    unasked_.clear();
    socket_ = SocketId{};
  }

  using Gap = std::pair<std::uint64_t, std::uint64_t>;  // index, and offset before it

  std::map<std::uint32_t, std::string> names_;    // by subscription
  std::map<std::string, std::uint64_t> granted_;  // the newest index, by stream
  std::map<std::uint64_t, Feed> feeds_;           // by index
  std::set<Gap> asked_;                           // on this socket
  std::set<Gap> unasked_;
  SocketId socket_;
};

}  // namespace openline::conversation
