#include <openline/connection/connection_step.hpp>

#include <support/catch.hpp>

namespace {

using namespace openline;

const StepInputs at_one_second{Instant::from_milliseconds(1'000), 0};

TEST_CASE("connection_step: each attempt has a socket id of its own", "[connection]") {
  const ConnectionOptions options;
  ConnectionStep step{options, {}, at_one_second};
  step.connect();
  const SocketId first = step.state().socket;
  step.retry_later();
  step.connect();
  CHECK_FALSE(first == step.state().socket);
  CHECK(step.is_current(step.state().socket, Phase::asking));
  CHECK_FALSE(step.is_current(first, Phase::asking));
}

TEST_CASE("connection_step: opening the socket keeps the deadline of the whole attempt",
          "[connection]") {
  const ConnectionOptions options;
  ConnectionStep step{options, {}, at_one_second};
  step.connect();
  const Instant deadline = step.state().deadline;
  step.open_socket();
  CHECK(step.state().deadline == deadline);
  CHECK(deadline == Instant::from_milliseconds(11'000));
}

TEST_CASE("connection_step: connecting afresh forgets the attempts, a retry counts them",
          "[connection]") {
  const ConnectionOptions options;
  ConnectionStep step{options, {}, at_one_second};
  step.connect();
  step.retry_later();
  step.connect();
  step.retry_later();
  CHECK(step.state().attempt == 2);
  step.connect_afresh();
  CHECK(step.state().attempt == 0);
}

TEST_CASE("connection_step: leaving a phase clears what was said of it", "[connection]") {
  const ConnectionOptions options;
  ConnectionStep step{options, {}, at_one_second};
  step.fail(Failure::auth);
  CHECK(step.state().failure == Failure::auth);
  step.connect();
  CHECK(step.state().failure == Failure::none);
  step.begin_closing(1000);
  step.set_reopen(true);
  step.become_closed();
  CHECK_FALSE(step.state().reopen);
  CHECK(step.state().deadline == Instant::never());
}

TEST_CASE("connection_step: what it notes comes out in order", "[connection]") {
  const ConnectionOptions options;
  ConnectionStep step{options, {}, at_one_second};
  step.connect();
  step.drop_socket(close_abnormal);
  const Transition transition = step.finish();
  REQUIRE(transition.commands.size() == 3);
  const ConnectionCommand* command = transition.commands.begin();
  CHECK(std::holds_alternative<AskUrl>(command[0]));
  CHECK(std::holds_alternative<DiscardSocket>(command[1]));
  CHECK(std::get<ReportClosed>(command[2]).code == close_abnormal);
}

}  // namespace
