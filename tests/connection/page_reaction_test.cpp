#include <openline/connection/page_reaction.hpp>

#include <support/catch.hpp>
#include <support/driven_machine.hpp>

using namespace openline;

namespace {

constexpr PageSignal good_signs[] = {PageSignal::online, PageSignal::shown, PageSignal::resumed,
                                     PageSignal::restored};

/// Waits for half a minute: the spread is at its cap, and the draw at its longest.
DrivenMachine waiting_for_long() {
  DrivenMachine line;
  line.options.backoff = {Duration::seconds(30), Duration::seconds(30), Duration::seconds(30)};
  line.connect();
  line.lose();
  REQUIRE(line.wait() == Duration::seconds(30));
  return line;
}

}  // namespace

TEST_CASE("page: a good sign while waiting brings the attempt forward, a little spread",
          "[connection]") {
  for (const PageSignal signal : good_signs) {
    for (const std::uint64_t entropy : {0U, 100U, 200U}) {
      INFO(describe(signal) << " " << entropy);
      DrivenMachine line = waiting_for_long();
      line.clock.advance(Duration::seconds(3));
      line.entropy = entropy;
      CHECK(line.on(signal).empty());
      CHECK(line.wait() == Duration::milliseconds(static_cast<std::int64_t>(entropy)));
      CHECK(line.state.attempt == 1);
      CHECK(line.advance(line.wait()) == "ask_url 2");
    }
  }
}

TEST_CASE("page: a good sign does not put off an attempt that comes sooner", "[connection]") {
  DrivenMachine line = waiting_for_long();
  line.clock.advance(Duration::milliseconds(29'900));
  line.entropy = 200;
  line.on(PageSignal::online);
  CHECK(line.wait() == Duration::milliseconds(100));
}

TEST_CASE("page: after a good sign the backoff begins anew, the count of attempts does not",
          "[connection]") {
  DrivenMachine line;
  line.options.backoff = {Duration::seconds(1), Duration::seconds(1'000), Duration::seconds(1)};
  line.connect();
  for (int i = 0; i < 8; ++i) {
    line.lose();
    line.retry();
  }
  line.lose();
  line.on(PageSignal::online);
  line.retry();
  line.entropy = 1'001 * 2'001 - 1;  // the longest wait from the windows of 1,000 and 2,000
  line.lose();
  CHECK(line.wait() == Duration::milliseconds(2'000));
  CHECK(line.state.attempt == 10);
}

TEST_CASE("page: offline neither ends an open line nor stops attempts", "[connection]") {
  DrivenMachine line;
  line.on(PageSignal::offline);
  line.connect();  // to a server on the same machine
  line.on(PageSignal::offline);
  CHECK(line.state.phase == Phase::open);
  line.lose();
  CHECK(line.advance(line.wait()) == "ask_url 2");
}

TEST_CASE("page: an open line is probed when the network seems gone, and when the page is back",
          "[connection]") {
  for (const PageSignal signal :
       {PageSignal::offline, PageSignal::online, PageSignal::shown, PageSignal::resumed}) {
    INFO(describe(signal));
    DrivenMachine line;
    line.options.heartbeat.interval = Duration::seconds(25);
    line.connect();
    CHECK(line.on(signal) == "send_ping 1");
    line.on(PingSent{line.state.socket});
    const Duration last = line.options.heartbeat.probe_timeout - Duration::milliseconds(1);
    CHECK(line.advance(last).empty());
    SECTION("no answer") {
      CHECK(line.advance(Duration::milliseconds(1)) ==
            "report_errored; discard 1; report_closed 1006");
      CHECK(line.state.phase == Phase::waiting);
    }
    SECTION("an answer") {
      line.on(SocketHeard{line.state.socket});
      CHECK(line.advance(Duration::milliseconds(1)).empty());
      CHECK(line.state.phase == Phase::open);
    }
  }
}

TEST_CASE("page: without a heartbeat an open line is believed", "[connection]") {
  DrivenMachine line;
  line.connect();
  for (const PageSignal signal : good_signs) {
    CHECK(line.on(signal).empty());
  }
  CHECK(line.on(PageSignal::offline).empty());
  CHECK(line.advance(Duration::seconds(100)).empty());
  CHECK(line.state.phase == Phase::open);
}

TEST_CASE("page: a close soon after a good sign is answered with an attempt at once",
          "[connection]") {
  DrivenMachine line;
  line.connect();
  line.on(PageSignal::online);
  SECTION("until the signal is forgotten") {
    line.clock.advance(hint_validity - Duration::milliseconds(1));
    line.entropy = 1'000'000;
    line.lose();
    CHECK(line.wait() <= hint_jitter);
  }
  SECTION("once") {
    line.lose();
    CHECK(line.wait() <= hint_jitter);
    line.retry();
    line.lose();
    CHECK(line.wait() == line.options.backoff.delay_min);
  }
}

TEST_CASE("page: a close long after a good sign waits as always", "[connection]") {
  DrivenMachine line;
  line.connect();
  line.on(PageSignal::online);
  line.clock.advance(hint_validity);
  line.lose();
  CHECK(line.wait() == line.options.backoff.delay_min);
}

TEST_CASE("page: an attempt that failed right after a good sign is made again at once",
          "[connection]") {
  DrivenMachine line;
  line.options.backoff = {Duration::seconds(30), Duration::seconds(30), Duration::seconds(30)};
  line.start();
  line.on(PageSignal::shown);
  line.lose();
  CHECK(line.wait() <= hint_jitter);
}

TEST_CASE("page: online while an attempt hangs that began offline starts it afresh",
          "[connection]") {
  DrivenMachine line;
  line.on(PageSignal::offline);
  SECTION("while asking for the URL") {
    line.on(OpenRequested{});
    CHECK(line.on(PageSignal::online) == "report_errored; report_closed 1006; ask_url 2");
  }
  SECTION("while opening") {
    line.start();
    CHECK(line.on(PageSignal::online) ==
          "report_errored; discard 1; report_closed 1006; ask_url 2");
  }
  CHECK(line.state.phase == Phase::asking);
  CHECK(line.state.attempt == 0);
  CHECK(line.state.deadline == line.clock.now() + line.options.connect_timeout);
  CHECK(line.on(PageSignal::online).empty());  // this one began online
}

TEST_CASE("page: an attempt that online started afresh is made again soon when it fails",
          "[connection]") {
  DrivenMachine line;
  line.options.backoff = {Duration::seconds(30), Duration::seconds(30), Duration::seconds(30)};
  line.on(PageSignal::offline);
  line.on(OpenRequested{});
  line.on(PageSignal::online);
  REQUIRE(line.state.phase == Phase::asking);
  line.on(UrlFailed{line.state.socket});
  CHECK(line.wait() <= hint_gap + hint_jitter);
}

TEST_CASE("page: no signal revives a line that the application closed, or one that failed",
          "[connection]") {
  for (const CloseCode code : {close_normal, CloseCode{4403}}) {
    DrivenMachine line = waiting_for_long();
    if (code == close_normal) {
      line.on(CloseRequested{});
    } else {
      line.retry();
      line.lose(code);
    }
    for (const PageSignal signal :
         {PageSignal::hidden, PageSignal::stored, PageSignal::restored, PageSignal::resumed,
          PageSignal::shown, PageSignal::offline, PageSignal::online}) {
      CHECK(line.on(signal).empty());
    }
    CHECK(line.state.deadline == Instant::never());
    CHECK(line.advance(Duration::seconds(1'000)).empty());
    CHECK(line.state.phase == (code == close_normal ? Phase::closed : Phase::failed));
  }
}
