#include <openline/client/command_executor.hpp>

#include <support/catch.hpp>
#include <support/fake_platform.hpp>

#include <string>
#include <utility>
#include <variant>
#include <vector>

using namespace openline;

namespace {

constexpr SocketId it{7};

/// An executor of a line that offers two subprotocols, and what it reported, in words.
struct ExecutorOnFakes {
  FakePlatform fakes;
  Platform platform = fakes.ports();
  Reports reported;
  CommandExecutor executor{*platform.sockets, reported, "a,b"};

  std::optional<ConnectionEvent> execute(const ConnectionCommand& command) {
    return executor.execute(command);
  }
  std::string reports_of(const ConnectionCommand& command) {
    CHECK_FALSE(execute(command));
    return describe_all(std::exchange(reported, {}));
  }
  [[nodiscard]] FakeSockets& sockets() const { return *fakes.sockets; }
};

}  // namespace

TEST_CASE("command executor: what the application is to do is reported with the socket",
          "[client]") {
  ExecutorOnFakes line;
  CHECK(line.reports_of(RefreshCredentials{it}) == "credentials 7");
  CHECK(line.reports_of(AskUrl{it}) == "url 7");
  CHECK(line.reports_of(SendPing{it}) == "ping 7");
  CHECK(line.sockets().opened.empty());
}

TEST_CASE("command executor: what happened is reported", "[client]") {
  ExecutorOnFakes line;
  CHECK(line.reports_of(ReportOpened{}) == "open");
  CHECK(line.reports_of(ReportErrored{}) == "error");
  CHECK(line.reports_of(ReportOutage{Duration::seconds(3)}) == "outage 3000 ms");
}

TEST_CASE("command executor: a socket opens with the url, the subprotocols and the binary type",
          "[client]") {
  ExecutorOnFakes line;
  line.executor.set_url("wss://example.test/line");
  line.executor.set_binary_type(BinaryType::arraybuffer);
  CHECK(line.reports_of(OpenSocket{it}).empty());
  REQUIRE(line.sockets().opened.size() == 1);
  const FakeSockets::Opened& opened = line.sockets().opened[0];
  CHECK(opened.socket == it);
  CHECK(opened.request.url == "wss://example.test/line");
  CHECK(opened.request.protocols == "a,b");
  CHECK(opened.request.binary_type == BinaryType::arraybuffer);
}

TEST_CASE("command executor: a request that the platform refuses comes back as an event",
          "[client]") {
  ExecutorOnFakes line;
  line.sockets().refuses_open = true;
  const auto outcome = line.execute(OpenSocket{it});
  REQUIRE(outcome);
  const auto* refused = std::get_if<SocketRefused>(&*outcome);
  REQUIRE(refused != nullptr);
  CHECK(refused->socket == it);
  CHECK(line.reported.empty());
}

TEST_CASE("command executor: a socket is discarded", "[client]") {
  ExecutorOnFakes line;
  CHECK(line.reports_of(DiscardSocket{it}).empty());
  CHECK(line.sockets().discarded == std::vector<SocketId>{it});
}

TEST_CASE("command executor: a close bears the application's code and reason", "[client]") {
  ExecutorOnFakes line;
  line.executor.set_close_reason("bye");
  CHECK(line.reports_of(CloseSocket{it, 4000}).empty());
  REQUIRE(line.sockets().closed.size() == 1);
  CHECK(line.sockets().closed[0].code == 4000);
  CHECK(line.sockets().closed[0].reason == "bye");
}

TEST_CASE("command executor: a close event is passed on as it came", "[client]") {
  ExecutorOnFakes line;
  line.executor.set_closed_how({4000, true, "why", false});
  CHECK(line.reports_of(ReportClosed{4000}) == "close 4000 clean 'why'");
}

TEST_CASE("command executor: a socket that the line let go by itself has no words of the server",
          "[client]") {
  ExecutorOnFakes line;
  CHECK(line.reports_of(ReportClosed{close_abnormal}) == "close 1006");
  CHECK(line.reports_of(ReportClosed{close_normal}) == "close 1000 clean");
  line.executor.set_closed_how({close_normal, true, "why", false});
  CHECK_FALSE(line.execute(ReportClosed{close_normal, true}));
  REQUIRE(line.reported.size() == 1);
  CHECK(line.reported[0] == Report{CloseReport{close_normal, true, {}, true}});
}

TEST_CASE("command executor: another code than that of the event is no event", "[client]") {
  ExecutorOnFakes line;
  line.executor.set_closed_how({4000, true, "why", false});
  CHECK(line.reports_of(ReportClosed{close_abnormal}) == "close 1006");
}
