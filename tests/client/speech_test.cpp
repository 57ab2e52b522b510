#include <openline/client/speech.hpp>

#include <support/catch.hpp>
#include <support/speech_on_fakes.hpp>

#include <optional>
#include <string>
#include <utility>

using namespace openline;

TEST_CASE("speech: who is not connected says nothing", "[client]") {
  SpeechOnFakes line;
  REQUIRE(line.speech.subscribe("board", std::nullopt));
  line.speech.resubscribe({1}, Position{"e1", 1});
  line.speech.unsubscribe({1});
  CHECK(line.texts().empty());
  CHECK(line.reports().empty());
  CHECK(line.speech.next_due() == Instant::never());
}

TEST_CASE("speech: subscriptions out of bounds are refused, and say nothing", "[client]") {
  SpeechOnFakes line;
  line.begin();
  CHECK_FALSE(line.speech.subscribe("", std::nullopt));
  CHECK_FALSE(line.speech.subscribe("s", Position{"", 1}));
  line.speech.resubscribe({9}, std::nullopt);
  line.speech.unsubscribe({9});
  CHECK(line.texts().empty());
}

TEST_CASE("speech: a greeting waits for WELCOME for five seconds", "[client]") {
  SpeechOnFakes line;
  CHECK_FALSE(line.speech.is_greeting());
  line.speech.greet(it);
  CHECK(line.speech.is_greeting());
  CHECK(line.speech.next_due() == line.now() + Duration::seconds(5));
  REQUIRE(line.welcome() == Heard::welcome);
  CHECK_FALSE(line.speech.is_greeting());
  CHECK(line.speech.next_due() == Instant::never());
  CHECK(line.welcome() == Heard::fault);
}

TEST_CASE("speech: a greeting that ends waits for nothing", "[client]") {
  SpeechOnFakes line;
  line.speech.greet(it);
  line.speech.end();
  CHECK_FALSE(line.speech.is_greeting());
  CHECK(line.speech.next_due() == Instant::never());
  CHECK(line.welcome() == Heard::fault);
}

TEST_CASE("speech: WELCOME is acted on where the line begins, not before", "[client]") {
  SpeechOnFakes line;
  REQUIRE(line.speech.subscribe("board", std::nullopt));
  line.speech.greet(it);
  line.texts();
  REQUIRE(line.welcome(R"(["board",3,"e1",7,true])") == Heard::welcome);
  REQUIRE(line.speech.subscribe("chat", std::nullopt));
  CHECK(line.reports().empty());
  CHECK(line.texts().empty());
  REQUIRE(line.speech.begin());
  CHECK(line.reports() == "subscribed 1 at e1/7");
  CHECK(line.texts() == Texts{R"([5,"chat",null])"});
}

TEST_CASE("speech: HELLO names what is wanted, and leaves out what is lost", "[client]") {
  SpeechOnFakes line;
  REQUIRE(line.speech.subscribe("lost", Position{"e1", 1}));
  REQUIRE(line.speech.subscribe("wanted", Position{"e1", 2}));
  line.begin(R"(["lost",1,"e1",9,false],["wanted",2,"e1",9,true])");
  line.speech.end();
  line.speech.greet(it);
  const Texts texts = line.texts();
  REQUIRE(texts.size() == 1);
  CHECK(texts[0].find(R"("s":[["wanted",["e1",2]]])") != std::string::npos);
}

TEST_CASE("speech: each binary frame is given back, read or not", "[client]") {
  SpeechOnFakes line;
  CHECK(line.speech.hear({{40}, batch_frame({{3, 1, 1, {"1"}}})}) == Heard::fault);
  CHECK(line.reports() == "read 40");
  line.begin();
  CHECK(line.speech.hear({{41}, "?"}) == Heard::fault);
  CHECK(line.speech.hear({{42}, batch_frame({{3, 1, 1, {"1"}}})}) == Heard::nothing);
  CHECK(line.reports() == "read 41; read 42");
}

TEST_CASE("speech: a subscription that could not leave is asked for again", "[client]") {
  SpeechOnFakes line;
  line.begin();
  line.fakes.sockets->outcomes = {SendOutcome::not_open};
  REQUIRE(line.speech.subscribe("board", std::nullopt));
  CHECK(line.texts().empty());
  line.begin();
  CHECK(line.hear(R"([5,"board",3,"e1",7,true])") == Heard::nothing);
  CHECK(line.reports() == "subscribed 1 at e1/7");
}

TEST_CASE("speech: a HELLO that could not leave asked for nothing", "[client]") {
  SpeechOnFakes line;
  REQUIRE(line.speech.subscribe("board", std::nullopt));
  line.fakes.sockets->outcomes = {SendOutcome::not_open};
  line.speech.greet(it);
  CHECK(line.texts().empty());
  CHECK(line.speech.is_greeting());  // the close event is on its way, and if not, the clock
  line.begin(R"(["board",3,"e1",7,true])");
  CHECK(line.speech.next_due() == Instant::never());
}

TEST_CASE("speech: the silence that is allowed is that of WELCOME", "[client]") {
  SpeechOnFakes line;
  line.begin("", {.hb = 4'000, .idle = 7'000});
  HeartbeatOptions asked;
  asked.probe_timeout = Duration::seconds(9);
  const HeartbeatOptions allowed = line.speech.heartbeat(asked);
  CHECK(allowed.interval == Duration::seconds(4));
  CHECK(allowed.timeout == Duration::seconds(3));
  CHECK(allowed.probe_timeout == Duration::seconds(9));
}

TEST_CASE("speech: a RECOVER that waits is due, and not on the next connection", "[client]") {
  SpeechOnFakes line;
  REQUIRE(line.speech.subscribe("board", std::nullopt));
  line.begin(R"(["board",3,"e1",7,true])");
  REQUIRE(line.speech.hear({{40}, batch_frame({{3, 9, 9, {"1"}}})}) == Heard::nothing);
  CHECK(line.texts() == Texts{R"([7,3,"e1",7])"});
  CHECK(line.speech.next_due() == line.now() + Inbox::answer_timeout);
  line.speech.end();
  CHECK(line.speech.next_due() == Instant::never());
}
