#include <openline/inbox/inbox.hpp>

#include <support/board.hpp>
#include <support/catch.hpp>

#include <cstddef>
#include <optional>
#include <string>

using namespace openline;

TEST_CASE("inbox: names and epochs are bounded, and so is the number of streams", "[inbox]") {
  Inbox inbox;
  CHECK_FALSE(inbox.add("", std::nullopt));
  CHECK_FALSE(inbox.add(std::string(257, 's'), std::nullopt));
  CHECK_FALSE(inbox.add("s", Position{"", 1}));
  CHECK_FALSE(inbox.add("s", Position{std::string(65, 'e'), 1}));
  CHECK(inbox.add(std::string(256, 's'), Position{std::string(64, 'e'), 1}));
  for (std::size_t i = 1; i < Inbox::streams_max; ++i) {
    REQUIRE(inbox.add(std::to_string(i), std::nullopt));
  }
  CHECK_FALSE(inbox.add("one more", std::nullopt));
  CHECK(inbox.add("1", std::nullopt));  // in place of the one before
  CHECK(inbox.subscriptions().size() == Inbox::streams_max);
}

TEST_CASE("inbox: a subscription to the same stream takes the place of the one before", "[inbox]") {
  Board board;
  board.go_live();
  const auto second = board.inbox.add("board", Position{"e1", 5});
  REQUIRE(second);
  CHECK_FALSE(*second == board.id);
  CHECK(board.phase() == StreamPhase::wanted);
  CHECK(board.only().at == Position{"e1", 5});
  CHECK_FALSE(board.inbox.restart(board.id, std::nullopt));
  CHECK_FALSE(board.inbox.remove(board.id));
  CHECK(board.take(11, 12) == RunVerdict::ignored);
}

TEST_CASE("inbox: what is granted from now on begins at the top", "[inbox]") {
  Board board;
  board.ask();
  const Subscription* granted = board.grant({3, {"e1", 10}, true});
  REQUIRE(granted != nullptr);
  CHECK(granted->phase == StreamPhase::live);
  CHECK(granted->at == Position{"e1", 10});
  CHECK(board.take(11, 11) == RunVerdict::accepted);
}

TEST_CASE("inbox: what is granted after a position goes on there, not at the top", "[inbox]") {
  Board board{Position{"e1", 7}};
  board.ask();
  REQUIRE(board.grant({3, {"e1", 10}, true}) != nullptr);
  CHECK(board.only().at == Position{"e1", 7});
  CHECK(board.take(8, 10) == RunVerdict::accepted);
}

TEST_CASE("inbox: what does not continue the position is lost", "[inbox]") {
  const Grant grant = GENERATE(Grant{3, {"e1", 10}, false}, Grant{3, {"e2", 10}, true},
                               Grant{3, {"e1", 6}, true}, Grant{3, {"e1", 0}, true});
  Board board{Position{"e1", 7}};
  board.ask();
  const Subscription* answered = board.grant(grant);
  REQUIRE(answered != nullptr);
  CHECK(answered->phase == StreamPhase::lost);
  CHECK(board.take(8, 10) == RunVerdict::ignored);
}

TEST_CASE("inbox: a position at the top itself is continued", "[inbox]") {
  Board board{Position{"e1", 10}};
  board.ask();
  REQUIRE(board.grant({3, {"e1", 10}, true}) != nullptr);
  CHECK(board.phase() == StreamPhase::live);
}

TEST_CASE("inbox: only the answer to the newest request counts", "[inbox]") {
  Board board;
  board.ask();
  CHECK(board.inbox.remove(board.id) == "board");
  const auto second = board.inbox.add("board", std::nullopt);
  REQUIRE(second);
  board.ask();
  SECTION("granted, granted") {
    CHECK(board.grant({3, {"e1", 10}, true}) == nullptr);
    REQUIRE(board.grant({4, {"e1", 12}, true}) != nullptr);
    CHECK(board.only().index == 4);
    CHECK(board.only().id == *second);
  }
  SECTION("denied, granted") {
    CHECK(board.inbox.deny("board") == nullptr);
    CHECK(board.grant({4, {"e1", 12}, true}) != nullptr);
  }
  SECTION("granted, denied") {
    CHECK(board.grant({3, {"e1", 10}, true}) == nullptr);
    CHECK(board.inbox.deny("board") != nullptr);
    CHECK(board.phase() == StreamPhase::denied);
  }
  SECTION("of a connection that is gone there is none to come") {
    board.inbox.disconnect();
    board.ask();
    CHECK(board.grant({1, {"e1", 12}, true}) != nullptr);
  }
}

