#include <bindings/openline_abi.h>

#include <openline/client/options.hpp>
#include <openline/client/report.hpp>
#include <support/abi_line.hpp>
#include <support/catch.hpp>

#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <type_traits>
#include <vector>

using namespace openline;

namespace {

using Records = std::vector<AbiRecord>;

AbiRecord status(Phase phase) {
  return {OL_RECORD_STATUS, static_cast<std::uint32_t>(phase), 0, 0, "", -1};
}

AbiRecord record(std::uint32_t kind, std::uint32_t a = 0, std::uint32_t b = 0) {
  return {kind, a, b, 0, "", 0};
}

}  // namespace

TEST_CASE("abi: structures are laid out as the host reads them", "[bindings]") {
  STATIC_REQUIRE(std::is_standard_layout_v<ol_options>);
  STATIC_REQUIRE(std::is_trivial_v<ol_options>);
  CHECK(sizeof(ol_options) == option_count * sizeof(double));
  CHECK(offsetof(ol_options, reconnect_min_delay_ms) == 0);
  CHECK(offsetof(ol_options, message_bytes_max) == 19 * sizeof(double));

  STATIC_REQUIRE(std::is_standard_layout_v<ol_record>);
  STATIC_REQUIRE(std::is_trivial_v<ol_record>);
  // Seven words, a pointer, two words, and a double on the next multiple of eight: 48 bytes in
  // wasm, where a pointer has four bytes.
  constexpr std::size_t pointer = sizeof(void*);
  CHECK(offsetof(ol_record, kind) == 0);
  CHECK(offsetof(ol_record, a) == 4);
  CHECK(offsetof(ol_record, b) == 8);
  CHECK(offsetof(ol_record, c) == 12);
  CHECK(offsetof(ol_record, d) == 16);
  CHECK(offsetof(ol_record, e) == 20);
  CHECK(offsetof(ol_record, f) == 24);
  CHECK(offsetof(ol_record, text) == (pointer == 4 ? 28 : 32));
  CHECK(offsetof(ol_record, text_size) == (pointer == 4 ? 32 : 40));
  CHECK(offsetof(ol_record, number) == (pointer == 4 ? 40 : 48));
  CHECK(sizeof(ol_record) == (pointer == 4 ? 48 : 56));

  CHECK(offsetof(ol_close_event, was_clean) == 4);
  CHECK(offsetof(ol_close_event, reason) == 8);
}

TEST_CASE("abi: numbers of phases, failures and causes are those that the host knows",
          "[bindings]") {
  // js/src/core/wasmCore.ts lists them in this order.
  const std::vector<std::string> phases{"idle",    "refreshing", "asking",  "opening", "open",
                                        "waiting", "resting",    "closing", "closed",  "failed"};
  REQUIRE(phases.size() == phase_count);
  for (std::size_t i = 0; i < phases.size(); ++i) {
    CHECK(describe(static_cast<Phase>(i)) == phases[i]);
  }
  const std::vector<std::string> failures{"", "auth", "rejected", "attempts", "url"};
  for (std::size_t i = 0; i < failures.size(); ++i) {
    CHECK(describe(static_cast<Failure>(i)) == failures[i]);
  }
  CHECK(static_cast<int>(DropCause::stale) == 0);
  CHECK(static_cast<int>(DropCause::closed) == 1);
  CHECK(static_cast<int>(DropCause::unsendable) == 2);
  CHECK(static_cast<int>(DropCause::expired) == 3);
  CHECK(static_cast<int>(DropCause::overflow) == 4);
}

TEST_CASE("abi: each answer of send has the number of its name", "[bindings]") {
  CHECK(static_cast<int>(SendResult::sent) == OL_SEND_SENT);
  CHECK(static_cast<int>(SendResult::queued) == OL_SEND_QUEUED);
  CHECK(static_cast<int>(SendResult::measure) == OL_SEND_MEASURE);
  CHECK(static_cast<int>(SendResult::refused_too_large) == OL_SEND_TOO_LARGE);
  CHECK(static_cast<int>(SendResult::refused_queue_messages) == OL_SEND_QUEUE_MESSAGES);
  CHECK(static_cast<int>(SendResult::refused_queue_bytes) == OL_SEND_QUEUE_BYTES);
  CHECK(static_cast<int>(SendResult::refused_closed) == OL_SEND_CLOSED);
  CHECK(static_cast<int>(SendResult::refused_failed) == OL_SEND_FAILED);
  CHECK(static_cast<int>(SendResult::refused_unsendable) == OL_SEND_UNSENDABLE);
}

