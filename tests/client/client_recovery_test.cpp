#include <openline/client/client.hpp>

#include <support/catch.hpp>
#include <support/client_on_fakes.hpp>

using namespace openline;

TEST_CASE("client: 4401 asks the host for credentials, and their coming for the URL", "[client]") {
  ClientOnFakes line;
  line.reach(Phase::open);
  line.lose(4401, "expired");
  CHECK(line.reports() == "status refreshing; close 4401 clean 'expired'; credentials 1");
  CHECK(line.clock().alarm() == Instant::from_milliseconds(10'000));
  line->credentials_ready(line.socket());
  line->pump();
  CHECK(line.reports() == "status asking; url 2");
}

TEST_CASE("client: credentials that could not be renewed are a failed attempt", "[client]") {
  ClientOnFakes line;
  line.reach(Phase::refreshing);
  line->credentials_failed(SocketId{9});
  line->pump();
  CHECK(line.reports().empty());
  line->credentials_failed(line.socket());
  line->pump();
  CHECK(line.reports() == "status waiting attempt 1 retry at 1000");
}

TEST_CASE("client: the reason of a close may say when to come back", "[client]") {
  ClientOnFakes line;
  line.reach(Phase::open);
  line.lose(1013, R"({"retryAfterMs":45000})");
  CHECK(line.reports() ==
        R"(status waiting attempt 1 retry at 45000; close 1013 clean '{"retryAfterMs":45000}')");
  line.signal(PageSignal::online);
  CHECK(line.clock().alarm() == Instant::from_milliseconds(45'000));
}

TEST_CASE("client: messages that wait outlive a renewal, a rest and a restart", "[client]") {
  ClientOnFakes line;
  line.reach(Phase::opening);
  REQUIRE(line.send(1) == SendResult::queued);
  line.lose(4401);
  line->credentials_ready(line.socket());
  line->pump();
  line.signal(PageSignal::stored);
  CHECK(line.phase() == Phase::resting);
  line.signal(PageSignal::restored);
  line.url_ready();
  line.lose(1012);
  line.reports();
  line.come_back();
  CHECK(line.sockets().sent == std::vector<Handle>{{1}});
}

TEST_CASE("client: a page that is stored gives its socket back, and takes a new one when restored",
          "[client]") {
  ClientOnFakes line;
  line.reach(Phase::open);
  line.signal(PageSignal::stored);
  CHECK(line.reports() == "status resting; close 1000 clean");
  CHECK(line.sockets().discarded.size() == 1);
  CHECK(line.clock().alarm() == Instant::never());
  line.clock().advance(Duration::seconds(60));
  line.signal(PageSignal::restored);
  CHECK(line.reports() == "status asking; url 2");
  line.url_ready();
  line.opened();
  CHECK(line.reports() == "status opening; status open; open; outage 60000 ms");
}

TEST_CASE("client: the outage is told after the open and before what waited is sent", "[client]") {
  ClientOnFakes line;
  line.reach(Phase::open);
  line.lose();
  REQUIRE(line.send(1) == SendResult::queued);
  line.reports();
  line.come_back();
  CHECK(line.reports() ==
        "status asking attempt 1; url 2; status opening attempt 1; status open attempt 1; open; "
        "outage 1000 ms; flush 1");
}

TEST_CASE("client: closing ends a wait for good, whatever the page says afterwards", "[client]") {
  ClientOnFakes line;
  line.reach(Phase::waiting);
  line.close();
  for (const PageSignal signal : {PageSignal::offline, PageSignal::online, PageSignal::shown,
                                  PageSignal::resumed, PageSignal::restored}) {
    line.signal(signal);
  }
  line.advance(Duration::seconds(3'600));
  CHECK(line.reports() == "status closed");
  CHECK(line.clock().alarm() == Instant::never());
}

TEST_CASE("client: a hundred opens and closes in one task end in the last, with one socket at most",
          "[client]") {
  for (const bool ends_open : {true, false}) {
    ClientOnFakes line;
    for (int i = 0; i < 100; ++i) {
      line->open();
      line->close(close_none, "");
    }
    if (ends_open) {
      line->open();
    }
    line->pump();
    CHECK(line.sockets().opened.empty());
    line.advance(Duration::seconds(1));  // for the budget: each of them was an attempt
    line.url_ready();
    CHECK(line.sockets().opened.size() == (ends_open ? 1 : 0));
    CHECK(line.phase() == (ends_open ? Phase::opening : Phase::closed));
  }
}

TEST_CASE("client: a line whose budget is spent says when it goes on", "[client]") {
  ClientConfig config = config_of_tests();
  config.options.connection.budget = {2, Duration::seconds(60)};
  ClientOnFakes line{config};
  line.reach(Phase::open);
  line.reconnect();
  CHECK(line.reports() == "status waiting retry at 30000; close 1000 clean");
  line.reconnect();
  CHECK(line.reports().empty());
  line.advance(Duration::seconds(30));
  CHECK(line.reports() == "status asking; url 2");
}
