#include <openline/client/delivery.hpp>

#include <openline/json/writer.hpp>
#include <openline/protocol/client_frame.hpp>

#include <utility>

namespace openline {
namespace {

/// `[2,9007199254740991,` and `]`, rounded up.
constexpr std::uint64_t envelope_bytes_max = 32;

std::string head_of(std::uint64_t seq) {
  std::string head = "[2,";
  append_json_integer(head, seq);
  head += ',';
  return head;
}

}  // namespace

bool Delivery::resume(SocketId socket, const DeliveryTerms& terms) {
  if (!settle(terms.ack)) {
    return false;
  }
  frame_bytes_max_ = terms.frame_bytes_max;
  unacked_.set_window(terms.window);
  is_held_ = false;
  for (const SentMessage& message : unacked_.messages()) {
    if (send(socket, message.seq, message.value) != SendOutcome::sent) {
      is_held_ = true;  // nothing may overtake it: the next connection begins with it
      break;
    }
  }
  return true;
}

SendOutcome Delivery::give(SocketId socket, const OutboxMessage& message) {
  if (is_held_ || !unacked_.has_room(message.bytes)) {
    return SendOutcome::not_open;
  }
  if (message.bytes + envelope_bytes_max > frame_bytes_max_) {
    reports_.emplace_back(SettledReport{message.value, Settlement::too_large, 0, {}});
    return SendOutcome::sent;
  }
  const SendOutcome outcome = send(socket, unacked_.next_seq(), message.value);
  if (outcome == SendOutcome::sent) {
    unacked_.push(message.value, message.bytes);
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

bool Delivery::reject(std::uint64_t seq, std::uint32_t code, std::string text) {
  if (seq == 0 || seq >= unacked_.next_seq()) {
    return false;
  }
  const bool is_settled = settle(seq - 1);
  if (seq == unacked_.first_seq()) {
    settle_oldest(Settlement::rejected, code, std::move(text));
  }
  return is_settled;
}

void Delivery::reply(std::uint64_t seq, std::string json) {
  if (seq >= unacked_.first_seq() && seq < unacked_.next_seq()) {
    const SentMessage& message = unacked_.messages()[seq - unacked_.first_seq()];
    reports_.emplace_back(ReplyReport{message.value, std::move(json)});
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
  const std::string head = head_of(seq);
  return sockets_.send_text(socket, {head, value, message_tail});
}

void Delivery::settle_oldest(Settlement how, std::uint32_t code, std::string text) {
  reports_.emplace_back(SettledReport{unacked_.pop().value, how, code, std::move(text)});
}

}  // namespace openline
