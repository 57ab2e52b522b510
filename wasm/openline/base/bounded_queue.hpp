#pragma once

// BoundedQueue: first in, first out, never longer than its bound. What does not fit is refused, and
// the caller decides what that means; nothing is dropped here.

#include <openline/base/assert.hpp>

#include <cstddef>
#include <deque>
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
    items_.push_back(std::move(value));
    return true;
  }

  [[nodiscard]] const T& front() const {
    OL_ASSERT(!is_empty());
    return items_.front();
  }

  T pop() {
    OL_ASSERT(!is_empty());
    T value = std::move(items_.front());
    items_.pop_front();
    return value;
  }

  [[nodiscard]] bool is_empty() const { return items_.empty(); }
  [[nodiscard]] bool is_full() const { return items_.size() >= count_max_; }
  [[nodiscard]] std::size_t size() const { return items_.size(); }
  [[nodiscard]] std::size_t count_max() const { return count_max_; }

 private:
  std::size_t count_max_;
  std::deque<T> items_;
};

}  // namespace openline
