#include <openline/client/client.hpp>

#include <support/catch.hpp>
#include <support/speaking_line.hpp>

#include <cstdint>
#include <string>

using namespace openline;

namespace {

void send(SpeakingLine& line, std::uint32_t first, std::uint32_t last) {
  for (std::uint32_t handle = first; handle <= last; ++handle) {
    REQUIRE(line.send(handle) == SendResult::sent);
  }
}

}  // namespace

TEST_CASE("client messages: closing tells what has no known end, and begins as another client",
          "[client]") {
  SpeakingLine line;
  line.greet();
  line.said();
  const std::string before = line.client_id();
  line.welcome();
  send(line, 1, 2);
  line.hear("[3,1]");
  line.reports();
  line.close();
  CHECK(line.reports() == "status closing");  // the server may still acknowledge
  line.lose(close_normal);
  CHECK(line.reports() == "status closed; close 1000 clean; settled 2 unknown");
  line.open();
  line.url_ready();
  line.opened();
  line.said();
  CHECK_FALSE(line.client_id() == before);
  line.welcome();
  send(line, 3, 3);
  CHECK(line.said() == "[2,1,#3]");
}

TEST_CASE("client messages: a line that fails gives up what is under way, not what waits",
          "[client]") {
  SpeakingLine line;
  line.greet();
  line.said();
  const std::string before = line.client_id();
  line.welcome("", {.win = 1});
  send(line, 1, 1);
  REQUIRE(line.send(2) == SendResult::queued);
  line.reports();
  line.lose(4403);
  CHECK(line.reports() == "status failed auth; close 4403 clean; settled 1 unknown");
  line.said();
  line.reconnect();
  line.url_ready();
  line.opened();
  CHECK(line.said() == R"([1,{"v":1,"c":"…","n":1,"s":[]}])");
  CHECK_FALSE(line.client_id() == before);
  line.welcome();
  CHECK(line.said() == "[2,1,#2]");
}

TEST_CASE("client messages: a line that gave up nothing stays the same client", "[client]") {
  SpeakingLine line;
  line.greet();
  line.said();
  const std::string before = line.client_id();
  line.welcome();
  send(line, 1, 1);
  line.hear("[3,1]");
  line.close();
  line.lose(close_normal);
  line.open();
  line.url_ready();
  line.opened();
  CHECK(line.said() ==
        "[2,1,#1] "
        R"([1,{"v":1,"c":"…","n":2,"s":[]}])");
  CHECK(line.client_id() == before);
}

TEST_CASE("client messages: reconnect() keeps what is under way for the next connection",
          "[client]") {
  SpeakingLine line;
  line.begin();
  send(line, 1, 1);
  line.reconnect();
  line.url_ready();
  line.opened();
  line.said();
  line.welcome();
  CHECK(line.said() == "[2,1,#1]");
}
