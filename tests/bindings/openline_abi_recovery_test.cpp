#include <bindings/openline_abi.h>

#include <openline/connection/page.hpp>
#include <support/abi_line.hpp>
#include <support/catch.hpp>

#include <cstdint>
#include <limits>
#include <string>
#include <vector>

using namespace openline;

// What brings a line back: credentials, pings, signals of the page, and messages that waited.

namespace {

using Records = std::vector<AbiRecord>;

AbiRecord status(Phase phase) {
  return {OL_RECORD_STATUS, static_cast<std::uint32_t>(phase), 0, 0, "", -1};
}

AbiRecord record(std::uint32_t kind, std::uint32_t a = 0, std::uint32_t b = 0,
                 std::uint32_t c = 0) {
  return {kind, a, b, c, "", 0};
}

ol_options with_heartbeat(double answer) {
  ol_options options = abi_options();
  options.heartbeat = answer;
  return options;
}

void pass(AbiLine& line, Duration time) {
  line.clock().advance(time);
  if (line.clock().take_alarm()) {
    ol_line_woken(line.id());
  }
}

}  // namespace

TEST_CASE("abi: signals of the page have the numbers of their names", "[bindings]") {
  CHECK(static_cast<int>(PageSignal::online) == OL_PAGE_ONLINE);
  CHECK(static_cast<int>(PageSignal::offline) == OL_PAGE_OFFLINE);
  CHECK(static_cast<int>(PageSignal::shown) == OL_PAGE_SHOWN);
  CHECK(static_cast<int>(PageSignal::hidden) == OL_PAGE_HIDDEN);
  CHECK(static_cast<int>(PageSignal::resumed) == OL_PAGE_RESUMED);
  CHECK(static_cast<int>(PageSignal::stored) == OL_PAGE_STORED);
  CHECK(static_cast<int>(PageSignal::restored) == OL_PAGE_RESTORED);
  CHECK(OL_PAGE_RESTORED + 1 == page_signal_count);
}

TEST_CASE("abi: a close with 4401 asks for credentials, and the answer goes on", "[bindings]") {
  AbiLine line;
  line.connect();
  line.close_event(1, 4401);
  CHECK(line.take() == Records{status(Phase::refreshing), record(OL_RECORD_CLOSE, 4401, 1),
                               record(OL_RECORD_CREDENTIALS, 1)});
  SECTION("renewed") {
    ol_line_credentials(line.id(), 1, 1);
    CHECK(line.take() == Records{status(Phase::asking), record(OL_RECORD_URL, 2)});
  }
  SECTION("not renewed") {
    ol_line_credentials(line.id(), 1, 0);
    const Records records = line.take();
    REQUIRE(records.size() == 1);
    CHECK(records[0].a == static_cast<std::uint32_t>(Phase::waiting));
    CHECK(records[0].c == 1);
  }
  SECTION("the answer of another socket") {
    ol_line_credentials(line.id(), 2, 1);
    ol_line_credentials(line.id(), 2, 0);
    CHECK(line.take().empty());
  }
}

