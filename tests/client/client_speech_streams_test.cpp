#include <openline/client/client.hpp>

#include <support/catch.hpp>
#include <support/speaking_line.hpp>

#include <string>

using namespace openline;

namespace {

/// A line that is subscribed to "board" under index 3, known up to e1/120; the stream is 1.
struct BoardLine : SpeakingLine {
  BoardLine() {
    REQUIRE(subscribe("board") == 1);
    begin(R"(["board",3,"e1",120,true])");
  }
};

std::string hello_after(int offset) {
  return R"([1,{"v":1,"c":"…","n":1,"s":[["board",["e1",)" + std::to_string(offset) + "]]]}]";
}

}  // namespace

TEST_CASE("client streams: publications are told with where they lie, then the frame is free",
          "[client]") {
  BoardLine line;
  line.hear_on(line.socket(), batch_frame({{3, 121, 122, {R"({"a":1})", R"({"a":2})"}}}), 40);
  REQUIRE(line->reports().size() == 2);
  // The frame of PROTOCOL.md, Sequences: payloads begin behind 7 bytes, and have 15 with the comma.
  CHECK(line->reports()[0] == Report{PublicationsReport{{1}, {40}, 2, 7, 15, 122, 1}});
  CHECK(line->reports()[1] == Report{FrameReadReport{{40}}});
}

TEST_CASE("client streams: one frame may bear runs of several streams, and empty ones",
          "[client]") {
  BoardLine line;
  line.subscribe("chat");
  line.hear(R"([5,"chat",4,"e9",0,true])");
  line.reports();
  line.hear_batch(40,
                  {{3, 121, 121, {"1"}}, {4, 1, 2, {"2"}}, {3, 122, 125, {}}, {9, 1, 1, {"3"}}});
  CHECK(line.reports() ==
        "publications 1 x1 up to 121; publications 2 x1 up to 2; "
        "publications 1 x0 up to 125; read 40");
}

TEST_CASE("client streams: a position outlives the socket", "[client]") {
  BoardLine line;
  line.hear_batch(40, {{3, 121, 122, {"1", "2"}}});
  line.lose();
  line.greet();
  CHECK(line.said() == hello_after(122));
  line.reports();
  line.welcome(R"(["board",3,"e1",123,true])");
  CHECK(line.reports() == "status open attempt 1; open; outage 1000 ms; subscribed 1 at e1/122");
  line.hear_batch(41, {{3, 123, 123, {"3"}}});
  CHECK(line.reports() == "publications 1 x1 up to 123; read 41");
}

TEST_CASE("client streams: a duplicate is ignored", "[client]") {
  BoardLine line;
  line.hear_batch(40, {{3, 119, 120, {"1", "2"}}});
  CHECK(line.reports() == "read 40");
  CHECK(line.said().empty());
}

TEST_CASE("client streams: a gap is asked for once, until it is answered", "[client]") {
  BoardLine line;
  line.hear_batch(40, {{3, 122, 122, {"2"}}});
  CHECK(line.said() == R"([7,3,"e1",120])");
  line.hear_batch(41, {{3, 123, 123, {"3"}}});
  CHECK(line.said().empty());
  CHECK(line.reports() == "read 40; read 41");
  line.hear_batch(42, {{3, 121, 123, {"1", "2", "3"}}});
  CHECK(line.reports() == "publications 1 x3 up to 123; read 42");
  line.hear_batch(43, {{3, 127, 127, {"7"}}});
  CHECK(line.said() == R"([7,3,"e1",123])");
}

TEST_CASE("client streams: a RECOVER without an answer in ten seconds ends the connection",
          "[client]") {
  BoardLine line;
  line.hear_batch(40, {{3, 122, 122, {"2"}}});
  line.reports();
  for (int i = 0; i < 9; ++i) {
    line.advance(Duration::seconds(1));
    line.hear("[9,0]");  // the server is alive, and does not answer
  }
  line.advance(Duration::milliseconds(999));
  CHECK(line.reports().empty());
  line.advance(Duration::milliseconds(1));
  CHECK(line.reports() == "status waiting attempt 1 retry at 11000; error; close 1006");
  line.said();
  line.greet();
  CHECK(line.said() == hello_after(120));
}

