#pragma once

// Herd: many clients of one server on one virtual clock. All are dropped together; the server is
// away for a while and then takes so many a second.

#include <openline/base/time.hpp>
#include <openline/connection/close_code.hpp>

#include <simulation/chance.hpp>
#include <simulation/event_heap.hpp>

#include <cstddef>
#include <cstdint>
#include <vector>

namespace openline {

struct HerdOptions {
  std::uint32_t clients = 10'000;
  CloseCode code = close_abnormal;  // with which they are dropped
  Duration away = Duration::seconds(30);
  std::uint32_t accepted_per_second = 1'000;
};

struct HerdOutcome {
  std::uint32_t peak_at_first = 0;      // attempts in 100 ms, while the server is away
  std::uint32_t peak_after_return = 0;  // the same afterwards
  std::uint64_t attempts = 0;
  Duration all_back;  // since the return
  std::uint32_t back = 0;
};

/// What the members of a herd do is up to their policy; where they meet is here.
class Herd {
 public:
  explicit Herd(const HerdOptions& options) : options_{options}, chance_{1} {}

  [[nodiscard]] Instant now() const { return now_; }
  [[nodiscard]] Chance& chance() { return chance_; }
  void wake(std::uint32_t client, Instant at, std::uint32_t alarm);
  /// The handshake of a client reaches the server after a while, and its answer the client.
  void attempt(std::uint32_t client, std::uint32_t socket);

  /// `member(client, event)` is told when its alarm rings, and how its handshake or connection
  /// ended: socket_opens or socket_closes, with the code.
  template <class Member>
  HerdOutcome run(Member member);

 private:
  [[nodiscard]] Instant return_at() const { return dropped_at + options_.away; }
  [[nodiscard]] bool accepts();
  void count_attempt();
  void answer(const WorldEvent& event);

  static constexpr Instant dropped_at = Instant::from_milliseconds(60'000);
  static constexpr Duration latency = Duration::milliseconds(20);

  HerdOptions options_;
  Chance chance_;
  EventHeap heap_;
  Instant now_;
  std::uint32_t accepted_ = 0;  // in the present second
  std::int64_t second_ = -1;
  std::uint32_t attempts_ = 0;  // in the present tenth of a second
  std::int64_t tenth_ = -1;
  HerdOutcome outcome_;
};

template <class Member>
HerdOutcome Herd::run(Member member) {
  for (std::uint32_t client = 0; client < options_.clients; ++client) {
    heap_.push({.what = Happening::server_drops, .value = client, .at = dropped_at});
  }
  while (!heap_.is_empty() && outcome_.back < options_.clients) {
    const WorldEvent event = heap_.pop();
    now_ = event.at;
    if (event.what == Happening::server_acts) {
      answer(event);
    } else if (event.what == Happening::server_drops) {
      WorldEvent end = event;
      end.what = Happening::socket_closes;
      end.extra = options_.code;
      member(event.value, end);
    } else {
      if (event.what == Happening::socket_opens && now_ > dropped_at) {
        outcome_.back += 1;
        outcome_.all_back = now_ - return_at();
      }
      member(event.value, event);
    }
  }
  return outcome_;
}

}  // namespace openline
