#include <openline/client/sender.hpp>

#include <support/catch.hpp>
#include <support/fake_platform.hpp>

#include <cstdint>
#include <variant>
#include <vector>

namespace {

using namespace openline;

constexpr Instant now = Instant::from_milliseconds(1'000);

OutgoingMessage two_bytes(std::uint32_t handle) { return {{handle}, {2, true}}; }

/// A sender on a socket that the fakes hold open.
struct SenderOnFakes {
  FakePlatform fakes;
  Platform platform = fakes.ports();
  Reports reports;
  Sender sender{*platform.sockets, reports, SenderLimits{{3, 6}, 4}};

  ConnectionState open() {
    const SocketId socket{1};
    REQUIRE(platform.sockets->open(socket, SocketRequest{"ws://here", "", BinaryType::blob}));
    ConnectionState state;
    state.phase = Phase::open;
    state.socket = socket;
    return state;
  }
};

ConnectionState waiting() {
  ConnectionState state;
  state.phase = Phase::waiting;
  return state;
}

TEST_CASE("sender: a new message never overtakes one that still waits", "[client]") {
  SenderOnFakes line;
  CHECK(line.sender.send(waiting(), two_bytes(1), now) == SendResult::queued);
  const ConnectionState open = line.open();
  CHECK(line.sender.send(open, two_bytes(2), now) == SendResult::queued);
  line.sender.flush(open.socket, now);
  CHECK(line.fakes.sockets->sent == std::vector<Handle>{{1}, {2}});
  CHECK(line.sender.send(open, two_bytes(3), now) == SendResult::sent);
}

TEST_CASE("sender: flushing tells of each message that left", "[client]") {
  SenderOnFakes line;
  CHECK(line.sender.send(waiting(), two_bytes(1), now) == SendResult::queued);
  CHECK(line.sender.send(waiting(), two_bytes(2), now) == SendResult::queued);
  line.sender.flush(line.open().socket, now);
  REQUIRE(line.reports.size() == 2);
  CHECK(std::get<FlushReport>(line.reports[0]).value == Handle{1});
  CHECK(std::get<FlushReport>(line.reports[1]).value == Handle{2});
}

TEST_CASE("sender: a line that is to open again after closing keeps what is sent", "[client]") {
  SenderOnFakes line;
  ConnectionState closing = line.open();
  closing.phase = Phase::closing;
  CHECK(line.sender.send(closing, two_bytes(1), now) == SendResult::refused_closed);
  closing.reopen = true;
  CHECK(line.sender.send(closing, two_bytes(1), now) == SendResult::queued);
}

TEST_CASE("sender: a message over the limit is refused before it is measured", "[client]") {
  SenderOnFakes line;
  CHECK(line.sender.send(waiting(), {{1}, {5, false}}, now) == SendResult::refused_too_large);
  CHECK(line.sender.send(waiting(), {{1}, {4, false}}, now) == SendResult::measure);
  CHECK(line.sender.outbox().is_empty());
}

TEST_CASE("sender: dropping all names each message and the cause", "[client]") {
  SenderOnFakes line;
  CHECK(line.sender.send(waiting(), two_bytes(1), now) == SendResult::queued);
  CHECK(line.sender.send(waiting(), two_bytes(2), now) == SendResult::queued);
  line.sender.drop_all();
  REQUIRE(line.reports.size() == 2);
  CHECK(std::get<DropReport>(line.reports[1]) == DropReport{{2}, DropCause::closed});
  CHECK(line.sender.outbox().bytes() == 0);
}

}  // namespace
