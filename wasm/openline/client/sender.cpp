#include <openline/client/sender.hpp>

namespace openline {
namespace {

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

SendResult Sender::send(const ConnectionState& state, Handle value, const MessageSize& size) {
  // The limit is on what is free to ask; a text must not be fine when open and too large when it
  // has to wait, because then its bytes are known.
  if (!size.is_exact && size.units > message_bytes_max_) {
    return SendResult::refused_too_large;
  }
  switch (state.phase) {
    case Phase::closing:
      return state.reopen ? enqueue(value, size) : SendResult::refused_closed;
    case Phase::closed:
      return SendResult::refused_closed;
    case Phase::failed:
      return SendResult::refused_failed;
    case Phase::open:
      // Behind what still waits, or the order would be lost.
      return outbox_.is_empty() ? hand_over(state.socket, value, size) : enqueue(value, size);
    case Phase::idle:
    case Phase::asking:
    case Phase::opening:
    case Phase::waiting:
      return enqueue(value, size);
  }
  return SendResult::refused_closed;
}

void Sender::flush(SocketId socket, std::vector<Report>& reports) {
  while (!outbox_.is_empty()) {
    const Handle value = outbox_.front().value;
    switch (sockets_.send(socket, value)) {
      case SendOutcome::sent:
        reports.emplace_back(FlushReport{value});
        break;
      case SendOutcome::failed:
        reports.emplace_back(DropReport{value, DropCause::unsendable});
        break;
      case SendOutcome::not_open:
        return;  // the rest stays, in order, for the next socket
    }
    outbox_.pop();
  }
}

void Sender::drop_all(std::vector<Report>& reports) {
  while (!outbox_.is_empty()) {
    reports.emplace_back(DropReport{outbox_.pop().value, DropCause::closed});
  }
}

SendResult Sender::hand_over(SocketId socket, Handle value, const MessageSize& size) {
  switch (sockets_.send(socket, value)) {
    case SendOutcome::sent:
      return SendResult::sent;
    case SendOutcome::failed:
      return SendResult::refused_unsendable;
    case SendOutcome::not_open:
      return enqueue(value, size);
  }
  return SendResult::refused_unsendable;
}

SendResult Sender::enqueue(Handle value, const MessageSize& size) {
  if (!size.is_exact) {
    return SendResult::measure;
  }
  const auto outcome = outbox_.push({value, size.units});
  return outcome ? SendResult::queued : refusal_of(outcome.error());
}

}  // namespace openline
