#include <openline/outbox/outbox.hpp>

#include <openline/base/assert.hpp>

namespace openline {

std::optional<OutboxFull> Outbox::fullness(std::uint64_t bytes) const {
  // Written as a subtraction: bytes_ never exceeds bytes_max, and a sum could overflow.
  if (bytes > limits_.bytes_max - bytes_) {
    return OutboxFull::bytes;
  }
  if (messages_.is_full()) {
    return OutboxFull::messages;
  }
  return std::nullopt;
}

Result<Success, OutboxFull> Outbox::push(const OutboxMessage& message) {
  if (const auto full = fullness(message.bytes)) {
    return *full;
  }
  const bool is_taken = messages_.push(message);
  OL_ASSERT(is_taken);
  bytes_ += message.bytes;
  return Success{};
}

OutboxMessage Outbox::pop() {
  const OutboxMessage message = messages_.pop();
  OL_ASSERT(message.bytes <= bytes_);
  bytes_ -= message.bytes;
  return message;
}

}  // namespace openline