TEST_CASE("client streams: one resync for a gap, and then nothing until subscribed anew",
          "[client]") {
  BoardLine line;
  line.hear_batch(40, {{3, 122, 122, {"2"}}});
  line.hear(R"([6,3,"e1",9000])");
  CHECK(line.reports() == "read 40; resync 1 top e1/9000");
  line.hear(R"([6,3,"e1",9001])");
  line.hear_batch(41, {{3, 121, 121, {"1"}}});
  CHECK(line.reports() == "read 41");
  line.advance(Duration::seconds(10));
  CHECK(line.phase() == Phase::open);  // RECOVER was answered
  line.said();
  line->speech()->resubscribe({1}, Position{"e1", 9'010});
  CHECK(line.said() == R"([5,"board",["e1",9010]])");
  line.hear(R"([5,"board",4,"e1",9012,true])");
  CHECK(line.reports() == "subscribed 1 at e1/9010");
}

TEST_CASE("client streams: what the history cannot tell is a resync, asked for only once",
          "[client]") {
  const std::string answer =
      GENERATE(R"(["board",3,"e1",9000,false])", R"(["board",3,"e2",9000,true])",
               R"(["board",3,"e1",7,true])");
  BoardLine line;
  line.lose();
  line.greet();
  line.reports();
  line.welcome(answer);
  const std::string reports = line.reports();
  CHECK(reports.find("resync 1 top") != std::string::npos);
  CHECK(reports.find("subscribed") == std::string::npos);
  // The application has been told: the next HELLO does not ask for this stream again.
  line.lose();
  line.said();
  line.greet();
  CHECK(line.said() == R"([1,{"v":1,"c":"…","n":1,"s":[]}])");
}

TEST_CASE("client streams: a stream is subscribed to at once where the line is open", "[client]") {
  BoardLine line;
  REQUIRE(line.subscribe("chat", Position{"e7", 5}) == 2);
  CHECK(line.said() == R"([5,"chat",["e7",5]])");
  line.hear(R"([5,"chat",4,"e7",6,true])");
  CHECK(line.reports() == "subscribed 2 at e7/5");
}

TEST_CASE("client streams: a stream that is let go is told so, and its late frames are ignored",
          "[client]") {
  BoardLine line;
  line.unsubscribe(1);
  CHECK(line.said() == R"([6,"board"])");
  line.hear_batch(40, {{3, 121, 121, {"1"}}});
  line.hear(R"([6,3,"e1",9000])");
  CHECK(line.reports() == "read 40");
  line.unsubscribe(1);
  CHECK(line.said().empty());
}

TEST_CASE("client streams: only the last of two answers for a stream counts", "[client]") {
  BoardLine line;
  line.unsubscribe(1);
  const std::uint32_t second = line.subscribe("board", Position{"e1", 110});
  line.unsubscribe(second);
  const std::uint32_t third = line.subscribe("board");
  CHECK(line.said() == R"([6,"board"] [5,"board",["e1",110]] [6,"board"] [5,"board",null])");
  line.hear(R"([5,"board",4,"e1",120,true])");
  line.hear_batch(40, {{4, 111, 111, {"1"}}});
  CHECK(line.reports() == "read 40");
  line.hear(R"([5,"board",5,"e1",121,true])");
  CHECK(line.reports() == "subscribed " + std::to_string(third) + " at e1/121");
}

TEST_CASE("client streams: a refusal is told, and asked about again on the next connection",
          "[client]") {
  SpeakingLine line;
  line.subscribe("board");
  line.greet();
  line.reports();
  line.welcome(R"(["board",null,4403,"not yours"])");
  CHECK(line.reports() == "status open; open; denied 1 4403 not yours");
  line.hear_batch(40, {{3, 1, 1, {"1"}}});
  CHECK(line.reports() == "read 40");
  line.lose();
  line.said();
  line.greet();
  CHECK(line.said() == R"([1,{"v":1,"c":"…","n":1,"s":[["board",null]]}])");
}

TEST_CASE("client streams: a subscription that the server ends unasked is told so", "[client]") {
  BoardLine line;
  line.hear_batch(40, {{3, 122, 122, {"2"}}});  // also while a gap is open
  line.reports();
  line.hear(R"([5,"board",null,4403,"not any more",true])");
  CHECK(line.reports() == "denied 1 4403 not any more");
  line.advance(Inbox::answer_timeout);
  CHECK(line.phase() == Phase::open);
  line->speech()->resubscribe({1}, std::nullopt);
  line.hear(R"([5,"board",4,"e1",130,true])");
  CHECK(line.reports() == "subscribed 1 at e1/130");
}
