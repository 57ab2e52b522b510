#include <openline/connection/connection_machine.hpp>

#include <support/catch.hpp>
#include <support/driven_machine.hpp>

using namespace openline;

namespace {

/// Open, and the server no longer takes the credentials.
DrivenMachine refused() {
  DrivenMachine line;
  line.connect();
  CHECK(line.lose(4401) == "report_closed 4401; refresh 1");
  REQUIRE(line.state.phase == Phase::refreshing);
  return line;
}

/// The attempt that new credentials led to, up to open.
void open_refreshed(DrivenMachine& line) {
  REQUIRE(line.on(CredentialsReady{line.state.socket}).find("ask_url") == 0);
  line.on(UrlReady{line.state.socket});
  line.opened();
}

}  // namespace

TEST_CASE("connection: 4401 asks for new credentials and connects at once, without an attempt used",
          "[connection]") {
  DrivenMachine line;
  line.options.attempts_max = 0;
  line.connect();
  line.lose(4401);
  line.clock.advance(Duration::seconds(2));
  CHECK(line.on(CredentialsReady{{1}}) == "ask_url 2");
  CHECK(line.state.attempt == 0);
  CHECK(line.state.deadline == line.clock.now() + line.options.connect_timeout);
}

TEST_CASE("connection: 4401 again with the new credentials fails the line", "[connection]") {
  DrivenMachine line = refused();
  open_refreshed(line);
  CHECK(line.lose(4401) == "report_closed 4401");
  CHECK(line.state.phase == Phase::failed);
  CHECK(line.state.failure == Failure::auth);
}

TEST_CASE("connection: attempts that the network spoils between do not ask a second time",
          "[connection]") {
  DrivenMachine line = refused();
  open_refreshed(line);
  line.lose();
  line.retry();
  line.opened();
  CHECK(line.lose(4401) == "report_closed 4401");
  CHECK(line.state.failure == Failure::auth);
}

TEST_CASE("connection: credentials that held until the line was stable may be renewed again",
          "[connection]") {
  DrivenMachine line = refused();
  for (int i = 0; i < 5; ++i) {
    open_refreshed(line);
    line.clock.advance(line.options.stable_after);
    CHECK(line.lose(4401).find("refresh") != std::string::npos);
    CHECK(line.state.attempt == 0);
  }
}

TEST_CASE("connection: reconnect after a refusal may renew again", "[connection]") {
  DrivenMachine line = refused();
  open_refreshed(line);
  line.lose(4401);
  REQUIRE(line.state.phase == Phase::failed);
  CHECK(line.on(ReconnectRequested{}) == "ask_url 3");
  line.on(UrlReady{line.state.socket});
  line.opened();
  CHECK(line.lose(4401) == "report_closed 4401; refresh 3");
}

TEST_CASE(
    "connection: credentials that cannot be renewed are a failed attempt, and asked for again",
    "[connection]") {
  DrivenMachine line = refused();
  CHECK(line.on(CredentialsFailed{{1}}).empty());
  CHECK(line.wait() == line.options.backoff.delay_min);
  CHECK(line.state.attempt == 1);
  line.retry();
  line.opened();
  CHECK(line.lose(4401) == "report_closed 4401; refresh 2");
  line.on(CredentialsFailed{{2}});
  CHECK(line.state.attempt == 2);
}

TEST_CASE("connection: credentials that can never be renewed use the attempts up", "[connection]") {
  DrivenMachine line = refused();
  line.options.attempts_max = 2;
  for (int i = 0; i < 2; ++i) {
    line.on(CredentialsFailed{line.state.socket});
    line.retry();
    line.opened();
    line.lose(4401);
  }
  line.on(CredentialsFailed{line.state.socket});
  CHECK(line.state.failure == Failure::attempts);
}

TEST_CASE("connection: a renewal that hangs is given up like a connection", "[connection]") {
  DrivenMachine line = refused();
  CHECK(wake_time(line.state) == line.clock.now() + line.options.connect_timeout);
  CHECK(line.advance(Duration::milliseconds(9'999)).empty());
  CHECK(line.state.phase == Phase::refreshing);
  CHECK(line.advance(Duration::milliseconds(1)).empty());
  CHECK(line.state.phase == Phase::waiting);
  CHECK(line.state.attempt == 1);
  CHECK(line.on(CredentialsReady{{1}}).empty());  // too late
  CHECK(line.state.phase == Phase::waiting);
}

TEST_CASE("connection: a renewal is asked for once, and its answer counts once", "[connection]") {
  DrivenMachine line = refused();
  CHECK(line.on(OpenRequested{}).empty());
  CHECK(line.on(SocketClosed{{1}, 4401}).empty());
  CHECK(line.on(CredentialsReady{{1}}) == "ask_url 2");
  CHECK(line.on(CredentialsReady{{1}}).empty());
  CHECK(line.on(CredentialsReady{{2}}).empty());
  CHECK(line.on(CredentialsFailed{{2}}).empty());
  CHECK(line.state.phase == Phase::asking);
}

TEST_CASE("connection: close and reconnect do not wait for a renewal", "[connection]") {
  DrivenMachine line = refused();
  SECTION("close") {
    CHECK(line.on(CloseRequested{}).empty());
    CHECK(line.state.phase == Phase::closed);
  }
  SECTION("reconnect") {
    CHECK(line.on(ReconnectRequested{}) == "ask_url 2");
    CHECK(line.state.phase == Phase::asking);
  }
  const ConnectionState before = line.state;
  CHECK(line.on(CredentialsReady{{1}}).empty());
  CHECK(line.on(CredentialsFailed{{1}}).empty());
  CHECK(line.state == before);
}

TEST_CASE("connection: 4403 says that no credentials would help", "[connection]") {
  DrivenMachine line;
  line.connect();
  CHECK(line.lose(4403) == "report_closed 4403");
  CHECK(line.state.failure == Failure::auth);
}

TEST_CASE("connection: credentials are new no longer after a rest or a sleep", "[connection]") {
  DrivenMachine line = refused();
  open_refreshed(line);
  SECTION("the page was stored") {
    line.on(PageSignal::stored);
    line.clock.advance(Duration::seconds(3'600));
    REQUIRE(line.on(PageSignal::restored) == "ask_url 3");
  }
  SECTION("the machine slept") {
    line.lose();
    REQUIRE(line.advance(Duration::seconds(3'600)) == "ask_url 3");
  }
  line.on(UrlReady{line.state.socket});
  line.opened();
  CHECK(line.lose(4401) == "report_closed 4401; refresh 3");
}

TEST_CASE("connection: renewed in a page hidden for long, the line connects when it is shown",
          "[connection]") {
  DrivenMachine line;
  line.options.hidden = HiddenPolicy::pause;
  line.connect();
  line.on(PageSignal::hidden);
  line.advance(line.options.hidden_after);
  line.lose(4401);
  CHECK(line.on(CredentialsReady{{1}}).empty());
  CHECK(line.state.phase == Phase::resting);
  CHECK(line.on(PageSignal::shown) == "ask_url 2");
  line.on(UrlReady{line.state.socket});
  line.opened();
  CHECK(line.lose(4401) == "report_closed 4401; refresh 2");
}
