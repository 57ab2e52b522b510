// 10,000 clients are dropped together and the server is back after 30 s, with 1,000 places a
// second: how the real client comes back, with its defaults, and beside it what others do. The exit
// code is 1 if the real one is over the bars.

#include <openline/client/client.hpp>

#include <simulation/herd.hpp>

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <memory>
#include <utility>
#include <vector>

using namespace openline;

namespace {

/// The ports of one real client in the herd.
class HerdClock final : public ClockPort {
 public:
  HerdClock(Herd& herd, std::uint32_t client) : herd_{herd}, client_{client} {}
  Instant now() override { return herd_.now(); }
  void wake_at(Instant at) override {
    number_ += 1;
    if (at != Instant::never()) {
      herd_.wake(client_, at, number_);
    }
  }
  [[nodiscard]] bool is_newest(std::uint32_t alarm) const { return alarm == number_; }

 private:
  Herd& herd_;
  std::uint32_t client_;
  std::uint32_t number_ = 0;
};

class HerdSockets final : public SocketPort {
 public:
  HerdSockets(Herd& herd, std::uint32_t client) : herd_{herd}, client_{client} {}
  bool open(SocketId socket, const SocketRequest& /*request*/) override {
    herd_.attempt(client_, socket.value);
    return true;
  }
  SendOutcome send(SocketId /*socket*/, Handle /*value*/) override { return SendOutcome::sent; }
  SendOutcome send_text(SocketId /*socket*/, const TextParts& /*parts*/) override {
    return SendOutcome::failed;
  }
  void close(SocketId /*socket*/, std::uint16_t /*code*/, std::string_view /*reason*/) override {}
  void discard(SocketId /*socket*/) override {}
  void set_binary_type(SocketId /*socket*/, BinaryType /*type*/) override {}
  double buffered_amount(SocketId /*socket*/) override { return 0; }

 private:
  Herd& herd_;
  std::uint32_t client_;
};

class HerdRandom final : public RandomPort {
 public:
  explicit HerdRandom(std::uint64_t seed) : seed_{seed} {}
  std::uint64_t seed() override { return seed_; }

 private:
  std::uint64_t seed_;
};

class RealMember {
 public:
  RealMember(Herd& herd, std::uint32_t index) {
    auto clock = std::make_unique<HerdClock>(herd, index);
    clock_ = clock.get();
    ClientConfig config;
    config.options = make_client_options(default_option_values()).value();
    client_ = std::make_unique<Client>(
        std::move(config), Platform{std::make_unique<HerdSockets>(herd, index), std::move(clock),
                                    std::make_unique<HerdRandom>(herd.chance().next())});
    client_->open();
    work();
  }

  void take(const WorldEvent& event) {
    const SocketId socket = client_->state().socket;
    if (event.what == Happening::alarm_rings) {
      if (clock_->is_newest(event.extra)) {
        client_->woken();
      }
    } else if (event.what == Happening::socket_opens) {
      client_->socket_opened({event.socket});
    } else {
      const auto code = static_cast<CloseCode>(event.extra);
      client_->socket_closed(event.socket == 0 ? socket : SocketId{event.socket},
                             {code, code != close_abnormal, {}});
    }
    work();
  }

 private:
  void work() {
    client_->pump();
    if (client_->state().phase == Phase::asking) {
      client_->url_ready(client_->state().socket, "wss://example.test/line");
      client_->pump();
    }
    client_->clear_reports();
  }

  HerdClock* clock_ = nullptr;
  std::unique_ptr<Client> client_;
};

/// A client that waits as others do: `delay(retry)` in milliseconds, retry from 0.
enum class Policy : std::uint8_t { fixed, growing, growing_spread, full_jitter };

class PeerMember {
 public:
  PeerMember(Herd& herd, std::uint32_t index, Policy policy)
      : herd_{herd}, index_{index}, policy_{policy}, own_{herd.chance().between(1'000, 5'000)} {}

  void take(const WorldEvent& event) {
    if (event.what == Happening::alarm_rings) {
      herd_.attempt(index_, 1);
    } else if (event.what == Happening::socket_closes) {
      herd_.wake(index_, herd_.now() + Duration::milliseconds(delay()), 0);
      retry_ += 1;
    }
  }

 private:
  std::uint32_t delay() {
    switch (policy_) {
      case Policy::fixed:
        return 1'000;
      case Policy::growing:
        return grown(3'000);
      case Policy::growing_spread:
        return grown(own_);
      case Policy::full_jitter:
        return herd_.chance().below(std::min(30'000U, 1'000U << std::min(retry_, 5U)) + 1);
    }
    return 0;
  }
  [[nodiscard]] std::uint32_t grown(std::uint32_t delay) const {
    for (std::uint32_t i = 0; i < retry_; ++i) {
      delay = std::min(delay * 13 / 10, 10'000U);
    }
    return delay;
  }

  Herd& herd_;
  std::uint32_t index_;
  Policy policy_;
  std::uint32_t own_;  // drawn once a page
  std::uint32_t retry_ = 0;
};

HerdOutcome run_real(const HerdOptions& options) {
  Herd herd{options};
  std::vector<RealMember> members;
  members.reserve(options.clients);
  for (std::uint32_t index = 0; index < options.clients; ++index) {
    members.emplace_back(herd, index);
  }
  return herd.run([&](std::uint32_t index, const WorldEvent& e) { members[index].take(e); });
}

HerdOutcome run_peers(const HerdOptions& options, Policy policy) {
  Herd herd{options};
  std::vector<PeerMember> members;
  members.reserve(options.clients);
  for (std::uint32_t index = 0; index < options.clients; ++index) {
    members.emplace_back(herd, index, policy);
  }
  return herd.run([&](std::uint32_t index, const WorldEvent& e) { members[index].take(e); });
}

void print(const char* name, const HerdOutcome& outcome) {
  const auto tenths = static_cast<unsigned>(outcome.attempts * 10 / 10'000);
  std::printf("%-34s %8u %8u %6u.%u %8lld s\n", name, outcome.peak_at_first,
              outcome.peak_after_return, tenths / 10, tenths % 10,
              static_cast<long long>(outcome.all_back.count() / 1'000));
}

}  // namespace

int main() {
  const HerdOptions lost;
  HerdOptions restarted;
  restarted.code = 1012;
  std::puts("10,000 clients                     attempts in 100 ms   mean   all back");
  std::puts("                                       away   after  attempts   after");
  const HerdOutcome real = run_real(lost);
  const HerdOutcome told = run_real(restarted);
  print("openline, lost (1006)", real);
  print("openline, restart (1012)", told);
  print("fixed 1 s", run_peers(lost, Policy::fixed));
  print("3 s x 1.3, at most 10 s", run_peers(lost, Policy::growing));
  print("1-5 s once x 1.3, at most 10 s", run_peers(lost, Policy::growing_spread));
  print("full jitter, 1 s to 30 s", run_peers(lost, Policy::full_jitter));

  bool is_good = true;
  for (const HerdOutcome& outcome : {real, told}) {
    const bool is_within = outcome.peak_after_return <= 120 &&  // 1.2 % of the clients
                           outcome.attempts <= 8 * 10'000 && outcome.back == lost.clients;
    is_good = is_good && is_within;
  }
  std::puts(is_good ? "within the bars: at most 120 in 100 ms after the return, 8 attempts each"
                    : "violation herd: more than 120 in 100 ms after the return, or 8 attempts");
  return is_good ? 0 : 1;
}
