#include <openline/client/client.hpp>

#include <support/catch.hpp>
#include <support/speaking_line.hpp>

#include <cstdint>
#include <string>

using namespace openline;

namespace {

ClientConfig with_queue(const OutboxLimits& outbox) {
  ClientConfig config = config_of_tests();
  config.options.sender.outbox = outbox;
  return config;
}

void send(SpeakingLine& line, std::uint32_t first, std::uint32_t last) {
  for (std::uint32_t handle = first; handle <= last; ++handle) {
    REQUIRE(line.send(handle) == SendResult::sent);
  }
}

}  // namespace

TEST_CASE("client messages: a message is numbered as it leaves, and settled by an ack",
          "[client]") {
  SpeakingLine line;
  line.begin();
  CHECK(line.send_unmeasured(1) == SendResult::measure);  // its bytes count at once
  send(line, 1, 3);
  CHECK(line.said() == "[2,1,#1] [2,2,#2] [2,3,#3]");
  CHECK(line.reports().empty());
  line.hear("[3,2]");
  CHECK(line.reports() == "settled 1 acked; settled 2 acked");
  line.hear("[3,2]");
  line.hear("[3,1]");
  CHECK(line.reports().empty());
}

TEST_CASE("client messages: a reply comes before the ack, a refusal bears its words", "[client]") {
  SpeakingLine line;
  line.begin();
  send(line, 1, 3);
  line.hear(R"([10,1,{"id": 17}])");
  line.hear(R"([4,2,4400,"a message needs a text"])");
  line.hear("[3,3]");
  CHECK(line.reports() ==
        "reply 1 {\"id\": 17}; settled 1 acked; "
        "settled 2 rejected 4400 a message needs a text; settled 3 acked");
  line.hear("[10,1,18]");
  CHECK(line.reports().empty());
}

TEST_CASE("client messages: an ack of what was never sent ends the connection", "[client]") {
  const std::string frame = GENERATE("[3,2]", "[4,2,1,\"\"]", "[4,0,1,\"\"]", "[9,2]");
  SpeakingLine line;
  line.begin();
  send(line, 1, 1);
  line.hear(frame);
  INFO(frame);
  CHECK(line.reports() == "status waiting attempt 1 retry at 1000; error; close 1006");
  line.begin("", {.ack = 0});
  CHECK(line->state().faults == 1);
}

TEST_CASE("client messages: a WELCOME that settles what was never sent is a fault", "[client]") {
  SpeakingLine line;
  line.begin();
  send(line, 1, 2);
  line.lose();
  line.greet();
  line.said();
  line.welcome("", {.ack = 3});
  CHECK(line.phase() == Phase::waiting);
  CHECK(line.said().empty());
}

TEST_CASE("client messages: what is not settled leaves again on the next connection", "[client]") {
  SpeakingLine line;
  line.begin();
  send(line, 1, 4);
  line.hear("[3,1]");
  line.said();
  line.lose();
  CHECK(line.send(5) == SendResult::queued);
  line.reports();
  line.greet();
  CHECK(line.said() == R"([1,{"v":1,"c":"…","n":2,"s":[]}])");
  line.welcome("", {.ack = 2});
  CHECK(line.said() == "[2,3,#3] [2,4,#4] [2,5,#5]");
  CHECK(line.reports() ==
        "status asking attempt 1; url 2; status opening attempt 1; status open attempt 1; "
        "open; outage 1000 ms; settled 2 acked");
}

TEST_CASE("client messages: the client id is that of the line, on each connection", "[client]") {
  SpeakingLine line;
  line.greet();
  line.said();
  const std::string id = line.client_id();
  CHECK(id.size() == 22);
  line.lose();
  line.greet();
  line.said();
  CHECK(line.client_id() == id);
}

