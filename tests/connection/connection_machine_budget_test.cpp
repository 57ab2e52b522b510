#include <openline/connection/connection_machine.hpp>

#include <support/catch.hpp>
#include <support/driven_machine.hpp>

#include <cstddef>
#include <string>
#include <vector>

using namespace openline;

namespace {

constexpr Duration minute = Duration::seconds(60);

}  // namespace

TEST_CASE("connection: an attempt waits until the budget allows it", "[connection]") {
  DrivenMachine line;
  line.options.budget = {2, minute};  // one at once, the other 30 s later
  line.connect();
  line.lose();
  CHECK(line.wait() == Duration::seconds(30));
  CHECK(line.on(PageSignal::online).empty());
  CHECK(line.wait() == Duration::seconds(30));
  CHECK(line.advance(line.wait()) == "ask_url 2");
}

TEST_CASE("connection: no loop of reconnects, resets or renewals exceeds the budget",
          "[connection]") {
  for (const std::string kind : {"reconnect", "close and open", "stable", "renewal", "hidden"}) {
    INFO(kind);
    DrivenMachine line;
    line.options.budget = {10, minute};
    line.options.stable_after = Duration{};
    line.options.backoff.delay_min = Duration{};
    line.on(OpenRequested{});
    std::vector<Instant> attempts;
    for (int i = 0; i < 3'000; ++i) {  // five minutes
      if (line.state.phase == Phase::asking) {
        attempts.push_back(line.clock.now());
        line.on(UrlReady{line.state.socket});
        line.opened();
      }
      if (kind == "reconnect") {
        line.on(ReconnectRequested{});
      } else if (kind == "close and open") {
        line.on(CloseRequested{});
        line.lose(1000);
        line.on(OpenRequested{});
      } else if (kind == "stable") {
        line.lose(1000);
      } else if (kind == "renewal") {
        line.lose(4401);
        line.on(CredentialsReady{line.state.socket});
      } else {
        line.on(PageSignal::stored);
        line.on(PageSignal::restored);
      }
      line.advance(Duration::milliseconds(100));
    }
    CHECK(attempts.size() > 30);
    for (std::size_t k = 10; k < attempts.size(); ++k) {
      REQUIRE(attempts[k] - attempts[k - 10] >= minute);
    }
  }
}

TEST_CASE("connection: reconnect that the budget puts off is a wait, and counts no attempt",
          "[connection]") {
  DrivenMachine line;
  line.options.budget = {1, minute};
  line.connect();
  CHECK(line.on(ReconnectRequested{}) == "discard 1; report_closed 1000");
  CHECK(line.wait() == minute);
  CHECK(line.state.attempt == 0);
  CHECK(line.on(ReconnectRequested{}).empty());
  CHECK(line.wait() == minute);
  CHECK(line.advance(minute) == "ask_url 2");
}

TEST_CASE("connection: reconnect works after the attempts are used up", "[connection]") {
  DrivenMachine line;
  line.options.attempts_max = 1;
  line.start();
  line.lose();
  line.retry();
  line.lose();
  REQUIRE(line.state.failure == Failure::attempts);
  CHECK(line.on(ReconnectRequested{}) == "ask_url 3");
  line.on(UrlReady{line.state.socket});
  line.lose();
  CHECK(line.state.phase == Phase::waiting);
}
