#include <simulation/invariants/hints_taken.hpp>

#include <algorithm>

namespace openline {

void HintsTaken::learn(const PageSignalled& fact) {
  // All before it is worked through, so what the client says of itself is what it has told.
  const Phase phase = story_.state().phase;
  const bool is_connecting = phase == Phase::asking || phase == Phase::opening;
  if (fact.signal == PageSignal::offline) {
    is_offline_ = true;
  } else if (fact.signal == PageSignal::online) {
    is_offline_ = false;
    const bool is_hung = is_connecting && began_offline_ == story_.attempt;
    hung_ = is_hung && is_free() ? story_.attempt : SocketId{};
  }
  const bool is_good = fact.signal != PageSignal::offline && fact.signal != PageSignal::hidden &&
                       fact.signal != PageSignal::stored;
  if (is_good && phase == Phase::waiting) {
    // It takes the hint, even if the budget holds the attempt back.
    const Instant at = std::max(rationed_until_, now()) + hint_jitter;
    const Instant latest = std::min(at, story_.state().deadline) + hint_gap;
    rationed_until_ = std::max(rationed_until_, latest);
  }
  const bool is_at_work = is_connecting || phase == Phase::refreshing || phase == Phase::open;
  if (is_good && is_at_work) {
    news_until_ = now() + hint_validity;
  }
}

void HintsTaken::learn(const UrlReport& report) {
  began_offline_ = is_offline_ ? report.socket : SocketId{};
  if (story_.signal_at == now()) {
    rationed_until_ = std::max(rationed_until_, now() + hint_gap);
  }
}

void HintsTaken::learn(const StatusReport& report) {
  const bool is_retry = report.attempt == newest_ + 1 || report.attempt == 1;
  newest_ = report.attempt;
  if (report.phase == Phase::resting) {
    rationed_until_ = std::max(rationed_until_, now()) + hint_gap + hint_jitter;
    news_until_ = Instant{};
  }
  if (report.phase != Phase::waiting) {
    return;
  }
  is_new_ = is_retry && now() < news_until_ && is_free() && story_.signal_at != now();
  news_until_ = Instant{};
  if (story_.is_hinted()) {
    rationed_until_ = std::max(rationed_until_, report.retry_at + hint_gap);
  }
}

void HintsTaken::learn(const CloseReport& report) {
  const bool has_wish = report.reason.find("retryAfterMs") != std::string::npos;
  is_new_ = is_new_ && !has_wish;
  judge_retry(close_meaning(report.code));
}

void HintsTaken::settle() {
  judge_retry(CloseMeaning::retry);
  judge_restart();
}

void HintsTaken::judge_retry(CloseMeaning meaning) {
  // A handler may have ended the line before this was passed on.
  const bool is_judged = is_new_ && meaning == CloseMeaning::retry &&
                         story_.status.phase == Phase::waiting && story_.ended_at != now();
  is_new_ = false;
  if (!is_judged || story_.is_budget_pressed()) {
    return;
  }
  const Duration delay = story_.status.retry_at - now();
  judge_.require(delay <= hint_jitter, "a failure after news is not answered at once",
                 delay.count());
  story_.scene.world.coverage().spreads.note(Spread::hint, delay, hint_jitter);
}

void HintsTaken::judge_restart() {
  if (hung_ == SocketId{}) {
    return;
  }
  const ConnectionState& state = story_.state();
  const bool is_connecting = state.phase == Phase::asking || state.phase == Phase::opening;
  judge_.require(!is_connecting || !(state.socket == hung_),
                 "an attempt without a network is not made anew", hung_.value);
  story_.scene.world.coverage().restarts += 1;
  hung_ = SocketId{};
}

}  // namespace openline
