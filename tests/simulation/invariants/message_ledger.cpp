#include <simulation/invariants/message_ledger.hpp>

#include <algorithm>

namespace openline {

void MessageLedger::learn(const SendAnswered& fact) {
  const bool is_direct = direct_ == fact.value;
  direct_ = Handle{};
  judge_.require(is_direct == (fact.result == SendResult::sent), "sent, or not, but not told",
                 fact.value.value);
  if (fact.result == SendResult::queued) {
    const Duration ttl = story_.scene.options.sender.outbox.ttl;
    waiting_.push_back({fact.value, fact.bytes, (now() - fact.age) + ttl});
    bytes_ += fact.bytes;
  }
}

void MessageLedger::learn(const PortSent& fact) {
  if (fact.outcome == SendOutcome::not_open) {
    return;
  }
  const auto found = std::find_if(waiting_.begin(), waiting_.end(),
                                  [&](const Waiting& one) { return one.value == fact.value; });
  const bool has_waited = found != waiting_.end();
  if (has_waited) {
    judge_.require(found->expires_at > now(), "sent after it expired", fact.value.value);
    bytes_ -= found->bytes;
    waiting_.erase(found);
  }
  if (fact.outcome == SendOutcome::failed) {
    if (has_waited) {
      unsendable_.push_back(fact.value);
    }
    return;
  }
  judge_.require(fact.value.value > newest_sent_.value, "sent twice or out of order",
                 fact.value.value);
  newest_sent_ = fact.value;
  if (has_waited) {
    flushed_.push_back(fact.value);
  } else {
    judge_.require(direct_ == Handle{}, "sent, but not told", direct_.value);
    direct_ = fact.value;
  }
}

void MessageLedger::learn(const FlushReport& report) {
  const bool is_next = !flushed_.empty() && flushed_.front() == report.value;
  judge_.require(is_next, "said to be flushed", report.value.value);
  if (is_next) {
    flushed_.pop_front();
  }
}

void MessageLedger::learn(const DropReport& report) {
  if (report.cause == DropCause::stale) {
    return;
  }
  if (report.cause == DropCause::unsendable) {
    const bool is_next = !unsendable_.empty() && unsendable_.front() == report.value;
    judge_.require(is_next, "said to be unsendable", report.value.value);
    if (is_next) {
      unsendable_.pop_front();
    }
    return;
  }
  const bool is_oldest = !waiting_.empty() && waiting_.front().value == report.value;
  judge_.require(is_oldest, "dropped, but not the oldest that waits", report.value.value);
  if (!is_oldest) {
    return;
  }
  const Waiting dropped = waiting_.front();
  if (report.cause == DropCause::expired) {
    judge_.require(dropped.expires_at <= now(), "expired too early", report.value.value);
  } else if (report.cause == DropCause::closed) {
    judge_.require(story_.status.phase == Phase::closed || story_.ended_at == now(),
                   "dropped on close without one", report.value.value);
  } else {
    check_overflow(dropped);
  }
  bytes_ -= dropped.bytes;
  waiting_.pop_front();
}

void MessageLedger::check_overflow(const Waiting& dropped) {
  const OutboxLimits& limits = story_.scene.options.sender.outbox;
  const bool is_over = waiting_.size() > limits.messages_max || bytes_ > limits.bytes_max;
  judge_.require(limits.overflow == Overflow::drop_oldest && is_over, "dropped without need",
                 dropped.value.value);
}

void MessageLedger::settle() {
  const Outbox& outbox = story_.scene.client.outbox();
  judge_.require(outbox.size() == waiting_.size(), "a message was lost or doubled",
                 static_cast<std::int64_t>(outbox.size()));
  judge_.require(outbox.bytes() == bytes_, "bytes are miscounted",
                 static_cast<std::int64_t>(outbox.bytes()));
  judge_.require(
      waiting_.empty() || outbox.is_empty() || outbox.front().value == waiting_.front().value,
      "another message is the oldest");
  judge_.require(flushed_.empty() && unsendable_.empty() && direct_ == Handle{},
                 "the fate of a message is not told");
}

}  // namespace openline
