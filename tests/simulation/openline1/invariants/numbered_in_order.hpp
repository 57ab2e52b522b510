#pragma once

// Messages leave in the order in which they were sent, each under one number, from 1 without holes;
// a new connection begins with the first that is not settled. No more are under way than the server
// and the client's own limit allow.

#include <simulation/openline1/invariants/invariant.hpp>

#include <algorithm>
#include <map>

namespace openline::conversation {

class NumberedInOrder : public Invariant {
 public:
  static constexpr std::uint64_t bytes_max = 262'144;

  explicit NumberedInOrder(const PageScene& scene) : Invariant{scene, "numbered_in_order"} {}
  using Invariant::learn;

  void learn(const MessageGiven& fact) { bytes_of_[fact.value.value] = fact.bytes; }
  void learn(const FrameHeard& fact) {
    if (!(fact.socket == socket_)) {
      return;
    }
    const Json& frame = fact.frame;
    if (is(frame, ToClient::welcome) && frame.size() > 1 && frame[1].is_object()) {
      window_ = frame[1]["win"].get<std::uint64_t>();
      note_ack(frame[1]["ack"].get<std::uint64_t>());
      next_ = acked_ + 1;
    } else if ((is(frame, ToClient::ack) || is(frame, ToClient::nack) ||
                is(frame, ToClient::heartbeat)) &&
               frame.size() > 1) {
      note_ack(frame[1].get<std::uint64_t>());
    }
  }
  void learn(const StatusReport& report) {
    const bool is_over = report.phase != Phase::open && report.phase != Phase::opening;
    socket_ = is_over ? SocketId{} : socket_;  // what still comes on it is nobody's
  }
  void learn(const FrameSaid& fact) {
    if (is(fact.frame, ToServer::hello)) {
      greet(fact);
    } else if (is(fact.frame, ToServer::message)) {
      send(fact);
    }
  }

 private:
  void greet(const FrameSaid& fact) {
    socket_ = fact.socket;
    const auto id = fact.frame[1]["c"].get<std::string>();
    if (id != client_id_) {
      client_id_ = id;
      sent_.clear();
      acked_ = 0;
    }
    judge_.require(fact.frame[1]["n"] == acked_ + 1, "HELLO names another message",
                   static_cast<std::int64_t>(acked_ + 1));
  }
  void send(const FrameSaid& fact) {
    const auto seq = fact.frame[1].get<std::uint64_t>();
    judge_.require(seq == next_, "a message out of order", static_cast<std::int64_t>(seq));
    next_ = seq + 1;
    const auto [known, is_new] = sent_.insert({seq, fact.value});
    if (is_new) {
      judge_.require(fact.value.value > newest_.value, "messages change places", fact.value.value);
      newest_ = fact.value;
    } else {
      judge_.require(known->second == fact.value, "a number for two messages", fact.value.value);
      scene_.world.met(Met::sent_again);
    }
    judge_bounds(seq);
  }
  void judge_bounds(std::uint64_t newest) {
    std::uint64_t bytes = 0;
    for (auto sent = sent_.upper_bound(acked_); sent != sent_.end() && sent->first <= newest;
         ++sent) {
      bytes += bytes_of_[sent->second.value];
    }
    const std::uint64_t count = newest - acked_;
    judge_.require(count <= window_, "more under way than the window allows",
                   static_cast<std::int64_t>(count));
    judge_.require(bytes <= bytes_max || count == 1, "more bytes under way than may be",
                   static_cast<std::int64_t>(bytes));
    if (count == window_) {
      scene_.world.met(Met::window_full);
    }
    if (bytes > bytes_max - 50'000) {
      scene_.world.met(Met::bytes_full);
    }
  }
  void note_ack(std::uint64_t ack) {
    acked_ = std::max(acked_, ack);
    next_ = std::max(next_, acked_ + 1);  // what was handled before need not leave again
  }

  SocketId socket_;
  std::string client_id_;
  std::uint64_t acked_ = 0;
  std::uint64_t next_ = 1;  // on this socket
  std::uint64_t window_ = 0;
  Handle newest_;
  std::map<std::uint64_t, Handle> sent_;  // by number, under this client id
  std::map<std::uint32_t, std::uint64_t> bytes_of_;
};

}  // namespace openline::conversation
