#include <openline/client/client.hpp>

#include <support/catch.hpp>
#include <support/speaking_line.hpp>

#include <string>

using namespace openline;

TEST_CASE("client streams: a stream that comes up while HELLO is under way waits for WELCOME",
          "[client]") {
  SpeakingLine line;
  line.greet();
  line.said();
  line.subscribe("board");
  CHECK(line.said().empty());
  line.welcome();
  CHECK(line.said() == R"([5,"board",null])");
}

TEST_CASE("client streams: a stream that is let go before WELCOME is let go after it", "[client]") {
  SpeakingLine line;
  line.subscribe("board");
  line.greet();
  line.said();
  line.unsubscribe(1);
  CHECK(line.said().empty());
  SECTION("for good") {
    line.welcome(R"(["board",3,"e1",120,true])");
    CHECK(line.said() == R"([6,"board"])");
  }
  SECTION("and was refused anyway") {
    line.welcome(R"(["board",null,4403,"no"])");
    CHECK(line.said().empty());
  }
  SECTION("and asked for anew: the one replaces the other") {
    line.subscribe("board", Position{"e1", 100});
    line.welcome(R"(["board",3,"e1",120,true])");
    CHECK(line.said() == R"([5,"board",["e1",100]])");
  }
  CHECK(line.reports().find("board") == std::string::npos);
}

TEST_CASE("client streams: what does not fit HELLO is subscribed to after WELCOME", "[client]") {
  SpeakingLine line;
  constexpr int count = 200;  // of about 266 bytes each: 53 KiB
  for (int i = 0; i < count; ++i) {
    REQUIRE(line.subscribe(std::string(250, 's') + std::to_string(1'000 + i)) != 0);
  }
  line.greet();
  REQUIRE(line.sockets().texts.size() == 1);
  CHECK(line.sockets().texts[0].size() <= 32'768);
  CHECK(line.sockets().texts[0].size() > 32'000);
  line.sockets().texts.clear();
  std::string answers;
  const auto named = [&](int i) { return std::string(250, 's') + std::to_string(1'000 + i); };
  constexpr int in_hello = 123;
  for (int i = 0; i < in_hello; ++i) {
    answers +=
        (i == 0 ? "" : ",") + ("[\"" + named(i) + "\"," + std::to_string(i)) + ",\"e\",0,true]";
  }
  line.welcome(answers);
  REQUIRE(line.sockets().texts.size() == count - in_hello);
  CHECK(line.sockets().texts[0] == "[5,\"" + named(in_hello) + "\",null]");
  CHECK(line.sockets().texts.back() == "[5,\"" + named(count - 1) + "\",null]");
}

TEST_CASE("client speech: whoever looks late for WELCOME looks once more", "[client]") {
  SpeakingLine line;
  line.greet();
  SECTION("and takes what stood behind the first look") {
    line.advance(Duration::milliseconds(7'500));  // the page was blocked
    CHECK(line.phase() == Phase::opening);
    line.welcome();
    CHECK(line.phase() == Phase::open);
  }
  SECTION("but no further time") {
    line.advance(Duration::milliseconds(7'500));
    line.advance(Duration::milliseconds(999));
    CHECK(line.phase() == Phase::opening);
    line.advance(Duration::milliseconds(1));
    CHECK(line.phase() == Phase::waiting);
  }
  SECTION("which a look in good time does not give") {
    line.advance(Duration::milliseconds(6'900));
    CHECK(line.phase() == Phase::waiting);
  }
}

TEST_CASE("client speech: a server that has welcomed the line before may be slow", "[client]") {
  SpeakingLine line;
  line.begin();
  line.lose();
  for (int attempt = 0; attempt < 5; ++attempt) {
    line.greet();
    line.advance(Speech::welcome_timeout);
    CHECK(line.phase() == Phase::waiting);
  }
  line.begin();
  CHECK(line.phase() == Phase::open);
}
