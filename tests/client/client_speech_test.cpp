#include <openline/client/client.hpp>

#include <support/catch.hpp>
#include <support/speaking_line.hpp>

#include <string>
#include <vector>

using namespace openline;

namespace {

constexpr auto plain_hello = R"([1,{"v":1,"c":"…","n":1,"s":[]}])";
constexpr auto board_hello = R"([1,{"v":1,"c":"…","n":1,"s":[["board",null]]}])";
constexpr auto board_granted = R"(["board",3,"e1",120,true])";

constexpr auto faulted = "status waiting attempt 1 retry at 1000; error; close 1006";

}  // namespace

TEST_CASE("client speech: the first word is HELLO, and until WELCOME the line connects",
          "[client]") {
  SpeakingLine line;
  line.reach(Phase::opening);
  CHECK(line.said().empty());
  line.opened();
  CHECK(line.said() == plain_hello);
  CHECK(line.phase() == Phase::opening);
  CHECK(line.reports().empty());
  line.welcome();
  CHECK(line.reports() == "status open; open");
  CHECK(line.said().empty());
  CHECK(line.sockets().discarded.empty());
}

TEST_CASE("client speech: a line offers its subprotocol, and takes binaries as buffers",
          "[client]") {
  SpeakingLine line;
  line.reach(Phase::opening);
  REQUIRE(line.sockets().opened.size() == 1);
  CHECK(line.sockets().opened[0].request.protocols == "openline.1");
  CHECK(line.sockets().opened[0].request.binary_type == BinaryType::arraybuffer);
}

TEST_CASE("client speech: streams stand in HELLO, and are granted behind the open event",
          "[client]") {
  SpeakingLine line;
  REQUIRE(line.subscribe("board") == 1);
  line.greet();
  CHECK(line.said() == board_hello);
  line.reports();
  line.welcome(board_granted);
  CHECK(line.reports() == "status open; open; subscribed 1 at e1/120");
  CHECK(line.said().empty());
}

