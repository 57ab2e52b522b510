#pragma once

// What will happen in a simulated world, ordered by time, and by the order of scheduling where the
// time is the same: the same seed gives the same order on every platform.

#include <openline/base/time.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace openline {

enum class Happening : std::uint8_t {
  // Seen by the page; held back while it is frozen.
  alarm_rings,           // value: which alarm
  url_answered,          // value: UrlAnswer
  credentials_answered,  // value: 1 if they are renewed
  application_acts,
  socket_opens,
  message_comes,  // value: handle, extra: 1 if it answers a ping
  socket_errs,
  socket_closes,  // value: code, extra: what the server asks for, in ms and one more; 0 for nothing
  page_signals,   // value: PageSignal
  // Seen by no page at once.
  page_acts,
  page_thaws,
  page_shows,
  network_acts,
  network_returns,
  link_ends,  // as socket_closes, of which it is the cause
  server_acts,
  server_gets_ping,
  server_drops,  // value and extra as above
};
inline constexpr std::size_t happening_count = 18;

[[nodiscard]] constexpr bool is_seen_by_page(Happening what) {
  return what <= Happening::page_signals;
}

struct WorldEvent {
  Happening what = Happening::alarm_rings;
  std::uint32_t socket = 0;
  std::uint32_t value = 0;
  std::uint32_t extra = 0;
  Instant at{};
  std::uint64_t order = 0;  // given by the heap
};

/// `Event` has a time `at` and a number `order`, which the heap gives.
template <class Event>
class HeapOf {
 public:
  void push(Event event) {
    event.order = next_order_++;
    events_.push_back(std::move(event));
    std::push_heap(events_.begin(), events_.end(), is_later);
  }
  Event pop() {
    std::pop_heap(events_.begin(), events_.end(), is_later);
    Event event = std::move(events_.back());
    events_.pop_back();
    return event;
  }
  [[nodiscard]] const Event& front() const { return events_.front(); }
  [[nodiscard]] bool is_empty() const { return events_.empty(); }
  [[nodiscard]] std::size_t size() const { return events_.size(); }

 private:
  static bool is_later(const Event& a, const Event& b) {
    return a.at != b.at ? a.at > b.at : a.order > b.order;
  }

  std::vector<Event> events_;
  std::uint64_t next_order_ = 0;
};

using EventHeap = HeapOf<WorldEvent>;

}  // namespace openline
