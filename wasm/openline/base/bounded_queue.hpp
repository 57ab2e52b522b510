#pragma once

// BoundedQueue: first in, first out, never longer than its bound. What does not fit is refused, and
// the caller decides what that means; nothing is dropped here.

#include <openline/base/ring.hpp>

#include <cstddef>
#include <utility>

namespace openline {

template <class T>
class BoundedQueue {
 public:
  explicit BoundedQueue(std::size_t count_max) : count_max_{count_max} {}

  /// False, and nothing changed, when the queue is full.
  [[nodiscard]] bool push(T value) {
    if (is_full()) {
      return false;
    }
    items_.push(std::move(value));
    return true;
  }

  [[nodiscard]] const T& front() const { return items_[0]; }
  T pop() { return items_.pop(); }

  [[nodiscard]] bool is_empty() const { return items_.is_empty(); }
  [[nodiscard]] bool is_full() const { return items_.size() >= count_max_; }
  [[nodiscard]] std::size_t size() const { return items_.size(); }
  [[nodiscard]] std::size_t count_max() const { return count_max_; }

 private:
  std::size_t count_max_;
  Ring<T> items_;
};

}  // namespace openline
