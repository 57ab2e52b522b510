#include <openline/connection/page_reaction.hpp>

#include <support/catch.hpp>
#include <support/driven_machine.hpp>

using namespace openline;

namespace {

DrivenMachine machine_with(HiddenPolicy policy) {
  DrivenMachine line;
  line.options.hidden = policy;
  line.options.hidden_after = Duration::seconds(30);
  return line;
}

}  // namespace

TEST_CASE("page: a hidden line that is kept goes on as if it were shown", "[connection]") {
  DrivenMachine line = machine_with(HiddenPolicy::keep);
  line.connect();
  line.on(PageSignal::hidden);
  CHECK(line.advance(Duration::seconds(3'600)).empty());
  CHECK(line.state.phase == Phase::open);
  line.lose();
  CHECK(line.advance(line.wait()) == "ask_url 2");
}

TEST_CASE("page: a hidden line that is paused stays open, but is not tried again once lost",
          "[connection]") {
  DrivenMachine line = machine_with(HiddenPolicy::pause);
  line.connect();
  line.on(PageSignal::hidden);
  CHECK(line.advance(Duration::seconds(30)).empty());
  CHECK(line.state.phase == Phase::open);
  CHECK(line.lose() == "report_closed 1006");
  CHECK(line.state.phase == Phase::resting);
  CHECK(wake_time(line.state) == Instant::never());
  CHECK(line.on(PageSignal::online).empty());
  CHECK(line.on(PageSignal::resumed).empty());
  CHECK(line.on(PageSignal::shown) == "ask_url 2");
}

TEST_CASE("page: a pause ends the wait for a retry", "[connection]") {
  DrivenMachine line = machine_with(HiddenPolicy::pause);
  line.options.backoff = {Duration::seconds(60), Duration::seconds(60), Duration::seconds(60)};
  line.connect();
  line.lose();
  line.on(PageSignal::hidden);
  CHECK(wake_time(line.state) == line.clock.now() + Duration::seconds(30));
  CHECK(line.advance(Duration::seconds(30)).empty());
  CHECK(line.state.phase == Phase::resting);
  CHECK(line.on(PageSignal::shown) == "ask_url 2");
}

TEST_CASE("page: a pause lets an attempt that is under way end", "[connection]") {
  DrivenMachine line = machine_with(HiddenPolicy::pause);
  line.options.connect_timeout = Duration::seconds(60);
  line.start();
  line.on(PageSignal::hidden);
  CHECK(line.advance(Duration::seconds(30)).empty());
  CHECK(line.state.phase == Phase::opening);
  SECTION("well") {
    line.opened();
    CHECK(line.state.phase == Phase::open);
  }
  SECTION("badly") {
    line.lose();
    CHECK(line.state.phase == Phase::resting);
  }
}

TEST_CASE("page: a hidden line that is to be closed is closed, and opened again when shown",
          "[connection]") {
  DrivenMachine line = machine_with(HiddenPolicy::close);
  line.connect();
  line.on(PageSignal::hidden);
  CHECK(line.advance(Duration::milliseconds(29'999)).empty());
  CHECK(line.advance(Duration::milliseconds(1)) == "discard 1; report_closed 1000");
  CHECK(line.state.phase == Phase::resting);
  CHECK(line.advance(Duration::seconds(3'600)).empty());
  CHECK(line.on(PageSignal::shown) == "ask_url 2");
  CHECK(line.state.attempt == 0);
}

TEST_CASE("page: whatever is under way ends when a hidden line is closed", "[connection]") {
  DrivenMachine line = machine_with(HiddenPolicy::close);
  line.options.connect_timeout = Duration::seconds(60);
  line.on(PageSignal::hidden);
  line.on(OpenRequested{});
  SECTION("asking") {
    CHECK(line.advance(Duration::seconds(30)) == "report_errored; report_closed 1006");
    CHECK(line.on(UrlReady{{1}}).empty());
  }
  SECTION("opening") {
    line.on(UrlReady{{1}});
    CHECK(line.advance(Duration::seconds(30)) == "report_errored; discard 1; report_closed 1006");
    CHECK(line.on(SocketOpened{{1}}).empty());
  }
  SECTION("refreshing") {
    line.on(UrlReady{{1}});
    line.opened();
    line.lose(4401);
    CHECK(line.advance(Duration::seconds(30)).empty());
    CHECK(line.on(CredentialsReady{{1}}).empty());
  }
  CHECK(line.state.phase == Phase::resting);
  CHECK(line.on(PageSignal::shown) == "ask_url 2");
}

TEST_CASE("page: hidden again while hidden counts from the first time", "[connection]") {
  DrivenMachine line = machine_with(HiddenPolicy::close);
  line.connect();
  line.on(PageSignal::hidden);
  line.advance(Duration::seconds(20));
  line.on(PageSignal::hidden);
  CHECK(line.advance(Duration::seconds(10)) == "discard 1; report_closed 1000");
}

TEST_CASE("page: shown in time keeps everything", "[connection]") {
  DrivenMachine line = machine_with(HiddenPolicy::close);
  line.connect();
  line.on(PageSignal::hidden);
  line.advance(Duration::seconds(29));
  line.on(PageSignal::shown);
  CHECK(wake_time(line.state) == Instant::never());
  CHECK(line.advance(Duration::seconds(1'000)).empty());
  CHECK(line.state.phase == Phase::open);
}

TEST_CASE("page: a line that is opened in a page hidden for long rests until it is shown",
          "[connection]") {
  for (const HiddenPolicy policy : {HiddenPolicy::pause, HiddenPolicy::close}) {
    DrivenMachine line = machine_with(policy);
    line.connect();
    line.on(PageSignal::hidden);
    line.advance(Duration::seconds(30));
    line.on(CloseRequested{});
    line.lose(1000);
    CHECK(line.on(OpenRequested{}).empty());
    CHECK(line.state.phase == Phase::resting);
    CHECK(line.on(PageSignal::shown) == "ask_url 2");
  }
}

TEST_CASE("page: a stored page has no socket, and connects when it is restored", "[connection]") {
  DrivenMachine line;
  line.connect();
  CHECK(line.on(PageSignal::stored) == "discard 1; report_closed 1000");
  CHECK(line.state.phase == Phase::resting);
  CHECK(line.advance(Duration::seconds(3'600)).empty());
  CHECK(line.on(PageSignal::shown).empty());
  CHECK(line.on(PageSignal::restored) == "ask_url 2");
}

TEST_CASE("page: what the browser tells late of a stored page brings no second attempt",
          "[connection]") {
  DrivenMachine line;
  line.connect();
  line.on(PageSignal::stored);
  CHECK(line.on(SocketErrored{{1}}).empty());
  CHECK(line.on(PageSignal::restored) == "ask_url 2");
  CHECK(line.on(SocketErrored{{1}}).empty());
  CHECK(line.on(SocketClosed{{1}, 1006}).empty());
  CHECK(line.on(PageSignal::shown).empty());
  CHECK(line.on(PageSignal::resumed).empty());
  CHECK(line.state.socket == SocketId{2});
  CHECK(line.state.phase == Phase::asking);
}

TEST_CASE("page: a page that is stored while it closes ends closed", "[connection]") {
  DrivenMachine line;
  line.connect();
  line.on(CloseRequested{});
  CHECK(line.on(PageSignal::stored).empty());
  CHECK(line.advance(Duration::seconds(3'600)) == "discard 1; report_closed 1006");
  CHECK(line.state.phase == Phase::closed);
  CHECK(line.on(PageSignal::restored).empty());
}

TEST_CASE("page: hidden and stored at once, both must end before the line connects",
          "[connection]") {
  DrivenMachine line = machine_with(HiddenPolicy::close);
  line.connect();
  line.on(PageSignal::hidden);
  line.advance(Duration::seconds(30));
  line.on(PageSignal::stored);
  CHECK(line.on(PageSignal::restored).empty());
  CHECK(line.state.phase == Phase::resting);
  CHECK(line.on(PageSignal::shown) == "ask_url 2");
}

TEST_CASE("page: resting counts no attempt, and the limit still holds", "[connection]") {
  DrivenMachine line = machine_with(HiddenPolicy::pause);
  line.options.attempts_max = 1;
  line.connect();
  line.lose();
  REQUIRE(line.state.attempt == 1);
  line.on(PageSignal::stored);
  line.on(PageSignal::restored);
  CHECK(line.state.attempt == 1);
  line.on(UrlFailed{line.state.socket});
  CHECK(line.state.failure == Failure::attempts);
}

TEST_CASE("page: reconnect asked for while the page rests is made when it is shown",
          "[connection]") {
  DrivenMachine line;
  line.connect();
  line.on(PageSignal::stored);
  CHECK(line.on(ReconnectRequested{}).empty());
  CHECK(line.on(PageSignal::restored) == "ask_url 2");
}
