#include <openline/connection/page_reaction.hpp>

#include <support/catch.hpp>
#include <support/driven_machine.hpp>

#include <cstddef>
#include <string>
#include <vector>

using namespace openline;

TEST_CASE("page: a network that flaps twenty times brings few attempts", "[connection]") {
  DrivenMachine line;
  line.options.backoff = {Duration::seconds(30), Duration::seconds(30), Duration::seconds(30)};
  line.connect();
  line.lose();
  std::vector<Instant> attempts;
  for (int i = 0; i < 200; ++i) {  // ten times a second, for twenty seconds
    line.on(i % 2 == 0 ? PageSignal::online : PageSignal::offline);
    if (line.advance(Duration::milliseconds(100)).find("ask_url") != std::string::npos) {
      attempts.push_back(line.clock.now());
      line.on(UrlFailed{line.state.socket});
    }
  }
  CHECK(attempts.size() >= 9);
  CHECK(attempts.size() <= 11);
  for (std::size_t i = 1; i < attempts.size(); ++i) {
    CHECK(attempts[i] - attempts[i - 1] >= hint_gap - Duration::milliseconds(100));
  }
}

TEST_CASE("page: flapping starts an attempt afresh once in each gap", "[connection]") {
  DrivenMachine line;
  line.options.backoff = {Duration{}, Duration{}, Duration{}};
  line.on(PageSignal::offline);
  line.on(OpenRequested{});
  REQUIRE(line.on(PageSignal::online) == "report_errored; report_closed 1006; ask_url 2");
  // The next one fails at once, and the one after that begins offline again.
  line.on(PageSignal::offline);
  line.on(UrlFailed{line.state.socket});
  REQUIRE(line.advance(line.wait()) == "ask_url 3");
  SECTION("too soon") {
    CHECK(line.on(PageSignal::online).empty());
    CHECK(line.state.socket == SocketId{3});
  }
  SECTION("after the gap") {
    line.clock.advance(hint_gap);
    CHECK(line.on(PageSignal::online) == "report_errored; report_closed 1006; ask_url 4");
  }
}

TEST_CASE("page: a line that is lost after each signal comes back once in each gap",
          "[connection]") {
  DrivenMachine line;
  line.options.backoff.delay_min = Duration::seconds(20);
  line.connect();
  for (int i = 0; i < 5; ++i) {
    line.on(PageSignal::online);
    line.lose();
    CHECK(line.wait() == (i == 0 ? Duration{} : hint_gap));
    line.retry();
    line.opened();
  }
}

TEST_CASE("page: close and good sign bring one attempt, whichever comes first", "[connection]") {
  for (const bool is_close_first : {true, false}) {
    INFO("close first: " << is_close_first);
    DrivenMachine line;
    line.options.backoff = {Duration::seconds(30), Duration::seconds(30), Duration::seconds(30)};
    line.connect();
    if (is_close_first) {
      line.lose();
      line.on(PageSignal::restored);
    } else {
      line.on(PageSignal::restored);
      line.lose();
    }
    line.on(PageSignal::shown);
    CHECK(line.wait() == Duration{});
    CHECK(line.advance(Duration{}) == "ask_url 2");
    CHECK(line.on(PageSignal::online).empty());
    CHECK(line.state.socket == SocketId{2});
  }
}
