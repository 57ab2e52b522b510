#include <openline/client/client.hpp>

#include <support/catch.hpp>
#include <support/speaking_line.hpp>

#include <algorithm>
#include <cstdint>
#include <string>

using namespace openline;

namespace {

constexpr auto dead_at_35 = "status waiting attempt 1 retry at 36000; error; close 1006";

}  // namespace

TEST_CASE("client silence: a silent server is asked for a heartbeat, and dead without it",
          "[client]") {
  SpeakingLine line;  // the line asked for no heartbeat itself: WELCOME decides
  line.begin();
  line.advance(Duration::milliseconds(24'999));
  CHECK(line.said().empty());
  line.advance(Duration::milliseconds(1));
  CHECK(line.said() == "[9,0,1]");
  CHECK(line.reports().empty());  // the application is not asked for a ping
  line.advance(Duration::milliseconds(9'999));
  CHECK(line.phase() == Phase::open);
  line.advance(Duration::milliseconds(1));
  CHECK(line.reports() == dead_at_35);
  CHECK(line.sockets().discarded.size() == 1);
  CHECK(line->state().faults == 0);  // silence is no fault of the protocol
}

TEST_CASE("client silence: the times are those of the newest WELCOME", "[client]") {
  SpeakingLine line;
  line.begin();
  line.begin_again("", {.hb = 2'000, .idle = 3'000});
  line.advance(Duration::seconds(2));
  CHECK(line.said() == "[9,0,1]");
  line.advance(Duration::seconds(1));
  CHECK(line.phase() == Phase::waiting);
}

TEST_CASE("client silence: any frame is a sign of life", "[client]") {
  const std::string frame = GENERATE("[3,0]", "[9,0]", "[99]", "[10,7,1]", "");
  SpeakingLine line;
  line.begin();
  line.advance(Duration::seconds(25));
  REQUIRE(line.said() == "[9,0,1]");
  line.advance(Duration::seconds(5));
  if (frame.empty()) {
    line.hear_batch(40, {{3, 1, 1, {"1"}}});
  } else {
    line.hear(frame);
  }
  line.advance(Duration::seconds(24));
  CHECK(line.phase() == Phase::open);
  line.said();
  line.advance(Duration::seconds(1));
  CHECK(line.said() == "[9,0,1]");
}

TEST_CASE("client silence: a heartbeat is answered with the last ack that came", "[client]") {
  SpeakingLine line;
  line.begin("", {.ack = 0});
  REQUIRE(line.send(1) == SendResult::sent);
  REQUIRE(line.send(2) == SendResult::sent);
  line.said();
  line.hear("[9,1]");  // and bears one itself
  CHECK(line.reports() == "settled 1 acked");
  CHECK(line.said() == "[9,1]");
  line.hear(R"([4,2,1,"no"])");
  line.hear("[9,0]");  // it never goes back
  CHECK(line.said() == "[9,2]");
  line.advance(Duration::seconds(25));
  CHECK(line.said() == "[9,2,1]");
}

TEST_CASE("client silence: the ack of WELCOME is echoed as well", "[client]") {
  SpeakingLine line;
  line.begin();
  REQUIRE(line.send(1) == SendResult::sent);
  line.begin_again("", {.ack = 1});
  line.hear("[9,1]");
  CHECK(line.said() == "[9,1]");
}

TEST_CASE("client silence: a page that is shown again asks at once", "[client]") {
  SpeakingLine line;
  line.begin();
  line.signal(PageSignal::hidden);
  line.signal(PageSignal::shown);
  CHECK(line.said() == "[9,0,1]");
  line.advance(HeartbeatOptions{}.probe_timeout);
  CHECK(line.phase() == Phase::waiting);
}

TEST_CASE("client goaway: no more messages leave, and those under way are settled", "[client]") {
  SpeakingLine line;
  line.begin();
  REQUIRE(line.send(1) == SendResult::sent);
  line.said();
  line.hear(R"([8,1012,"restarting",0,0])");
  CHECK(line.phase() == Phase::open);
  CHECK(line.send(2) == SendResult::queued);
  line.hear("[3,1]");
  CHECK(line.reports() == "settled 1 acked");
  CHECK(line.said().empty());
  line.lose(1012);
  line.begin();
  CHECK(line.send(3) == SendResult::sent);
  line.hear("[3,3]");
  CHECK(line.reports() == "settled 2 acked; settled 3 acked");
}

TEST_CASE("client goaway: the line comes back when it was told to", "[client]") {
  SpeakingLine line;
  line.begin();
  line.hear(R"([8,1012,"restarting",8000,0])");
  SECTION("counted from then on, not from the close") {
    line.advance(Duration::seconds(2));
    line.lose(1012);
    CHECK(line->state().deadline == Instant::from_milliseconds(8'000));
  }
  SECTION("however the connection ends") {
    line.lose();
    CHECK(line->state().deadline == Instant::from_milliseconds(8'000));
  }
  SECTION("but the words of the close itself count more") {
    line.lose(1012, R"({"retryAfterMs":20000})");
    CHECK(line->state().deadline == Instant::from_milliseconds(20'000));
  }
  SECTION("at once, as soon as a retry may, where that time has passed") {
    line.advance(Duration::seconds(9));
    line.lose(1012);
    CHECK(line->state().deadline == Instant::from_milliseconds(10'000));
  }
}

TEST_CASE("client goaway: clients come back spread over the time that the server gave",
          "[client]") {
  Instant earliest = Instant::never();
  Instant latest;
  for (std::uint64_t seed = 1; seed <= 50; ++seed) {
    SpeakingLine line{config_of_tests(), seed};
    line.begin();
    line.hear(R"([8,1012,"restarting",2000,5000])");
    line.lose(1012);
    earliest = std::min(earliest, line->state().deadline);
    latest = std::max(latest, line->state().deadline);
  }
  CHECK(earliest >= Instant::from_milliseconds(2'000));
  CHECK(earliest < Instant::from_milliseconds(3'000));
  CHECK(latest > Instant::from_milliseconds(6'000));
  CHECK(latest <= Instant::from_milliseconds(7'000));
}

TEST_CASE("client goaway: no server keeps its clients away for ever", "[client]") {
  SpeakingLine line;
  line.begin();
  line.hear(R"([8,1012,"",9007199254740991,9007199254740991])");
  line.lose(1012);
  CHECK(line->state().deadline == Instant::from_milliseconds(300'000));
}

TEST_CASE("client goaway: it holds for one connection", "[client]") {
  SpeakingLine line;
  line.begin();
  line.hear(R"([8,1012,"restarting",8000,0])");
  line.lose(1012);
  line.begin();
  line.lose();
  CHECK(line->state().deadline == line.clock().now() + Duration::seconds(1));
}
