#pragma once

// After GOAWAY no message leaves on that socket, and the line comes back when it was told to.

#include <simulation/openline1/invariants/invariant.hpp>

namespace openline::conversation {

class GoawayObeyed : public Invariant {
 public:
  explicit GoawayObeyed(const PageScene& scene) : Invariant{scene, "goaway_obeyed"} {}
  using Invariant::learn;

  void learn(const FrameSaid& fact) {
    if (is(fact.frame, ToServer::hello)) {
      socket_ = fact.socket;
      is_going_ = false;
      comes_back_at_ = Instant{};
    } else if (is(fact.frame, ToServer::message)) {
      judge_.require(!is_going_, "a message after GOAWAY", socket_.value);
    }
  }
  void learn(const FrameHeard& fact) {
    if (fact.socket == socket_ && is(fact.frame, ToClient::goaway)) {
      is_going_ = true;
      earliest_ = scene_.world.now() + Duration::milliseconds(fact.frame[3].get<std::int64_t>());
    }
  }
  void learn(const CloseReport& report) {
    constexpr CloseCode restarting = 1012;
    comes_back_at_ = is_going_ && report.code == restarting ? earliest_ : Instant{};
  }
  void learn(const LineEnded& /*fact*/) {
    is_going_ = false;  // the application decides now
    comes_back_at_ = Instant{};
  }
  void learn(const StatusReport& report) {
    // A line that has failed or was closed is opened anew by the application.
    if (report.phase == Phase::failed || report.phase == Phase::closed) {
      is_going_ = false;
      comes_back_at_ = Instant{};
    }
  }
  void learn(const UrlReport& report) {
    judge_.require(scene_.world.now() >= comes_back_at_, "back before GOAWAY said",
                   report.socket.value);
  }

 private:
  SocketId socket_;
  bool is_going_ = false;
  Instant earliest_;
  Instant comes_back_at_;
};

}  // namespace openline::conversation
