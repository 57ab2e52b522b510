#include <openline/client/sender.hpp>

#include <algorithm>
#include <limits>
#include <utility>

namespace openline {
namespace {

constexpr std::uint64_t unbounded = std::numeric_limits<std::uint64_t>::max();

SendResult refusal_of(OutboxFull full) {
  switch (full) {
    case OutboxFull::messages:
      return SendResult::refused_queue_messages;
    case OutboxFull::bytes:
      return SendResult::refused_queue_bytes;
  }
  return SendResult::refused_queue_messages;
}

}  // namespace

SendResult Sender::send(const ConnectionState& state, const OutgoingMessage& message, Instant now) {
  // The limit is on what is free to ask; a text must not be fine when open and too large when it
  // has to wait, because then its bytes are known.
  if (!message.size.is_exact && message.size.units > message_bytes_max_) {
    return SendResult::refused_too_large;
  }
  switch (state.phase) {
    case Phase::closing:
      return state.reopen ? enqueue(message, {now, now}) : SendResult::refused_closed;
    case Phase::closed:
      return SendResult::refused_closed;
    case Phase::failed:
      return SendResult::refused_failed;
    case Phase::open:
      // There may be room by now, and the alarm be held back.
      if (next_flush(state.socket) <= now) {
        flush(state.socket, now);
      }
      // Behind what still waits, or the order would be lost.
      return outbox_.is_empty() && !is_flushing_ ? hand_over(state.socket, message, now)
                                                 : enqueue(message, {now, now});
    case Phase::idle:
    case Phase::refreshing:
    case Phase::asking:
    case Phase::opening:
    case Phase::waiting:
    case Phase::resting:
      return enqueue(message, {now, now});
  }
  return SendResult::refused_closed;
}

SendResult Sender::adopt(const ConnectionState& state, const OutgoingMessage& message, Age age) {
  const bool is_ended =
      state.phase == Phase::closed || (state.phase == Phase::closing && !state.reopen);
  if (is_ended) {
    return SendResult::refused_closed;
  }
  const SendResult result = enqueue(message, age);
  if (state.phase == Phase::open) {
    flush(state.socket, age.now);  // nothing else would, until the next socket opens
  }
  return result;
}

void Sender::flush(SocketId socket, Instant now) {
  drop_expired(now);
  // What waits for an acknowledgement bounds what is under way on a line that speaks openline.1.
  if (delivery_ || outbox_.is_empty()) {
    hand_over_waiting(socket, unbounded);
    return;
  }
  if (!pace_.may_look(socket, now)) {
    return;
  }
  const auto unsent = static_cast<std::uint64_t>(sockets_.buffered_amount(socket));
  if (hand_over_waiting(socket, pace_.room(socket, unsent))) {
    pace_.pause(socket, now);
  } else {
    pace_.go_on();
  }
}

void Sender::flush_held(const ConnectionState& state, Instant now) {
  if (state.phase == Phase::open && next_flush(state.socket) != Instant::never()) {
    drop_expired(now);
    hand_over_waiting(state.socket, unbounded);
  }
}

bool Sender::hand_over_waiting(SocketId socket, std::uint64_t room) {
  // A platform that breaks the rules may call back from within: until its fate is known, the oldest
  // message stays where it is.
  if (std::exchange(is_flushing_, true)) {
    return false;
  }
  if (delivery_) {
    delivery_->send_again(socket);
  }
  bool is_open = true;
  while (is_open && room > 0 && !outbox_.is_empty()) {
    room -= std::min(room, outbox_.front().bytes);
    is_open = send_oldest(socket);
  }
  is_flushing_ = false;
  return is_open && !outbox_.is_empty();
}

bool Sender::send_oldest(SocketId socket) {
  const Handle value = outbox_.front().value;
  switch (delivery_ ? delivery_->give(socket, outbox_.front()) : sockets_.send(socket, value)) {
    case SendOutcome::sent:
      if (!delivery_) {
        reports_.add(FlushReport{value});
      }
      break;
    case SendOutcome::failed:
      reports_.add(DropReport{value, DropCause::unsendable});
      break;
    case SendOutcome::not_open:
      return false;  // the rest stays, in order, for the next socket
  }
  outbox_.pop();
  return true;
}

void Sender::drop_expired(Instant now) {
  // The oldest expires first: all wait equally long.
  while (!is_flushing_ && next_expiry() <= now) {
    drop_oldest(DropCause::expired);
  }
}

void Sender::drop_all() {
  while (!outbox_.is_empty()) {
    drop_oldest(DropCause::closed);
  }
}

SendResult Sender::hand_over(SocketId socket, const OutgoingMessage& message, Instant now) {
  if (!delivery_) {
    return follow(sockets_.send(socket, message.value), message, now);
  }
  if (!message.size.is_exact) {
    return SendResult::measure;  // its bytes count at once
  }
  // A platform that breaks the rules may call back from within: what it sends then waits until the
  // number of this one is known.
  is_flushing_ = true;
  const SendOutcome outcome = delivery_->give(socket, {message.value, message.size.units});
  is_flushing_ = false;
  if (outcome == SendOutcome::sent) {
    flush(socket, now);
  }
  return follow(outcome, message, now);
}

/// What it means that a new message was offered to the socket.
SendResult Sender::follow(SendOutcome outcome, const OutgoingMessage& message, Instant now) {
  switch (outcome) {
    case SendOutcome::sent:
      return SendResult::sent;
    case SendOutcome::failed:
      return SendResult::refused_unsendable;
    case SendOutcome::not_open:
      return enqueue(message, {now, now});
  }
  return SendResult::refused_unsendable;
}

SendResult Sender::enqueue(const OutgoingMessage& message, Age age) {
  if (!message.size.is_exact) {
    return SendResult::measure;
  }
  drop_expired(age.now);
  make_room(message.size.units);
  const Duration ttl = outbox_.limits().ttl;
  const Instant expires_at = ttl == Duration::forever() ? Instant::never() : age.since + ttl;
  const auto outcome = outbox_.push({message.value, message.size.units, expires_at});
  return outcome ? SendResult::queued : refusal_of(outcome.error());
}

void Sender::make_room(std::uint64_t bytes) {
  // One that would never fit drives nothing out.
  if (outbox_.limits().overflow != Overflow::drop_oldest || !outbox_.can_ever_hold(bytes)) {
    return;
  }
  while (!is_flushing_ && outbox_.fullness(bytes)) {
    drop_oldest(DropCause::overflow);
  }
}

void Sender::drop_oldest(DropCause cause) { reports_.add(DropReport{outbox_.pop().value, cause}); }

}  // namespace openline
