#pragma once

// What promises news is acted on: a failure after it is answered with an attempt almost at once,
// and an attempt that began without a network is made anew when the network is back; unless a
// signal has brought another attempt shortly before.

#include <simulation/invariants/story.hpp>

#include <cstdint>

namespace openline {

class HintsTaken : public Invariant {
 public:
  explicit HintsTaken(const Story& story) : Invariant{story, "hints_taken"} {}
  using Invariant::learn;

  void learn(const PageSignalled& fact);
  void learn(const UrlReport& report);
  void learn(const StatusReport& report);
  void learn(const CloseReport& report);
  void settle();

 private:
  void judge_retry(CloseMeaning meaning);
  void judge_restart();
  [[nodiscard]] bool is_free() const { return rationed_until_ <= now(); }

  std::uint32_t newest_ = 0;  // the attempt of the last report
  Instant news_until_;        // certainly: no failure was answered since the news
  Instant rationed_until_;    // at most: hints may not bring an attempt before
  SocketId hung_;             // the attempt that must be made anew
  SocketId began_offline_;    // the attempt that did
  bool is_offline_ = false;
  bool is_new_ = false;  // a retry is announced that must come at once; not judged yet
};

}  // namespace openline
