#include <openline/client/speech.hpp>

#include <support/catch.hpp>
#include <support/speech_on_fakes.hpp>

using namespace openline;

TEST_CASE("speech: an answer that is no answer to HELLO changes nothing", "[client]") {
  SpeechOnFakes line;
  line.begin(R"(["unheard of",3,"e1",7,true])");
  CHECK(line.reports().empty());
}

TEST_CASE("speech: only what makes room or is wrong is for the client to know", "[client]") {
  SpeechOnFakes line;
  line.begin();
  CHECK(line.hear("[3,0]") == Heard::room);
  CHECK(line.hear("[9,0]") == Heard::room);
  CHECK(line.hear("[10,1,null]") == Heard::nothing);
  CHECK(line.hear(R"([5,"other",3,"e1",7,true])") == Heard::nothing);
  CHECK(line.hear(R"([6,3,"e1",7])") == Heard::nothing);
  CHECK(line.hear(R"([8,1012,"",0,0])") == Heard::nothing);
  CHECK(line.hear("[77]") == Heard::nothing);
  CHECK(line.hear("[3,1]") == Heard::fault);
  CHECK(line.hear("nonsense") == Heard::fault);
}

TEST_CASE("speech: GOAWAY is a time from when it came, and goes with the connection", "[client]") {
  SpeechOnFakes line;
  line.begin();
  CHECK_FALSE(line.speech.come_back_after());
  REQUIRE(line.hear(R"([8,1012,"restarting",3000,0])") == Heard::nothing);
  CHECK(line.speech.come_back_after() == Duration::seconds(3));
  line.fakes.clock->advance(Duration::seconds(2));
  CHECK(line.speech.come_back_after() == Duration::seconds(1));
  line.fakes.clock->advance(Duration::seconds(2));
  CHECK(line.speech.come_back_after() == Duration{});
  line.speech.end();
  CHECK_FALSE(line.speech.come_back_after());
}