TEST_CASE("inbox: an answer that nobody waits for changes nothing", "[inbox]") {
  Board board;
  CHECK(board.grant({3, {"e1", 10}, true}) == nullptr);  // not asked for
  CHECK(board.inbox.deny("board") == nullptr);
  CHECK(board.phase() == StreamPhase::wanted);
  CHECK(board.inbox.grant("other", {3, {"e1", 10}, true}) == nullptr);
  CHECK(board.inbox.deny("other") == nullptr);
}

TEST_CASE("inbox: an end that nobody asked for is no answer", "[inbox]") {
  Board board;
  board.go_live();
  SECTION("it ends what takes runs") {
    REQUIRE(board.inbox.end("board") != nullptr);
    CHECK(board.phase() == StreamPhase::denied);
    CHECK(board.take(11, 11) == RunVerdict::ignored);
  }
  SECTION("also while a gap is open, which is waited for no longer") {
    CHECK(board.take(12, 12) == RunVerdict::gap);
    REQUIRE(board.inbox.end("board") != nullptr);
    CHECK(board.inbox.next_due() == Instant::never());
  }
  SECTION("it may not end what was asked for after it, and whose answer is still to come") {
    REQUIRE(board.inbox.restart(board.id, Position{"e1", 8}));
    CHECK(board.inbox.end("board") == nullptr);  // not even asked for yet
    board.ask();
    CHECK(board.inbox.end("board") == nullptr);
    REQUIRE(board.grant({4, {"e1", 10}, true}) != nullptr);
    CHECK(board.only().index == 4);
    CHECK(board.take(9, 10, 4) == RunVerdict::accepted);
  }
  SECTION("it is the end once, and of what is known") {
    REQUIRE(board.inbox.end("board") != nullptr);
    CHECK(board.inbox.end("board") == nullptr);
    CHECK(board.inbox.end("other") == nullptr);
  }
}

TEST_CASE("inbox: what is lost stays so when the server ends it", "[inbox]") {
  Board board;
  board.go_live();
  REQUIRE(board.inbox.resync(3) != nullptr);
  CHECK(board.inbox.end("board") != nullptr);
  CHECK(board.phase() == StreamPhase::lost);
  board.inbox.disconnect();
  CHECK(board.phase() == StreamPhase::lost);
}

TEST_CASE("inbox: the server is told of an end only where it knows of the stream", "[inbox]") {
  Board board;
  SECTION("not asked for yet") { CHECK_FALSE(board.inbox.remove(board.id)); }
  SECTION("asked for") {
    board.ask();
    CHECK(board.inbox.remove(board.id) == "board");
  }
  SECTION("live") {
    board.go_live();
    CHECK(board.inbox.remove(board.id) == "board");
    CHECK(board.inbox.subscriptions().empty());
    CHECK(board.take(11, 11) == RunVerdict::ignored);
  }
  SECTION("denied") {
    board.ask();
    REQUIRE(board.inbox.deny("board") != nullptr);
    CHECK_FALSE(board.inbox.remove(board.id));
  }
  CHECK_FALSE(board.inbox.remove(board.id));
}

TEST_CASE("inbox: what is out of bounds does not begin anew either", "[inbox]") {
  Board board;
  board.go_live();
  CHECK_FALSE(board.inbox.restart(board.id, Position{"", 1}));
  CHECK_FALSE(board.inbox.restart(StreamId{99}, std::nullopt));
  CHECK(board.phase() == StreamPhase::live);
}
