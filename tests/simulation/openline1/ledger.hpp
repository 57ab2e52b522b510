#pragma once

// Ledger: what became of each message at the servers. It is what the application's database would
// hold; no fault touches it.

#include <cstddef>
#include <cstdint>
#include <functional>
#include <vector>

namespace openline::conversation {

/// What its handler does with a message.
enum class Task : std::uint8_t { effect, publish, reply, reject };

struct MessageFate {
  std::size_t line = 0;
  Task task = Task::effect;
  std::uint32_t effects = 0;     // applied together with the cursor
  std::uint32_t rejections = 0;  // decided together with the cursor
  bool is_refused = false;       // NACK has been heard
};

class Ledger {
 public:
  /// Its number.
  std::uint32_t add(std::size_t line, Task task) {
    messages_.push_back({line, task});
    return static_cast<std::uint32_t>(messages_.size() - 1);
  }
  [[nodiscard]] MessageFate& of(std::uint32_t message) { return messages_.at(message); }
  [[nodiscard]] const MessageFate& of(std::uint32_t message) const { return messages_.at(message); }
  /// Whoever judges that: the effect, or the rejection, is there.
  std::function<void(const std::string& client, std::uint32_t message)> on_handled;

 private:
  std::vector<MessageFate> messages_{1};  // from 1
};

}  // namespace openline::conversation
