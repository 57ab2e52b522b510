#pragma once

// Each message that was taken finds one end, and a true one: acknowledged means that its effect is
// there, rejected that the server has rejected it, unknown that the line was closed or has failed.

#include <simulation/openline1/invariants/invariant.hpp>

#include <map>

namespace openline::conversation {

class SettledOnce : public Invariant {
 public:
  explicit SettledOnce(const PageScene& scene) : Invariant{scene, "settled_once"} {}
  using Invariant::learn;

  void learn(const MessageGiven& fact) { given_[fact.value.value] = {fact.message, fact.bytes}; }
  void learn(const SendAnswered& fact) {
    if (!fact.is_taken) {
      given_.erase(fact.value.value);
    }
  }
  void learn(const StatusReport& report) {
    if (report.failure == Failure::protocol) {
      scene_.world.met(Met::failed_protocol);
    }
    is_over_ = report.phase == Phase::closed || report.phase == Phase::failed;
  }
  void learn(const FrameHeard& fact) {
    if (is(fact.frame, ToClient::welcome) && fact.frame.size() > 1) {
      frame_bytes_max_ = fact.frame[1]["max"].get<std::uint64_t>();
    }
  }
  void learn(const ReplyReport& report) {
    const auto found = given_.find(report.value.value);
    judge_.require(found != given_.end(), "a reply to what is settled", report.value.value);
    if (found == given_.end()) {
      return;
    }
    const Json value = Json::parse(report.json, nullptr, false);
    const bool is_right = value.is_object() && value.value("re", 0U) == found->second.message &&
                          fate(found->second).effects == 1;
    // It comes again where it may have been lost.
    judge_.require(is_right, "a reply that is not its own", report.value.value);
    found->second.is_replied = true;
    scene_.world.met(Met::replied);
  }
  void learn(const SettledReport& report) {
    const auto found = given_.find(report.value.value);
    judge_.require(found != given_.end(), "settled twice", report.value.value);
    if (found != given_.end()) {
      judge(report, found->second);
      given_.erase(found);
    }
  }
  void learn(const DropReport& report) {
    const auto found = given_.find(report.value.value);
    if (found == given_.end()) {
      return;  // a frame that came too late
    }
    judge_.require(report.cause != DropCause::stale, "a message is called stale",
                   report.value.value);
    judge_.require(report.cause != DropCause::closed || is_over_, "dropped though not closed",
                   report.value.value);
    if (report.cause == DropCause::expired) {
      scene_.world.met(Met::expired);
    } else if (report.cause == DropCause::overflow) {
      scene_.world.met(Met::overflowed);
    }
    given_.erase(found);
  }
  /// How many have not found their end.
  [[nodiscard]] std::size_t unsettled() const { return given_.size(); }

 private:
  struct Given {
    std::uint32_t message = 0;
    std::uint64_t bytes = 0;
    bool is_replied = false;
  };

  [[nodiscard]] const MessageFate& fate(const Given& given) const {
    return scene_.ledger.of(given.message);
  }
  void judge(const SettledReport& report, const Given& given) {
    const MessageFate& end = fate(given);
    const std::int64_t number = given.message;
    switch (report.how) {
      case Settlement::acked:
        judge_.require(end.effects == 1, "acknowledged, but not applied", number);
        judge_.require(end.task != Task::reply || given.is_replied,
                       "acknowledged, and its reply is left out", number);
        scene_.world.met(Met::acked);
        return;
      case Settlement::rejected:
        judge_.require(end.rejections == 1 && report.code == 4'000 + given.message % 500,
                       "rejected by nobody", number);
        scene_.world.met(Met::rejected);
        return;
      case Settlement::too_large:
        judge_.require(given.bytes + 32 > frame_bytes_max_, "not too large", number);
        judge_.require(end.effects + end.rejections == 0, "too large, and applied", number);
        scene_.world.met(Met::too_large);
        return;
      case Settlement::unknown:
        judge_.require(is_over_, "given up while the line lives", number);
        scene_.world.met(Met::given_up);
        return;
    }
  }

  std::map<std::uint32_t, Given> given_;  // by handle
  std::uint64_t frame_bytes_max_ = 0;
  bool is_over_ = false;
};

}  // namespace openline::conversation
