#include <bindings/openline_abi.h>

#include <support/abi_line.hpp>
#include <support/catch.hpp>

#include <cstdint>
#include <limits>
#include <string>
#include <vector>

using namespace openline;

namespace {

/// Calls everything that names a line.
void call_everything(std::uint32_t line) {
  const ol_close_event event{1000, 1, ""};
  ol_line_open(line);
  ol_line_close(line, 1000, "x", 1);
  ol_line_reconnect(line);
  ol_line_choose_wait(line, 1);
  ol_line_url_ready(line, 1, "wss://a", 7);
  ol_line_url_failed(line, 1, 0);
  ol_line_url_failed(line, 1, 1);
  ol_line_set_binary_type(line, 1);
  ol_line_socket_opened(line, 1);
  ol_line_socket_message(line, 1, 5);
  ol_line_socket_errored(line, 1);
  ol_line_socket_closed(line, 1, &event);
  ol_line_woken(line);
  ol_line_clear(line);
  ol_line_credentials(line, 1, 0);
  ol_line_credentials(line, 1, 1);
  ol_line_page_signal(line, OL_PAGE_ONLINE);
  ol_line_replied(line, 1);
  ol_line_ping_sent(line, 1);
  CHECK(ol_line_send(line, 1, 1, 1) == OL_SEND_CLOSED);
  CHECK(ol_line_adopt(line, 1, 1, 1) == OL_SEND_CLOSED);
  CHECK(ol_line_receive(line, 1, 5) == 0);
  CHECK(ol_line_pump(line) == 0);
  CHECK(ol_line_records(line) == nullptr);
  CHECK(ol_line_buffered_amount(line) == 0);
  ol_line_destroy(line);
}

}  // namespace

TEST_CASE("abi: ids of lines are above 0 and never used again", "[bindings]") {
  const ol_options options = abi_options();
  std::uint32_t newest = 0;
  for (int i = 0; i < 100; ++i) {
    const std::uint32_t line = ol_line_create(&options, nullptr, 0, 0);
    REQUIRE(line > newest);
    newest = line;
    ol_line_destroy(line);
  }
}

TEST_CASE("abi: options that are refused use no id up and make no platform", "[bindings]") {
  AbiLine line;
  const auto* sockets = &line.sockets();
  ol_options options = abi_options();
  options.connect_timeout_ms = 0;
  CHECK(ol_line_create(&options, nullptr, 0, 0) == 0);
  CHECK(newest_platform().sockets.get() == sockets);
}

