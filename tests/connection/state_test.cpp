#include <openline/connection/state.hpp>

#include <support/catch.hpp>
#include <support/describe.hpp>

#include <set>
#include <string>

using openline::ConnectionState;
using openline::Failure;
using openline::Instant;
using openline::Phase;
using openline::SocketId;
using openline::to_string;

TEST_CASE("state: each phase has the public status of its name", "[connection]") {
  CHECK(to_string(Phase::idle) == "idle");
  CHECK(to_string(Phase::open) == "open");
  CHECK(to_string(Phase::waiting) == "waiting");
  CHECK(to_string(Phase::closing) == "closing");
  CHECK(to_string(Phase::closed) == "closed");
  CHECK(to_string(Phase::failed) == "failed");
}

TEST_CASE("state: new credentials, asking for the URL and opening are all connecting",
          "[connection]") {
  CHECK(to_string(Phase::refreshing) == "connecting");
  CHECK(to_string(Phase::asking) == "connecting");
  CHECK(to_string(Phase::opening) == "connecting");
}

TEST_CASE("state: a line that rests is waiting", "[connection]") {
  CHECK(to_string(Phase::resting) == "waiting");
}

TEST_CASE("state: there are ten phases and seven statuses", "[connection]") {
  std::set<std::string> statuses;
  for (const Phase phase : openline::all_phases) {
    statuses.insert(std::string{to_string(phase)});
  }
  CHECK(openline::all_phases.size() == openline::phase_count);
  CHECK(statuses.size() == 7);
  CHECK(statuses.count("") == 0);
}

TEST_CASE("state: each failure has a name and no failure has none", "[connection]") {
  CHECK(to_string(Failure::none).empty());
  CHECK(to_string(Failure::auth) == "auth");
  CHECK(to_string(Failure::rejected) == "rejected");
  CHECK(to_string(Failure::attempts) == "attempts");
  CHECK(to_string(Failure::url) == "url");
}

TEST_CASE("state: a new line is idle, without a socket and without a deadline", "[connection]") {
  const ConnectionState state;
  CHECK(state.phase == Phase::idle);
  CHECK(state.failure == Failure::none);
  CHECK_FALSE(state.reopen);
  CHECK(state.socket == SocketId{});
  CHECK(state.attempt == 0);
  CHECK(state.deadline == Instant::never());
}

TEST_CASE("state: states differ if any of their fields does", "[connection]") {
  const ConnectionState state;
  ConnectionState other = state;
  CHECK(other == state);
  other.reopen = true;
  CHECK_FALSE(other == state);
  other = state;
  other.socket = SocketId{1};
  CHECK_FALSE(other == state);
  other = state;
  other.deadline = Instant::from_milliseconds(1);
  CHECK_FALSE(other == state);
}
