#include <simulation/herd.hpp>

#include <algorithm>

namespace openline {

void Herd::wake(std::uint32_t client, Instant at, std::uint32_t alarm) {
  heap_.push(
      {.what = Happening::alarm_rings, .value = client, .extra = alarm, .at = std::max(at, now_)});
}

void Herd::attempt(std::uint32_t client, std::uint32_t socket) {
  heap_.push({.what = Happening::server_acts,
              .socket = socket,
              .value = client,
              .at = now_ + latency + chance_.milliseconds(0, 40)});
}

void Herd::answer(const WorldEvent& event) {
  WorldEvent answer = event;
  const bool is_after_drop = now_ > dropped_at;
  if (is_after_drop) {
    count_attempt();
  }
  const bool is_accepted = !is_after_drop || (now_ >= return_at() && accepts());
  answer.what = is_accepted ? Happening::socket_opens : Happening::socket_closes;
  answer.extra = is_accepted ? 0 : close_abnormal;
  answer.at = now_ + latency;
  heap_.push(answer);
}

bool Herd::accepts() {
  const std::int64_t second = (now_ - return_at()).count() / 1'000;
  accepted_ = second == second_ ? accepted_ : 0;
  second_ = second;
  accepted_ += 1;
  return accepted_ <= options_.accepted_per_second;
}

void Herd::count_attempt() {
  const std::int64_t tenth = now_.count() / 100;
  attempts_ = tenth == tenth_ ? attempts_ + 1 : 1;
  tenth_ = tenth;
  outcome_.attempts += 1;
  std::uint32_t& peak = now_ >= return_at() ? outcome_.peak_after_return : outcome_.peak_at_first;
  peak = std::max(peak, attempts_);
}

}  // namespace openline
