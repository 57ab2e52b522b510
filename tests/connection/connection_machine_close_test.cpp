#include <openline/connection/connection_machine.hpp>

#include <support/catch.hpp>
#include <support/driven_machine.hpp>

#include <string>

using namespace openline;

namespace {

/// A machine in `phase`, after one outage (so that its attempt counts 1 where that is possible).
DrivenMachine machine_in(Phase phase) {
  DrivenMachine line;
  if (phase == Phase::idle) {
    return line;
  }
  line.start();
  line.lose();
  if (phase == Phase::waiting) {
    return line;
  }
  line.advance(line.state.deadline - line.clock.now());
  if (phase == Phase::asking) {
    return line;
  }
  line.on(UrlReady{line.state.socket});
  if (phase == Phase::opening) {
    return line;
  }
  line.opened();
  if (phase == Phase::failed || phase == Phase::refreshing) {
    line.lose(phase == Phase::failed ? 4403 : 4401);
  }
  if (phase == Phase::resting) {
    line.on(PageSignal::stored);
  }
  if (phase == Phase::closing || phase == Phase::closed) {
    line.on(CloseRequested{});
  }
  if (phase == Phase::closed) {
    line.lose(1000);
  }
  return line;
}

}  // namespace

TEST_CASE("connection: closing an open line waits for the close event", "[connection]") {
  DrivenMachine line = machine_in(Phase::open);
  CHECK(line.on(CloseRequested{3001}) == "close_socket 2 3001");
  CHECK(line.state.phase == Phase::closing);
  CHECK(line.lose(3001) == "report_closed 3001");
  CHECK(line.state.phase == Phase::closed);
  CHECK(line.state.deadline == Instant::never());
}

