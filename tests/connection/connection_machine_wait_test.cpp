#include <openline/connection/connection_machine.hpp>

#include <support/catch.hpp>
#include <support/driven_machine.hpp>

#include <cstdint>

using namespace openline;

TEST_CASE("connection: the application may say how long a wait is to be, longer or shorter",
          "[connection]") {
  for (const std::int64_t wait : {0, 10, 60'000}) {
    INFO(wait);
    DrivenMachine line;
    line.connect();
    line.lose();
    CHECK(line.on(WaitChosen{Duration::milliseconds(wait)}).empty());
    CHECK(line.wait() == Duration::milliseconds(wait));
    CHECK(line.state.attempt == 1);
    CHECK(line.advance(Duration::milliseconds(wait)) == "ask_url 2");
  }
}

TEST_CASE("connection: the application waits no less than the server asks for", "[connection]") {
  DrivenMachine line;
  line.connect();
  line.lose(1013, Duration::seconds(60));
  line.on(WaitChosen{Duration::seconds(1)});
  CHECK(line.wait() == Duration::seconds(60));
  line.on(WaitChosen{Duration::seconds(90)});
  CHECK(line.wait() == Duration::seconds(90));
}

TEST_CASE("connection: the application cannot spend more than the budget", "[connection]") {
  DrivenMachine line;
  line.options.budget = {2, Duration::seconds(60)};
  line.start();
  for (int i = 0; i < 5 && line.state.phase == Phase::opening; ++i) {
    line.lose();
    line.on(WaitChosen{Duration{}});
    line.advance(Duration{});
    if (line.state.phase == Phase::asking) {
      line.on(UrlReady{line.state.socket});
    }
  }
  CHECK(line.wait() > Duration::seconds(10));
}

TEST_CASE("connection: a chosen wait is brought forward by the page like any other",
          "[connection]") {
  DrivenMachine line;
  line.connect();
  line.lose();
  line.on(WaitChosen{Duration::seconds(60)});
  line.on(PageSignal::online);
  CHECK(line.wait() <= hint_jitter);
}

TEST_CASE("connection: an attempt that a sign of the page brought near is not put off again",
          "[connection]") {
  DrivenMachine brought_forward;
  brought_forward.connect();
  brought_forward.lose();
  brought_forward.on(WaitChosen{Duration::seconds(60)});
  brought_forward.on(PageSignal::online);
  brought_forward.on(WaitChosen{Duration::seconds(60)});
  CHECK(brought_forward.wait() <= hint_jitter);

  DrivenMachine replaced;
  replaced.connect();
  replaced.on(PageSignal::online);
  replaced.lose();
  replaced.on(WaitChosen{Duration::seconds(60)});
  CHECK(replaced.wait() <= hint_jitter);

  replaced.retry();
  replaced.lose();
  replaced.on(WaitChosen{Duration::seconds(60)});
  CHECK(replaced.wait() == Duration::seconds(60));
}
