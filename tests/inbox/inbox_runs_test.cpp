#include <openline/inbox/inbox.hpp>

#include <support/board.hpp>
#include <support/catch.hpp>

#include <optional>

using namespace openline;

TEST_CASE("inbox: a run is accepted as a whole where the one before ended", "[inbox]") {
  Board board;
  board.go_live();
  CHECK(board.take(11, 15) == RunVerdict::accepted);
  CHECK(board.only().at == Position{"e1", 15});
  CHECK(board.take(16, 16) == RunVerdict::accepted);
}

TEST_CASE("inbox: a run that ends at what is known, or before, is a duplicate", "[inbox]") {
  Board board;
  board.go_live();
  CHECK(board.take(10, 10) == RunVerdict::ignored);
  CHECK(board.take(1, 9) == RunVerdict::ignored);
  CHECK(board.phase() == StreamPhase::live);
  CHECK(board.only().at == Position{"e1", 10});
}

TEST_CASE("inbox: a run that begins elsewhere is a gap, and a gap is told once", "[inbox]") {
  Board board;
  board.go_live();
  SECTION("later") { CHECK(board.take(12, 13) == RunVerdict::gap); }
  SECTION("earlier, and reaching beyond what is known") {
    CHECK(board.take(10, 11) == RunVerdict::gap);
  }
  CHECK(board.phase() == StreamPhase::recovering);
  CHECK(board.only().at == Position{"e1", 10});
  CHECK(board.take(14, 15) == RunVerdict::ignored);
  CHECK(board.take(9, 10) == RunVerdict::ignored);
  CHECK(board.inbox.next_due() == Board::now + Inbox::answer_timeout);
  CHECK(board.take(11, 15) == RunVerdict::accepted);
  CHECK(board.inbox.next_due() == Instant::never());
  CHECK(board.take(17, 17) == RunVerdict::gap);  // another one is told again
}

TEST_CASE("inbox: only the index of the connection names a subscription", "[inbox]") {
  Board board;
  CHECK(board.take(1, 1, 0) == RunVerdict::ignored);  // 0 is an index like any other
  board.go_live();
  CHECK(board.take(11, 11, 4) == RunVerdict::ignored);
  CHECK(board.inbox.resync(4) == nullptr);
  CHECK(board.phase() == StreamPhase::live);
}

TEST_CASE("inbox: after a resync nothing is taken until it is begun anew", "[inbox]") {
  Board board;
  board.go_live();
  REQUIRE(board.take(13, 13) == RunVerdict::gap);
  REQUIRE(board.inbox.resync(3) != nullptr);
  CHECK(board.phase() == StreamPhase::lost);
  CHECK(board.inbox.next_due() == Instant::never());
  CHECK(board.inbox.resync(3) == nullptr);
  CHECK(board.take(11, 13) == RunVerdict::ignored);
  board.inbox.disconnect();
  CHECK(board.phase() == StreamPhase::lost);

  CHECK(board.inbox.restart(board.id, Position{"e1", 20}));
  CHECK(board.only().id == board.id);
  board.ask();
  REQUIRE(board.grant({4, {"e1", 21}, true}) != nullptr);
  CHECK(board.take(21, 21, 4) == RunVerdict::accepted);
}

TEST_CASE("inbox: a position outlives the connection, an index does not", "[inbox]") {
  Board board;
  board.go_live();
  REQUIRE(board.take(11, 12) == RunVerdict::accepted);
  REQUIRE(board.take(14, 14) == RunVerdict::gap);
  board.inbox.disconnect();
  CHECK(board.phase() == StreamPhase::wanted);
  CHECK(board.only().at == Position{"e1", 12});
  CHECK(board.inbox.next_due() == Instant::never());
  CHECK(board.take(13, 14) == RunVerdict::ignored);
}

TEST_CASE("inbox: a stream that the server ends is not waited for any more", "[inbox]") {
  Board board;
  board.go_live();
  REQUIRE(board.take(13, 13) == RunVerdict::gap);
  REQUIRE(board.inbox.end("board") != nullptr);
  CHECK(board.phase() == StreamPhase::denied);
  CHECK(board.take(11, 13) == RunVerdict::ignored);
  CHECK(board.inbox.next_due() == Instant::never());  // the connection is not at fault
  board.inbox.disconnect();
  CHECK(board.phase() == StreamPhase::wanted);  // the next server may allow it
}

TEST_CASE("inbox: of several gaps the first one decides when the connection is faulty", "[inbox]") {
  Board board;
  board.go_live();
  REQUIRE(board.inbox.add("other", std::nullopt));
  board.inbox.note_asked(board.inbox.subscriptions()[1]);
  REQUIRE(board.inbox.grant("other", {4, {"e1", 0}, true}) != nullptr);
  REQUIRE(board.inbox.take({3, 13, 13}, Board::now).verdict == RunVerdict::gap);
  REQUIRE(board.inbox.take({4, 2, 2}, Board::now + Duration::seconds(1)).verdict ==
          RunVerdict::gap);
  CHECK(board.inbox.next_due() == Board::now + Inbox::answer_timeout);
  REQUIRE(board.inbox.take({3, 11, 13}, Board::now).verdict == RunVerdict::accepted);
  CHECK(board.inbox.next_due() == Board::now + Duration::seconds(1) + Inbox::answer_timeout);
}