TEST_CASE("abi: faults of options are named by index, and no line is made", "[bindings]") {
  const ol_options good = abi_options();
  CHECK(ol_options_fault(&good) == -1);
  for (std::size_t i = 0; i < option_count; ++i) {
    INFO(option_specs[i].name);
    ol_options options = abi_options();
    (&options.reconnect_min_delay_ms)[i] = -1;
    CHECK(ol_options_fault(&options) == static_cast<std::int32_t>(i));
    CHECK(ol_line_create(&options, nullptr, 0, 0) == 0);
  }
}

TEST_CASE("abi: options reach the line", "[bindings]") {
  ol_options options = abi_options();
  options.queue_max_messages = 1;
  options.message_bytes_max = 50;
  AbiLine line{options};
  CHECK(ol_line_send(line.id(), 1, 51, 0) == OL_SEND_TOO_LARGE);
  CHECK(ol_line_send(line.id(), 1, 50, 0) == OL_SEND_MEASURE);
  CHECK(ol_line_send(line.id(), 1, 50, 1) == OL_SEND_QUEUED);
  CHECK(ol_line_send(line.id(), 2, 1, 1) == OL_SEND_QUEUE_MESSAGES);
}

TEST_CASE("abi: opening gives a status and a URL record, then an open record", "[bindings]") {
  AbiLine line;
  ol_line_open(line.id());
  CHECK(line.take() == Records{status(Phase::asking), record(OL_RECORD_URL, 1)});
  ol_line_url_ready(line.id(), 1, "wss://a", 7);
  CHECK(line.take() == Records{status(Phase::opening)});
  ol_line_socket_opened(line.id(), 1);
  CHECK(line.take() == Records{status(Phase::open), record(OL_RECORD_OPEN)});
}

