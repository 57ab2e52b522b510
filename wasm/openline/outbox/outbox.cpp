#include <openline/outbox/outbox.hpp>

#include <openline/base/assert.hpp>

namespace openline {

Result<Success, OutboxFull> Outbox::push(const OutboxMessage& message) {
  // Written as a subtraction: bytes_ never exceeds bytes_max_, and a sum could overflow.
  if (message.bytes > bytes_max_ - bytes_) {
    return OutboxFull::bytes;
  }
  if (!messages_.push(message)) {
    return OutboxFull::messages;
  }
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