TEST_CASE("client speech: without WELCOME in five seconds the attempt has failed", "[client]") {
  SpeakingLine line;
  line.reach(Phase::opening);
  line.clock().advance(Duration::seconds(3));  // the socket takes its time
  line.opened();
  CHECK(line.clock().alarm() == Instant::from_milliseconds(8'000));
  line.advance(Duration::milliseconds(4'999));
  CHECK(line.reports().empty());
  line.advance(Duration::milliseconds(1));
  CHECK(line.reports() == "status waiting attempt 1 retry at 9000; error; close 1006");
  CHECK(line.sockets().discarded == std::vector<SocketId>{{1}});
}

TEST_CASE("client speech: a WELCOME stops the clock, and comes once", "[client]") {
  SpeakingLine line;
  line.begin();
  line.advance(Duration::seconds(5));
  CHECK(line.phase() == Phase::open);
  line.welcome();
  CHECK(line.phase() == Phase::waiting);
}

TEST_CASE("client speech: another subprotocol is a failed attempt, before any HELLO", "[client]") {
  SpeakingLine line;
  line.reach(Phase::opening);
  line.unspoken();
  CHECK(line.reports() == faulted);
  CHECK(line.said().empty());
  CHECK(line.sockets().discarded == std::vector<SocketId>{{1}});
}

TEST_CASE("client speech: what is no WELCOME before WELCOME is a failed attempt", "[client]") {
  const std::string frame =
      GENERATE("[3,0]", "[4,0,4400,\"\"]", "[9,0]", R"([5,"board",3,"e1",120,true])",
               R"([5,"board",null,4403,""])", "[6,3,\"e1\",120]", "[8,1012,\"\",0,0]", "[10,1,17]");
  SpeakingLine line;
  line.subscribe("board");
  line.greet();
  line.reports();
  line.hear(frame);
  INFO(frame);
  CHECK(line.reports() == faulted);
}

TEST_CASE("client speech: a frame of a later version is ignored, early or late", "[client]") {
  SpeakingLine line;
  line.greet();
  line.hear("[99,true]");
  CHECK(line.phase() == Phase::opening);
  line.welcome();
  line.hear("[99,true]");
  CHECK(line.phase() == Phase::open);
}

TEST_CASE("client speech: publications before WELCOME are a fault, and their frame is freed",
          "[client]") {
  SpeakingLine line;
  line.greet();
  line.reports();
  line.hear_batch(40, {{3, 1, 1, {"1"}}});
  CHECK(line.reports() == std::string{"read 40; "} + faulted);
}

TEST_CASE("client speech: a malformed frame ends the connection with 4400", "[client]") {
  const std::string frame =
      GENERATE("", "{}", "[]", "[3]", "[3,-1]", "[3,0", "[1,{}]", "[9,9007199254740992]");
  SpeakingLine line;
  line.begin();
  line.hear(frame);
  INFO(frame);
  CHECK(line.reports() == "status waiting attempt 1 retry at 1000; error; close 1006");
  CHECK(line.sockets().discarded == std::vector<SocketId>{{1}});
  REQUIRE(line.sockets().closed.size() == 1);
  CHECK(line.sockets().closed[0].code == 4400);
  CHECK(line.sockets().closed[0].reason.empty());
}

TEST_CASE("client speech: a malformed binary frame does as well, and is freed", "[client]") {
  const std::string frame = GENERATE(std::string{}, std::string{"\x0c"}, std::string{"\x0b"},
                                     std::string{"\x0b\x03\x01\x01\x01\x05"});
  SpeakingLine line;
  line.begin();
  line.hear_on(line.socket(), frame, 40);
  CHECK(line.reports() == std::string{"read 40; "} + faulted);
}

TEST_CASE("client speech: the third faulty connection in a row fails the line", "[client]") {
  SpeakingLine line;
  line.greet();
  line.unspoken();
  CHECK(line.phase() == Phase::waiting);
  line.greet();
  line.advance(Speech::welcome_timeout);
  CHECK(line.phase() == Phase::waiting);
  line.begin();
  line.hear("{}");
  CHECK(line->state().failure == Failure::protocol);
  CHECK(line.reports() == "status failed protocol attempt 2; error; close 1006");
  CHECK(line.clock().alarm() == Instant::never());
}

TEST_CASE("client speech: attempts that fail otherwise do not count as faults", "[client]") {
  SpeakingLine line;
  for (int i = 0; i < 5; ++i) {
    line.greet();
    line.lose();
  }
  CHECK(line.phase() == Phase::waiting);
  line.greet();
  line.unspoken();
  line.greet();
  line.unspoken();
  CHECK(line.phase() == Phase::waiting);
}

TEST_CASE("client speech: faults are forgotten once the line is stable, or begins afresh",
          "[client]") {
  SpeakingLine line;
  for (int i = 0; i < 2; ++i) {
    line.greet();
    line.unspoken();
  }
  SECTION("stable") {
    line.begin();
    line.advance(Duration::seconds(5));
    line.hear("{}");
    CHECK(line.phase() == Phase::waiting);
    line.greet();
    line.unspoken();
    CHECK(line.phase() == Phase::waiting);
    line.greet();
  }
  SECTION("reconnect()") {
    line.reconnect();
    line.url_ready();
    line.opened();
    line.unspoken();
    CHECK(line.phase() == Phase::waiting);
    line.greet();
    line.unspoken();
    CHECK(line.phase() == Phase::waiting);
    line.greet();
  }
  line.unspoken();
  CHECK(line->state().failure == Failure::protocol);
  line.reconnect();  // the way out of a failed line
  CHECK(line.phase() == Phase::asking);
}

TEST_CASE("client speech: frames of a socket that is gone are freed, and say nothing", "[client]") {
  SpeakingLine line;
  line.subscribe("board");
  line.begin(board_granted);
  line.begin_again(R"(["board",3,"e1",120,true])");
  const SocketId gone{1};
  line.hear_on(gone, batch_frame({{3, 121, 121, {"1"}}}), 40);
  CHECK(line.reports() == "drop 40 stale");
  line.hear_on(gone, "{}");
  line.hear_on(gone, "[9,7]");
  CHECK(line.reports().empty());
  CHECK(line.said().empty());
  CHECK(line.phase() == Phase::open);
}

TEST_CASE("client speech: frames are freed in every phase, also between attempts", "[client]") {
  SpeakingLine line;
  line.begin();
  line.close();
  line.reports();
  line.hear_batch(40, {{3, 1, 1, {"1"}}});
  line.hear("[3,0]");
  CHECK(line.reports() == "drop 40 stale");
  line.lose(close_normal);
  line.reports();
  line.hear_batch(41, {{3, 1, 1, {"1"}}});
  CHECK(line.reports() == "drop 41 stale");
}
