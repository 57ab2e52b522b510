#pragma once

// Ring: a queue in one piece of memory that grows as it must. For std::deque the library needs
// more code than a core that is downloaded should have.

#include <openline/base/assert.hpp>

#include <cstddef>
#include <utility>
#include <vector>

namespace openline {

/// What has left it is only overwritten, so a `T` that holds much must be moved out.
template <class T>
class Ring {
 public:
  void push(T value) {
    if (size_ == slots_.size()) {
      grow();
    }
    slots_[place_of(size_)] = std::move(value);
    size_ += 1;
  }
  T pop() {
    OL_ASSERT(size_ > 0);
    T value = std::move(slots_[begin_]);
    begin_ = place_of(1);
    size_ -= 1;
    return value;
  }
  /// Counted from the oldest.
  [[nodiscard]] const T& operator[](std::size_t i) const {
    OL_ASSERT(i < size_);
    return slots_[place_of(i)];
  }

  [[nodiscard]] bool is_empty() const { return size_ == 0; }
  [[nodiscard]] std::size_t size() const { return size_; }

 private:
  /// No division: `i` is at most one round ahead.
  [[nodiscard]] std::size_t place_of(std::size_t i) const {
    const std::size_t room = slots_.size() - begin_;
    return i < room ? begin_ + i : i - room;
  }
  void grow() {
    std::vector<T> slots(2 * size_ + 4);
    for (std::size_t i = 0; i < size_; ++i) {
      slots[i] = std::move(slots_[place_of(i)]);
    }
    slots_ = std::move(slots);
    begin_ = 0;
  }

  std::vector<T> slots_;
  std::size_t begin_ = 0;
  std::size_t size_ = 0;
};

}  // namespace openline