TEST_CASE("client messages: what waits leaves behind WELCOME, in order", "[client]") {
  SpeakingLine line;
  REQUIRE(line.send(1) == SendResult::queued);
  line.greet();
  REQUIRE(line.send(2) == SendResult::queued);
  CHECK(line.said() == R"([1,{"v":1,"c":"…","n":1,"s":[]}])");
  line.welcome();
  CHECK(line.said() == "[2,1,#1] [2,2,#2]");
  CHECK(line->outbox().is_empty());
}

TEST_CASE("client messages: nothing is lost when the credentials are refused before WELCOME",
          "[client]") {
  SpeakingLine line;
  REQUIRE(line.send(1) == SendResult::queued);
  line.begin();
  REQUIRE(line.send(2) == SendResult::sent);
  line.lose();
  REQUIRE(line.send(3) == SendResult::queued);
  line.greet();
  line.lose(4401, "who are you");
  REQUIRE(line.phase() == Phase::refreshing);
  line->credentials_ready(line.socket());
  line->pump();
  line.said();
  line.begin();
  line.hear("[3,3]");
  CHECK(line.reports() == "settled 1 acked; settled 2 acked; settled 3 acked");
}

TEST_CASE("client messages: more than the window of the server waits", "[client]") {
  SpeakingLine line;
  line.begin("", {.win = 2});
  send(line, 1, 2);
  CHECK(line.send(3) == SendResult::queued);
  CHECK(line.send(4) == SendResult::queued);
  CHECK(line.said() == "[2,1,#1] [2,2,#2]");
  line.hear("[3,1]");
  CHECK(line.said() == "[2,3,#3]");
  line.hear(R"([4,2,1,"no"])");
  CHECK(line.said() == "[2,4,#4]");
  CHECK(line.send(5) == SendResult::queued);
  line.hear("[9,4]");  // a heartbeat makes up for an ack
  CHECK(line.said() == "[9,4] [2,5,#5]");
}

TEST_CASE("client messages: more than 256 KiB under way waits", "[client]") {
  SpeakingLine line;
  line.begin("", {.max = 300'000});
  CHECK(line.send(1, 200'000) == SendResult::sent);
  CHECK(line.send(2, 62'144) == SendResult::sent);
  CHECK(line.send(3, 1) == SendResult::queued);
  line.hear("[3,1]");
  CHECK(line.said() == "[2,1,#1] [2,2,#2] [2,3,#3]");
}

TEST_CASE("client messages: what is larger than the server allows is settled unsent", "[client]") {
  SpeakingLine line;
  line.begin("", {.max = 100});
  REQUIRE(line.send(1, 95) == SendResult::sent);
  CHECK(line.reports() == "settled 1 too large");
  REQUIRE(line.send(2, 94) == SendResult::sent);
  CHECK(line.said() == "[2,1,#2]");
}

TEST_CASE("client messages: only what has never left expires or makes room", "[client]") {
  SpeakingLine line{with_queue({2, 10'000, Duration::seconds(10), Overflow::drop_oldest})};
  line.begin("", {.win = 2});
  send(line, 1, 2);
  line.lose();
  line.reports();
  for (std::uint32_t handle = 3; handle <= 5; ++handle) {
    CHECK(line.send(handle) == SendResult::queued);
  }
  CHECK(line.reports() == "drop 3 overflow");
  line.clock().advance(Duration::seconds(10));
  line.begin();
  CHECK(line->outbox().is_empty());
  line.hear("[3,2]");
  CHECK(line.reports() == "settled 1 acked; settled 2 acked");
}

TEST_CASE("client messages: a line without a queue sends while the window has room", "[client]") {
  SpeakingLine line{with_queue({0, 10'000})};
  CHECK(line.send(1) == SendResult::refused_queue_messages);
  line.begin("", {.win = 1});
  CHECK(line.send(2) == SendResult::sent);
  CHECK(line.said() == "[2,1,#2]");
  CHECK(line.send(3) == SendResult::refused_queue_messages);
  line.hear("[3,1]");
  CHECK(line.send(4) == SendResult::sent);
}