TEST_CASE("connection: a close event that does not come is not waited for longer than the timeout",
          "[connection]") {
  DrivenMachine line = machine_in(Phase::open);
  line.on(CloseRequested{});
  CHECK(line.advance(Duration::milliseconds(4'999)).empty());
  CHECK(line.advance(Duration::milliseconds(1)) == "discard 2; report_closed 1006");
  CHECK(line.state.phase == Phase::closed);
  CHECK(line.on(SocketClosed{{2}, 1000}).empty());
}

TEST_CASE("connection: close while opening drops the socket and does not wait", "[connection]") {
  DrivenMachine line = machine_in(Phase::opening);
  CHECK(line.on(CloseRequested{1000}) == "report_errored; discard 2; report_closed 1006");
  CHECK(line.state.phase == Phase::closed);
  CHECK(line.on(SocketOpened{{2}}).empty());
  CHECK(line.state.phase == Phase::closed);
}

TEST_CASE("connection: close ends the waiting for a retry", "[connection]") {
  DrivenMachine line = machine_in(Phase::waiting);
  CHECK(line.on(CloseRequested{}).empty());
  CHECK(line.state.phase == Phase::closed);
  CHECK(line.advance(Duration::seconds(3'600)).empty());
  CHECK(line.state.phase == Phase::closed);
}

TEST_CASE("connection: close while asking forgets the URL that is to come", "[connection]") {
  DrivenMachine line = machine_in(Phase::asking);
  CHECK(line.on(CloseRequested{}) == "report_errored; report_closed 1006");
  CHECK(line.on(UrlReady{line.state.socket}).empty());
  CHECK(line.state.phase == Phase::closed);
}

TEST_CASE("connection: a failed line stays failed when it is opened", "[connection]") {
  DrivenMachine line = machine_in(Phase::failed);
  const ConnectionState failed = line.state;
  CHECK(line.on(OpenRequested{}).empty());
  CHECK(line.state == failed);
  CHECK(line.state.failure == Failure::auth);
}

TEST_CASE("connection: a failed line can be closed, and opened after that", "[connection]") {
  DrivenMachine line = machine_in(Phase::failed);
  CHECK(line.on(CloseRequested{}).empty());
  CHECK(line.state.phase == Phase::closed);
  CHECK(line.state.failure == Failure::none);
  CHECK(line.on(OpenRequested{}) == "ask_url 3");
}

TEST_CASE("connection: a closed line opens again with all its attempts", "[connection]") {
  DrivenMachine line = machine_in(Phase::waiting);
  REQUIRE(line.state.attempt == 1);
  line.on(CloseRequested{});
  CHECK(line.state.attempt == 0);
  CHECK(line.on(OpenRequested{}) == "ask_url 2");
  CHECK(line.state.attempt == 0);
}

TEST_CASE("connection: open during closing connects once the line is closed", "[connection]") {
  DrivenMachine line = machine_in(Phase::closing);
  CHECK(line.on(OpenRequested{}).empty());
  CHECK(line.state.phase == Phase::closing);
  SECTION("by the close event") { CHECK(line.lose(1000) == "report_closed 1000; ask_url 3"); }
  SECTION("by the timeout") {
    CHECK(line.advance(Duration::seconds(5)) == "discard 2; report_closed 1006; ask_url 3");
  }
  CHECK(line.state.phase == Phase::asking);
  CHECK(line.state.attempt == 0);
  CHECK_FALSE(line.state.reopen);
}

TEST_CASE("connection: of open and close during closing the last one counts", "[connection]") {
  DrivenMachine line = machine_in(Phase::closing);
  line.on(OpenRequested{});
  CHECK(line.on(CloseRequested{}).empty());
  CHECK(line.lose(1000) == "report_closed 1000");
  CHECK(line.state.phase == Phase::closed);
}

TEST_CASE("connection: closing again does not lengthen the timeout", "[connection]") {
  DrivenMachine line = machine_in(Phase::closing);
  const Instant deadline = line.state.deadline;
  line.clock.advance(Duration::seconds(3));
  CHECK(line.on(CloseRequested{}).empty());
  CHECK(line.state.deadline == deadline);
}

TEST_CASE("connection: a closing line does not retry, whatever the code of its close event",
          "[connection]") {
  for (const CloseCode code : {1000, 1006, 1012, 4401, 4404}) {
    DrivenMachine line = machine_in(Phase::closing);
    CHECK(line.lose(code) == "report_closed " + std::to_string(code));
    CHECK(line.state.phase == Phase::closed);
    CHECK(line.state.failure == Failure::none);
  }
}

TEST_CASE("connection: a close code that forbids to come back fails the line", "[connection]") {
  struct Row {
    CloseCode code;
    Failure failure;
  };
  const Row rows[] = {{1002, Failure::rejected}, {1003, Failure::rejected},
                      {1007, Failure::rejected}, {1008, Failure::rejected},
                      {1009, Failure::rejected}, {1010, Failure::rejected},
                      {4400, Failure::rejected}, {4403, Failure::auth},
                      {4404, Failure::rejected}, {4499, Failure::rejected}};
  for (const Phase phase : {Phase::opening, Phase::open}) {
    for (const Row& row : rows) {
      INFO(describe(phase) << " " << row.code);
      DrivenMachine line = machine_in(phase);
      CHECK(line.lose(row.code) == "report_closed " + std::to_string(row.code));
      CHECK(line.state.phase == Phase::failed);
      CHECK(line.state.failure == row.failure);
      CHECK(line.state.deadline == Instant::never());
    }
  }
}

TEST_CASE("connection: any other close code brings a retry, a normal one too", "[connection]") {
  for (const CloseCode code :
       {1000, 1001, 1005, 1006, 1011, 1012, 1013, 3000, 4399, 4408, 4429, 4500, 4599}) {
    INFO(code);
    DrivenMachine line = machine_in(Phase::open);
    line.lose(code);
    CHECK(line.state.phase == Phase::waiting);
    CHECK(line.state.failure == Failure::none);
  }
}

TEST_CASE("connection: reconnect connects at once, unless the line rests, with all the attempts",
          "[connection]") {
  struct Row {
    Phase phase;
    std::string commands;
  };
  const Row rows[] = {{Phase::idle, "ask_url 1"},
                      {Phase::refreshing, "ask_url 3"},
                      {Phase::asking, "ask_url 3"},
                      {Phase::opening, "discard 2; report_closed 1006; ask_url 3"},
                      {Phase::open, "discard 2; report_closed 1000; ask_url 3"},
                      {Phase::waiting, "ask_url 2"},
                      {Phase::resting, ""},
                      {Phase::closing, "discard 2; report_closed 1000; ask_url 3"},
                      {Phase::closed, "ask_url 3"},
                      {Phase::failed, "ask_url 3"}};
  REQUIRE(std::size(rows) == phase_count);
  for (const Row& row : rows) {
    INFO(describe(row.phase));
    DrivenMachine line = machine_in(row.phase);
    REQUIRE(line.state.phase == row.phase);
    CHECK(line.on(ReconnectRequested{}) == row.commands);
    const bool rests = row.phase == Phase::resting;
    CHECK(line.state.phase == (rests ? Phase::resting : Phase::asking));
    CHECK(line.state.failure == Failure::none);
    CHECK(line.state.attempt == 0);
    CHECK(line.state.deadline ==
          (rests ? Instant::never() : line.clock.now() + line.options.connect_timeout));
  }
}

TEST_CASE("connection: reconnect during closing takes the close back", "[connection]") {
  DrivenMachine line = machine_in(Phase::closing);
  line.on(ReconnectRequested{});
  line.on(UrlReady{line.state.socket});
  line.opened();
  CHECK(line.on(SocketClosed{{2}, 1000}).empty());
  CHECK(line.state.phase == Phase::open);
}
