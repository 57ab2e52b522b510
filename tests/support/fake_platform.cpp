#include <support/fake_platform.hpp>

#include <string_view>
#include <utility>

namespace openline {
namespace {

void call(const std::function<void()>& callback) {
  if (callback) {
    callback();
  }
}

class FakeSocketPort final : public SocketPort {
 public:
  explicit FakeSocketPort(std::shared_ptr<FakeSockets> sockets) : sockets_{std::move(sockets)} {}

  bool open(SocketId socket, const SocketRequest& request) override {
    sockets_->opened.push_back({socket, request});
    if (!sockets_->refuses_open) {
      sockets_->live = socket;
    }
    call(sockets_->during_open);
    return !sockets_->refuses_open;
  }

  SendOutcome send(SocketId socket, Handle value) override {
    const SendOutcome outcome = next_outcome(socket);
    if (outcome == SendOutcome::sent) {
      sockets_->sent.push_back(value);
    }
    return outcome;
  }

  SendOutcome send_text(SocketId socket, const TextParts& parts) override {
    const SendOutcome outcome = next_outcome(socket);
    if (outcome == SendOutcome::sent) {
      std::string text{parts.head};
      if (parts.value.value != 0) {
        text += '#' + std::to_string(parts.value.value);
      }
      sockets_->texts.push_back(text.append(parts.tail));
    }
    return outcome;
  }

  void close(SocketId socket, std::uint16_t code, std::string_view reason) override {
    sockets_->closed.push_back({socket, code, std::string{reason}});
    call(sockets_->during_close);
  }

  void discard(SocketId socket) override {
    sockets_->discarded.push_back(socket);
    if (sockets_->live == socket) {
      sockets_->live = SocketId{};
    }
    call(sockets_->during_discard);
  }

  void set_binary_type(SocketId /*socket*/, BinaryType type) override {
    sockets_->binary_types.push_back(type);
  }

  double buffered_amount(SocketId /*socket*/) override { return sockets_->buffered_amount; }

 private:
  SendOutcome next_outcome(SocketId socket) {
    call(sockets_->during_send);
    if (!(sockets_->live == socket)) {
      return SendOutcome::not_open;
    }
    SendOutcome outcome = SendOutcome::sent;
    if (!sockets_->outcomes.empty()) {
      outcome = sockets_->outcomes.front();
      sockets_->outcomes.pop_front();
    }
    return outcome;
  }

  std::shared_ptr<FakeSockets> sockets_;
};

class FakeClockPort final : public ClockPort {
 public:
  explicit FakeClockPort(std::shared_ptr<VirtualClock> clock) : clock_{std::move(clock)} {}

  Instant now() override { return clock_->now(); }
  void wake_at(Instant at) override { clock_->set_alarm(at); }

 private:
  std::shared_ptr<VirtualClock> clock_;
};

class FakeRandomPort final : public RandomPort {
 public:
  explicit FakeRandomPort(std::uint64_t seed) : seed_{seed} {}

  std::uint64_t seed() override { return seed_++; }

 private:
  std::uint64_t seed_;
};

}  // namespace

Platform FakePlatform::ports() const {
  return {std::make_unique<FakeSocketPort>(sockets), std::make_unique<FakeClockPort>(clock),
          std::make_unique<FakeRandomPort>(seed)};
}

}  // namespace openline