TEST_CASE("abi: a lost connection gives a status with its retry and a close record", "[bindings]") {
  AbiLine line;
  line.clock().advance(Duration::milliseconds(500));
  line.connect();
  ol_line_socket_errored(line.id(), 1);
  line.close_event(1, 4000, "maintenance \xc3\xa9");
  const AbiRecord waiting{
      OL_RECORD_STATUS, static_cast<std::uint32_t>(Phase::waiting), 0, 1, "", 1'500};
  const AbiRecord closed{OL_RECORD_CLOSE, 4000, 1, 0, "maintenance \xc3\xa9", 0};
  CHECK(line.take() == Records{record(OL_RECORD_ERROR), waiting, closed});
}

TEST_CASE("abi: a close that was not clean says so, and its reason may be empty", "[bindings]") {
  AbiLine line;
  line.connect();
  line.close_event(1, 1006);
  const Records records = line.take();
  REQUIRE(records.size() == 2);
  CHECK(records[1] == record(OL_RECORD_CLOSE, 1006));
}

TEST_CASE("abi: a failure is part of the status", "[bindings]") {
  AbiLine line;
  line.connect();
  line.close_event(1, 4403);
  const Records records = line.take();
  REQUIRE(records.size() == 2);
  CHECK(records[0].kind == OL_RECORD_STATUS);
  CHECK(records[0].a == static_cast<std::uint32_t>(Phase::failed));
  CHECK(records[0].b == static_cast<std::uint32_t>(Failure::auth));
  CHECK(records[0].number == -1);
}

TEST_CASE("abi: a URL that was not said is a failed attempt or, if final, a failed line",
          "[bindings]") {
  AbiLine line;
  ol_line_open(line.id());
  line.take();
  ol_line_url_failed(line.id(), 1, 0);
  CHECK(line.take().at(0).a == static_cast<std::uint32_t>(Phase::waiting));
  ol_line_reconnect(line.id());
  line.take();
  ol_line_url_failed(line.id(), 2, 1);
  const Records records = line.take();
  REQUIRE(records.size() == 3);
  CHECK(records[0].b == static_cast<std::uint32_t>(Failure::url));
  CHECK(records[1] == record(OL_RECORD_ERROR));
  CHECK(records[2] == record(OL_RECORD_CLOSE, 1006));
}

TEST_CASE("abi: a message comes back under its handle, a late one as dropped", "[bindings]") {
  AbiLine line;
  line.connect();
  ol_line_socket_message(line.id(), 1, 70);
  ol_line_socket_message(line.id(), 9, 71);
  ol_line_socket_message(line.id(), 1, 72);
  CHECK(line.take() == Records{record(OL_RECORD_MESSAGE, 70), record(OL_RECORD_DROP, 71, 0),
                               record(OL_RECORD_MESSAGE, 72)});
}

TEST_CASE("abi: a message that is all there is to tell needs no record", "[bindings]") {
  AbiLine line;
  line.connect();
  CHECK(ol_line_receive(line.id(), 1, 70) == OL_RECEIVED);
  CHECK(ol_line_pump(line.id()) == 0);
  // From a socket that is abandoned it is dropped, which has to be told.
  CHECK(ol_line_receive(line.id(), 9, 71) == 1);
  CHECK(line.take() == Records{record(OL_RECORD_DROP, 71, 0)});
}

TEST_CASE("abi: a message behind something else to tell waits for its turn", "[bindings]") {
  AbiLine line;
  line.connect();
  ol_line_socket_errored(line.id(), 1);
  CHECK(ol_line_receive(line.id(), 1, 70) == 2);
  CHECK(line.take() == Records{record(OL_RECORD_ERROR), record(OL_RECORD_MESSAGE, 70)});
}

TEST_CASE("abi: flushed, unsendable and closed messages come back with their fate", "[bindings]") {
  AbiLine line;
  for (std::uint32_t handle = 1; handle <= 4; ++handle) {
    REQUIRE(ol_line_send(line.id(), handle, 100, 1) == OL_SEND_QUEUED);
  }
  CHECK(ol_line_buffered_amount(line.id()) == 400);
  line.sockets().outcomes = {SendOutcome::sent, SendOutcome::failed, SendOutcome::not_open};
  line.connect();
  CHECK(line.sockets().sent == std::vector<Handle>{{1}});
  CHECK(ol_line_buffered_amount(line.id()) == 200);
  ol_line_close(line.id(), 0, nullptr, 0);
  line.close_event(1, 1000);
  CHECK(line.take() == Records{status(Phase::closing), status(Phase::closed),
                               record(OL_RECORD_CLOSE, 1000, 1), record(OL_RECORD_DROP, 3, 1),
                               record(OL_RECORD_DROP, 4, 1)});
}

TEST_CASE("abi: flush and drop records come in the order of the queue", "[bindings]") {
  AbiLine line;
  for (std::uint32_t handle = 1; handle <= 3; ++handle) {
    REQUIRE(ol_line_send(line.id(), handle, 100, 1) == OL_SEND_QUEUED);
  }
  line.start();
  line.sockets().outcomes = {SendOutcome::sent, SendOutcome::failed};
  ol_line_socket_opened(line.id(), 1);
  CHECK(line.take() == Records{status(Phase::open), record(OL_RECORD_OPEN),
                               record(OL_RECORD_FLUSH, 1), record(OL_RECORD_DROP, 2, 2),
                               record(OL_RECORD_FLUSH, 3)});
}

TEST_CASE("abi: other subprotocols are for the sockets to come", "[bindings]") {
  AbiLine line;
  line.connect();
  std::string protocols{"ticket-2,chat"};
  ol_line_set_protocols(line.id(), protocols.data(), static_cast<std::uint32_t>(protocols.size()));
  protocols.assign("overwritten!!");
  CHECK(line.sockets().opened[0].request.protocols.empty());
  ol_line_reconnect(line.id());
  ol_line_url_ready(line.id(), 2, "wss://a", 7);
  ol_line_pump(line.id());
  REQUIRE(line.sockets().opened.size() == 2);
  CHECK(line.sockets().opened[1].request.protocols == "ticket-2,chat");
  ol_line_set_protocols(999, "chat", 4);  // no such line: nothing happens
}