TEST_CASE("abi: every function ignores a line that never was", "[bindings]") {
  AbiLine line;
  call_everything(0);
  call_everything(line.id() + 1'000);
  CHECK(line.sockets().opened.empty());
  CHECK(line.take().empty());
}

TEST_CASE("abi: every function ignores a line that is gone", "[bindings]") {
  AbiLine before;
  const ol_options options = abi_options();
  const std::uint32_t line = ol_line_create(&options, nullptr, 0, 0);
  const FakePlatform platform = newest_platform();
  AbiLine after;
  ol_line_destroy(line);
  call_everything(line);
  CHECK(platform.sockets->opened.empty());
  CHECK(before.take().empty());
  CHECK(after.take().empty());
}

TEST_CASE("abi: lines do not disturb each other when one of them is destroyed in the middle",
          "[bindings]") {
  AbiLine first;
  const ol_options options = abi_options();
  const std::uint32_t middle = ol_line_create(&options, nullptr, 0, 0);
  const FakePlatform platform = newest_platform();
  AbiLine last;
  first.connect();
  last.connect();
  ol_line_open(middle);
  ol_line_url_ready(middle, 1, "wss://a", 7);
  ol_line_pump(middle);
  ol_line_destroy(middle);
  CHECK(platform.sockets->discarded == std::vector<SocketId>{{1}});
  CHECK(platform.clock->alarm() == Instant::never());
  CHECK(first.sockets().discarded.empty());
  CHECK(last.sockets().discarded.empty());
  CHECK(ol_line_send(first.id(), 1, 1, 0) == OL_SEND_SENT);
  CHECK(ol_line_send(last.id(), 2, 1, 0) == OL_SEND_SENT);
  CHECK(first.sockets().sent == std::vector<Handle>{{1}});
  CHECK(last.sockets().sent == std::vector<Handle>{{2}});
}

TEST_CASE("abi: a line that is destroyed while values wait frees none of them itself",
          "[bindings]") {
  const ol_options options = abi_options();
  const std::uint32_t line = ol_line_create(&options, nullptr, 0, 0);
  const FakePlatform platform = newest_platform();
  REQUIRE(ol_line_send(line, 1, 10, 1) == OL_SEND_QUEUED);
  ol_line_destroy(line);
  CHECK(platform.sockets->sent.empty());
  CHECK(ol_line_buffered_amount(line) == 0);
}

TEST_CASE("abi: text that goes in is copied, NUL bytes too", "[bindings]") {
  const ol_options options = abi_options();
  std::string protocols{"a\0b", 3};
  const std::uint32_t line =
      ol_line_create(&options, protocols.data(), static_cast<std::uint32_t>(protocols.size()), 1);
  const FakePlatform platform = newest_platform();
  protocols.assign("overwritten");
  std::string url{"wss://a/\0?", 10};
  ol_line_open(line);
  ol_line_url_ready(line, 1, url.data(), static_cast<std::uint32_t>(url.size()));
  url.assign("overwritten");
  ol_line_pump(line);
  REQUIRE(platform.sockets->opened.size() == 1);
  CHECK(platform.sockets->opened[0].request.url == std::string{"wss://a/\0?", 10});
  CHECK(platform.sockets->opened[0].request.protocols == std::string{"a\0b", 3});
  CHECK(platform.sockets->opened[0].request.binary_type == BinaryType::arraybuffer);
  std::string reason{"so\0long", 7};
  ol_line_socket_opened(line, 1);
  ol_line_close(line, 3000, reason.data(), static_cast<std::uint32_t>(reason.size()));
  reason.assign("overwritten");
  ol_line_pump(line);
  REQUIRE(platform.sockets->closed.size() == 1);
  CHECK(platform.sockets->closed[0].code == 3000);
  CHECK(platform.sockets->closed[0].reason == std::string{"so\0long", 7});
  ol_line_destroy(line);
}

TEST_CASE("abi: no subprotocols are an empty text, whatever the pointer", "[bindings]") {
  const ol_options options = abi_options();
  for (const char* pointer : {static_cast<const char*>(nullptr), "unread"}) {
    const std::uint32_t line = ol_line_create(&options, pointer, 0, 0);
    REQUIRE(line != 0);
    const FakePlatform platform = newest_platform();
    ol_line_open(line);
    ol_line_url_ready(line, 1, "wss://a", 7);
    ol_line_pump(line);
    REQUIRE(platform.sockets->opened.size() == 1);
    CHECK(platform.sockets->opened[0].request.protocols.empty());
    CHECK(platform.sockets->opened[0].request.binary_type == BinaryType::blob);
    ol_line_destroy(line);
  }
}

TEST_CASE("abi: the binary type is for the present socket and for those to come", "[bindings]") {
  AbiLine line;
  ol_line_set_binary_type(line.id(), 1);
  CHECK(line.sockets().binary_types.empty());
  line.connect();
  CHECK(line.sockets().opened[0].request.binary_type == BinaryType::arraybuffer);
  ol_line_set_binary_type(line.id(), 0);
  CHECK(line.sockets().binary_types == std::vector<BinaryType>{BinaryType::blob});
}

TEST_CASE("abi: records stay until they are cleared", "[bindings]") {
  AbiLine line;
  CHECK(ol_line_pump(line.id()) == 0);
  CHECK(ol_line_records(line.id()) == nullptr);
  ol_line_open(line.id());
  CHECK(ol_line_pump(line.id()) == 2);
  CHECK(ol_line_pump(line.id()) == 2);
  REQUIRE(ol_line_records(line.id()) != nullptr);
  CHECK(ol_line_records(line.id())[1].kind == OL_RECORD_URL);
  ol_line_clear(line.id());
  CHECK(ol_line_records(line.id()) == nullptr);
  CHECK(ol_line_pump(line.id()) == 0);
}

TEST_CASE("abi: the alarm rings through woken", "[bindings]") {
  AbiLine line;
  line.connect();
  line.close_event(1, 1006);
  line.take();
  CHECK(line.clock().alarm() == Instant::from_milliseconds(1'000));
  line.clock().advance(Duration::seconds(1));
  REQUIRE(line.clock().take_alarm());
  ol_line_woken(line.id());
  const std::vector<AbiRecord> records = line.take();
  REQUIRE(records.size() == 2);
  CHECK(records[1].kind == OL_RECORD_URL);
  CHECK(records[1].a == 2);
}

TEST_CASE("abi: buffered amount counts the queue and the socket", "[bindings]") {
  AbiLine line;
  line.sockets().buffered_amount = 77;
  CHECK(ol_line_buffered_amount(line.id()) == 0);
  line.connect();
  CHECK(ol_line_buffered_amount(line.id()) == 77);
}

TEST_CASE("abi: clearing the records of one pump loses nothing that came since", "[bindings]") {
  AbiLine line;
  line.connect();
  ol_line_socket_message(line.id(), 1, 7);
  REQUIRE(ol_line_pump(line.id()) == 1);
  ol_line_socket_message(line.id(), 1, 8);
  CHECK(ol_line_send(line.id(), 9, 1, 1) == OL_SEND_SENT);  // pumps first
  CHECK(ol_line_records(line.id())->a == 7);
  ol_line_clear(line.id());
  REQUIRE(ol_line_pump(line.id()) == 1);
  CHECK(ol_line_records(line.id())->a == 8);
}

TEST_CASE("abi: the text of a record outlives a send", "[bindings]") {
  AbiLine line;
  line.connect();
  line.close_event(1, 4000, "a reason that is too long for a small string");
  REQUIRE(ol_line_pump(line.id()) == 2);
  CHECK(ol_line_send(line.id(), 9, 1, 1) == OL_SEND_QUEUED);
  const ol_record& closed = ol_line_records(line.id())[1];
  CHECK(std::string{closed.text, closed.text_size} ==
        "a reason that is too long for a small string");
}

TEST_CASE("abi: a size that is none counts as nothing, an absurd one as too large", "[bindings]") {
  AbiLine line;
  line.connect();
  CHECK(ol_line_send(line.id(), 1, -1, 0) == OL_SEND_SENT);
  CHECK(ol_line_send(line.id(), 2, std::numeric_limits<double>::quiet_NaN(), 0) == OL_SEND_SENT);
  CHECK(ol_line_send(line.id(), 3, 1e300, 0) == OL_SEND_TOO_LARGE);
}
