#include <openline/client/sender.hpp>

#include <support/catch.hpp>
#include <support/fake_platform.hpp>

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

using namespace openline;

namespace {

using Texts = std::vector<std::string>;

constexpr Instant now = Instant::from_milliseconds(1'000);

OutgoingMessage of_bytes(std::uint32_t handle, std::uint64_t bytes = 2) {
  return {{handle}, {bytes, true}};
}

/// A sender that keeps what it sends, on a socket that the fakes hold open. Two messages may wait.
struct KeepingSender {
  FakePlatform fakes;
  Platform platform = fakes.ports();
  Reports reported;
  Sender sender{*platform.sockets, reported, SenderLimits{{2, 6, Duration::seconds(1)}, 60}};
  Delivery& delivery = sender.keep_until_settled();
  ConnectionState open;

  KeepingSender() {
    open.phase = Phase::open;
    open.socket = SocketId{1};
    REQUIRE(platform.sockets->open(open.socket, SocketRequest{"ws://h", "", BinaryType::blob}));
  }
  bool welcome(std::size_t window = 2) { return delivery.resume(open.socket, {0, 50, window}); }
  SendResult send(const OutgoingMessage& message) { return sender.send(open, message, now); }
  [[nodiscard]] Texts& texts() const { return fakes.sockets->texts; }
  std::string reports() { return describe_all(std::exchange(reported, {})); }
};

}  // namespace

TEST_CASE("sender with delivery: an open line needs to know the size of what it sends",
          "[client]") {
  KeepingSender line;
  REQUIRE(line.welcome());
  CHECK(line.send({{1}, {2, false}}) == SendResult::measure);
  CHECK(line.texts().empty());
  CHECK(line.send(of_bytes(1)) == SendResult::sent);
  CHECK(line.texts() == Texts{"[2,1,#1]"});
  CHECK(line.reports().empty());
}

TEST_CASE("sender with delivery: what leaves at once is not bounded by the queue", "[client]") {
  KeepingSender line;
  REQUIRE(line.welcome());
  CHECK(line.send(of_bytes(1, 40)) == SendResult::sent);  // 6 bytes may wait
  CHECK(line.texts().size() == 1);
}

TEST_CASE("sender with delivery: what the window does not take waits, in bounds", "[client]") {
  KeepingSender line;
  REQUIRE(line.welcome(1));
  CHECK(line.send(of_bytes(1)) == SendResult::sent);
  CHECK(line.send(of_bytes(2)) == SendResult::queued);
  CHECK(line.send(of_bytes(3, 5)) == SendResult::refused_queue_bytes);
  CHECK(line.send(of_bytes(4)) == SendResult::queued);
  CHECK(line.send(of_bytes(5)) == SendResult::refused_queue_messages);
  CHECK(line.texts() == Texts{"[2,1,#1]"});
}

TEST_CASE("sender with delivery: a new message never overtakes one that waits", "[client]") {
  KeepingSender line;
  CHECK(line.send(of_bytes(1)) == SendResult::queued);  // not welcomed yet
  REQUIRE(line.welcome());
  CHECK(line.send(of_bytes(2)) == SendResult::queued);
  line.sender.flush(line.open.socket, now);
  CHECK(line.texts() == Texts{"[2,1,#1]", "[2,2,#2]"});
  CHECK(line.reports().empty());  // leaving is no end: the ack tells
  REQUIRE(line.delivery.settle(2));
  CHECK(line.send(of_bytes(3)) == SendResult::sent);
}

TEST_CASE("sender with delivery: what has left does not expire and is not dropped", "[client]") {
  KeepingSender line;
  REQUIRE(line.welcome(1));
  CHECK(line.send(of_bytes(1)) == SendResult::sent);
  CHECK(line.send(of_bytes(2)) == SendResult::queued);
  CHECK(line.sender.next_expiry() == now + Duration::seconds(1));
  line.sender.drop_expired(now + Duration::seconds(1));
  CHECK(line.reports() == "drop 2 expired");
  line.sender.drop_all();
  CHECK(line.reports().empty());
  CHECK(line.delivery.unacked().messages().size() == 1);
}

TEST_CASE("sender with delivery: what can never be sent ends at once", "[client]") {
  KeepingSender line;
  REQUIRE(line.welcome());
  SECTION("larger than the server takes") {
    CHECK(line.send(of_bytes(1, 50)) == SendResult::sent);
    CHECK(line.reports() == "settled 1 too large");
  }
  SECTION("larger than the application allows") {
    CHECK(line.send({{1}, {61, false}}) == SendResult::refused_too_large);
    CHECK(line.reports().empty());
  }
  SECTION("refused by the platform") {
    line.fakes.sockets->outcomes = {SendOutcome::failed};
    CHECK(line.send(of_bytes(1)) == SendResult::refused_unsendable);
    CHECK(line.reports().empty());
  }
  SECTION("refused by the platform after it has waited") {
    line.delivery.hold();
    REQUIRE(line.send(of_bytes(1)) == SendResult::queued);
    REQUIRE(line.send(of_bytes(2)) == SendResult::queued);
    REQUIRE(line.welcome());
    line.fakes.sockets->outcomes = {SendOutcome::failed};
    line.sender.flush(line.open.socket, now);
    CHECK(line.reports() == "drop 1 unsendable");
    CHECK(line.texts() == Texts{"[2,1,#2]"});
  }
  CHECK(line.sender.outbox().is_empty());
}

TEST_CASE("sender with delivery: a message waits where the socket takes it no more", "[client]") {
  KeepingSender line;
  REQUIRE(line.welcome());
  line.fakes.sockets->lose();
  CHECK(line.send(of_bytes(1)) == SendResult::queued);
  CHECK(line.delivery.first_seq() == 1);
  CHECK(line.delivery.unacked().is_empty());
}

TEST_CASE("sender with delivery: a port that calls back gives no number twice", "[client]") {
  KeepingSender line;
  REQUIRE(line.welcome());
  bool is_first = true;
  line.fakes.sockets->during_send = [&] {
    if (std::exchange(is_first, false)) {
      CHECK(line.send(of_bytes(2)) == SendResult::queued);
    }
  };
  CHECK(line.send(of_bytes(1)) == SendResult::sent);
  CHECK(line.texts() == Texts{"[2,1,#1]", "[2,2,#2]"});
}

TEST_CASE("sender with delivery: what waited with the host leaves at once on an open line",
          "[client]") {
  KeepingSender line;
  REQUIRE(line.welcome());
  CHECK(line.sender.adopt(line.open, of_bytes(1), {now, now}) == SendResult::queued);
  CHECK(line.texts() == Texts{"[2,1,#1]"});
  CHECK(line.reports().empty());
}
