#pragma once

// Every ack counts, whatever frame brings it: what it covers is settled at once, and not sent
// again. What the client echoes is the newest one that it has heard on the connection.

#include <simulation/openline1/invariants/invariant.hpp>

#include <algorithm>
#include <map>

namespace openline::conversation {

class AcksBelieved : public Invariant {
 public:
  explicit AcksBelieved(const PageScene& scene) : Invariant{scene, "acks_believed"} {}
  using Invariant::learn;

  void learn(const FrameSaid& fact) {
    if (is(fact.frame, ToServer::hello)) {
      const auto id = fact.frame[1]["c"].get<std::string>();
      if (id != client_id_) {
        unsettled_.clear();
      }
      client_id_ = id;
      socket_ = fact.socket;
      heard_ = 0;
    } else if (is(fact.frame, ToServer::message)) {
      const auto seq = fact.frame[1].get<std::uint64_t>();
      judge_.require(seq > heard_, "sent though it is acknowledged",
                     static_cast<std::int64_t>(seq));
      unsettled_[fact.value.value] = seq;
    } else if (is(fact.frame, ToServer::heartbeat)) {
      // An answer to a HEARTBEAT echoes the ack that it brought.
      judge_.require(fact.frame[1] == heard_, "an ack goes back",
                     static_cast<std::int64_t>(heard_));
    }
  }
  void learn(const FrameHeard& fact) {
    if (!(fact.socket == socket_)) {
      return;
    }
    const Json& frame = fact.frame;
    if (is(frame, ToClient::welcome)) {
      note(frame[1]["ack"].get<std::uint64_t>(), Met::acked_by_welcome);
    } else if (is(frame, ToClient::heartbeat)) {
      note(frame[1].get<std::uint64_t>(), Met::acked_by_heartbeat);
    } else if ((is(frame, ToClient::ack) || is(frame, ToClient::nack)) && frame.size() > 1) {
      heard_ = std::max(heard_, frame[1].get<std::uint64_t>());
    }
  }
  void learn(const SettledReport& report) { unsettled_.erase(report.value.value); }
  void learn(const StatusReport& report) {
    is_over_ = report.phase != Phase::open && report.phase != Phase::opening;
    socket_ = is_over_ ? SocketId{} : socket_;  // what still comes on it is nobody's
  }
  void settle() {
    for (const auto& [handle, seq] : unsettled_) {
      judge_.require(is_over_ || seq > heard_, "an ack is not believed",
                     static_cast<std::int64_t>(seq));
    }
  }

 private:
  void note(std::uint64_t ack, Met what) {
    heard_ = std::max(heard_, ack);
    const bool matters = std::any_of(unsettled_.begin(), unsettled_.end(),
                                     [&](const auto& each) { return each.second <= ack; });
    if (matters) {
      scene_.world.met(what);
    }
  }

  std::string client_id_;
  SocketId socket_;
  std::uint64_t heard_ = 0;  // on this socket
  bool is_over_ = true;
  std::map<std::uint32_t, std::uint64_t> unsettled_;  // numbers that have left, by handle
};

}  // namespace openline::conversation