TEST_CASE("abi: a server says in the reason when to come back", "[bindings]") {
  AbiLine line;
  line.connect();
  line.close_event(1, 1013, R"({"retryAfterMs":45000})");
  const Records records = line.take();
  REQUIRE(records.size() == 2);
  CHECK(records[0].number == 45'000);
  CHECK(records[1].text == R"({"retryAfterMs":45000})");
}

TEST_CASE("abi: a ping is asked for, told as sent, and its missing answer ends the connection",
          "[bindings]") {
  AbiLine line{with_heartbeat(1)};
  line.connect();
  pass(line, Duration::seconds(24));
  CHECK(line.take() == Records{record(OL_RECORD_PING, 1)});
  ol_line_ping_sent(line.id(), 1);
  line.take();
  pass(line, Duration::seconds(10));
  const Records records = line.take();
  REQUIRE(records.size() == 3);
  CHECK(records[0].a == static_cast<std::uint32_t>(Phase::waiting));
  CHECK(records[1] == record(OL_RECORD_ERROR));
  CHECK(records[2] == record(OL_RECORD_CLOSE, 1006));
}

TEST_CASE("abi: a reply counts when replies count, a message when messages do", "[bindings]") {
  for (const double answer : {1.0, 2.0}) {
    for (const bool is_reply : {true, false}) {
      INFO("heartbeat " << answer << ", a reply: " << is_reply);
      AbiLine line{with_heartbeat(answer)};
      line.connect();
      pass(line, Duration::seconds(24));
      line.take();
      ol_line_ping_sent(line.id(), 1);
      if (is_reply) {
        ol_line_replied(line.id(), 1);
      }
      ol_line_socket_message(line.id(), 1, 7);
      CHECK(line.take() == Records{record(OL_RECORD_MESSAGE, 7)});
      const bool counts = is_reply || answer == 1;
      CHECK(line.clock().alarm() == Instant::from_milliseconds(counts ? 48'000 : 34'000));
    }
  }
}

TEST_CASE("abi: a signal of the page reaches the line, an unknown number does not", "[bindings]") {
  AbiLine line;
  line.connect();
  line.close_event(1, 1006);
  ol_line_page_signal(line.id(), OL_PAGE_STORED);
  line.take();
  for (const std::uint32_t unknown : {7U, 8U, 255U, 256U, 4'294'967'295U}) {
    ol_line_page_signal(line.id(), unknown);
    CHECK(line.take().empty());
  }
  ol_line_page_signal(line.id(), OL_PAGE_RESTORED);
  CHECK(line.take() ==
        Records{{OL_RECORD_STATUS, static_cast<std::uint32_t>(Phase::asking), 0, 1, "", -1},
                record(OL_RECORD_URL, 2)});
}

TEST_CASE("abi: what a line does while its page is hidden is an option", "[bindings]") {
  ol_options options = abi_options();
  options.hidden = 2;
  options.hidden_after_ms = 5'000;
  AbiLine line{options};
  line.connect();
  ol_line_page_signal(line.id(), OL_PAGE_HIDDEN);
  line.take();
  pass(line, Duration::seconds(5));
  CHECK(line.take() == Records{status(Phase::resting), record(OL_RECORD_CLOSE, 1000, 1, 1)});
}

TEST_CASE("abi: an outage is told in milliseconds when the line is open again", "[bindings]") {
  AbiLine line;
  line.connect();
  line.close_event(1, 1006);
  ol_line_reconnect(line.id());
  line.take();
  line.clock().advance(Duration::milliseconds(1'234));
  ol_line_url_ready(line.id(), 2, "wss://a", 7);
  ol_line_socket_opened(line.id(), 2);
  const Records records = line.take();
  CHECK(records.back() == AbiRecord{OL_RECORD_OUTAGE, 0, 0, 0, "", 1'234});
}

TEST_CASE("abi: messages that waited with the host are taken over with their age", "[bindings]") {
  ol_options options = abi_options();
  options.queue_ttl_ms = 10'000;
  AbiLine line{options};
  CHECK(ol_line_adopt(line.id(), 1, 100, 8'000) == OL_SEND_QUEUED);
  CHECK(ol_line_adopt(line.id(), 2, 100, 0) == OL_SEND_QUEUED);
  CHECK(ol_line_buffered_amount(line.id()) == 200);
  pass(line, Duration::seconds(2));
  CHECK(line.take() == Records{record(OL_RECORD_DROP, 1, 3)});
  line.connect();
  CHECK(line.sockets().sent == std::vector<Handle>{{2}});
}

TEST_CASE("abi: what is taken over and does not fit is refused or drives the oldest out",
          "[bindings]") {
  ol_options options = abi_options();
  options.queue_max_messages = 1;
  options.queue_max_bytes = 100;
  SECTION("refused") {
    AbiLine line{options};
    CHECK(ol_line_adopt(line.id(), 1, 101, 0) == OL_SEND_QUEUE_BYTES);
    CHECK(ol_line_adopt(line.id(), 2, 100, 0) == OL_SEND_QUEUED);
    CHECK(ol_line_adopt(line.id(), 3, 0, 0) == OL_SEND_QUEUE_MESSAGES);
  }
  SECTION("the oldest goes") {
    options.queue_overflow = 1;
    AbiLine line{options};
    CHECK(ol_line_adopt(line.id(), 1, 100, 0) == OL_SEND_QUEUED);
    CHECK(ol_line_adopt(line.id(), 2, 100, 0) == OL_SEND_QUEUED);
    CHECK(line.take() == Records{record(OL_RECORD_DROP, 1, 4)});
  }
}

TEST_CASE("abi: an age or a size that is none counts as nothing", "[bindings]") {
  const double not_a_number = std::numeric_limits<double>::quiet_NaN();
  const double infinity = std::numeric_limits<double>::infinity();
  AbiLine line;
  CHECK(ol_line_adopt(line.id(), 1, -5, -5) == OL_SEND_QUEUED);
  CHECK(ol_line_adopt(line.id(), 2, not_a_number, not_a_number) == OL_SEND_QUEUED);
  CHECK(ol_line_adopt(line.id(), 3, 0, infinity) == OL_SEND_QUEUED);
  CHECK(ol_line_adopt(line.id(), 4, infinity, 0) == OL_SEND_QUEUE_BYTES);
  CHECK(ol_line_buffered_amount(line.id()) == 0);
  CHECK(line.clock().alarm() == Instant::never());
}

TEST_CASE("abi: a closed line takes nothing over", "[bindings]") {
  AbiLine line;
  ol_line_close(line.id(), 0, nullptr, 0);
  CHECK(ol_line_adopt(line.id(), 1, 1, 0) == OL_SEND_CLOSED);
}

TEST_CASE("abi: a line without budget waits, and says until when", "[bindings]") {
  ol_options options = abi_options();
  options.reconnect_budget_attempts = 1;
  options.reconnect_budget_window_ms = 30'000;
  AbiLine line{options};
  line.connect();
  ol_line_reconnect(line.id());
  const Records records = line.take();
  REQUIRE(records.size() == 2);
  CHECK(records[0].a == static_cast<std::uint32_t>(Phase::waiting));
  CHECK(records[0].number == 30'000);
}
