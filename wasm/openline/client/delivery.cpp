#include <openline/client/delivery.hpp>

#include <openline/protocol/client_frame.hpp>

#include <algorithm>

namespace openline {
bool Delivery::resume(SocketId socket, const DeliveryTerms& terms) {
  if (!settle(terms.ack)) {
    return false;
  }
  frame_bytes_max_ = terms.frame_bytes_max;
  unacked_.set_window(terms.window);
  is_held_ = false;
  sent_here_ = 0;
  send_again(socket);
  return true;
}

void Delivery::send_again(SocketId socket) {
  while (!is_held_ && sent_here_ < unacked_.messages().size() && unacked_.allows(sent_here_ + 1)) {
    const SentMessage& message = unacked_.messages()[sent_here_];
    if (send(socket, message.seq, message.value) != SendOutcome::sent) {
      is_held_ = true;  // nothing may overtake it: the next connection begins with it
      return;
    }
    sent_here_ += 1;
  }
}

SendOutcome Delivery::give(SocketId socket, const OutboxMessage& message) {
  if (is_held_ || !unacked_.has_room(message.bytes)) {
    return SendOutcome::not_open;
  }
  const std::uint64_t seq = unacked_.next_seq();
  if (message_head(seq).size() + message.bytes + message_tail.size() > frame_bytes_max_) {
    reports_.add(SettledReport{message.value, Settlement::too_large, 0, {}});
    return SendOutcome::sent;
  }
  const SendOutcome outcome = send(socket, seq, message.value);
  if (outcome == SendOutcome::sent) {
    unacked_.push(message.value, message.bytes);
    sent_here_ += 1;
  }
  return outcome;
}

bool Delivery::settle(std::uint64_t seq) {
  if (seq >= unacked_.next_seq()) {
    return false;
  }
  while (unacked_.first_seq() <= seq) {
    settle_oldest(Settlement::acked, 0, {});
  }
  return true;
}

bool Delivery::reject(std::uint64_t seq, std::uint32_t code, std::string_view text) {
  if (seq == 0 || seq >= unacked_.next_seq()) {
    return false;
  }
  const bool is_settled = settle(seq - 1);
  if (seq == unacked_.first_seq()) {
    settle_oldest(Settlement::rejected, code, text);
  }
  return is_settled;
}

void Delivery::reply(std::uint64_t seq, std::string_view json) {
  if (seq >= unacked_.first_seq() && seq < unacked_.next_seq()) {
    const SentMessage& message = unacked_.messages()[seq - unacked_.first_seq()];
    reports_.add(ReplyReport{message.value, reports_.keep(json)});
  }
}

bool Delivery::give_up() {
  const bool has_any = !unacked_.is_empty();
  while (!unacked_.is_empty()) {
    settle_oldest(Settlement::unknown, 0, {});
  }
  if (has_any) {
    unacked_.restart();
  }
  return has_any;
}

SendOutcome Delivery::send(SocketId socket, std::uint64_t seq, Handle value) {
  const std::string head = message_head(seq);
  return sockets_.send_text(socket, {head, value, message_tail});
}

void Delivery::settle_oldest(Settlement how, std::uint32_t code, std::string_view text) {
  sent_here_ -= std::min<std::size_t>(sent_here_, 1);
  reports_.add(SettledReport{unacked_.pop().value, how, code, reports_.keep(text)});
}

}  // namespace openline
