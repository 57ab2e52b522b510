#include <bindings/openline_abi.h>

#include <openline/connection/state.hpp>
#include <support/abi_line.hpp>
#include <support/catch.hpp>

#include <cstdint>
#include <vector>

using namespace openline;

namespace {

using Records = std::vector<AbiRecord>;

AbiRecord record(std::uint32_t kind, std::uint32_t a = 0, std::uint32_t b = 0) {
  return {kind, a, b, 0, "", 0};
}

}  // namespace

TEST_CASE("abi sockets: events are queued until the line is pumped, in their order", "[bindings]") {
  AbiLine line;
  line.start();
  ol_line_socket_opened(line.id(), 1);
  ol_line_socket_message(line.id(), 1, 70);
  ol_line_socket_errored(line.id(), 1);
  line.close_event(1, 1006);
  const Records records = line.take();
  REQUIRE(records.size() == 6);
  CHECK(records[0].a == static_cast<std::uint32_t>(Phase::open));
  CHECK(records[1] == record(OL_RECORD_OPEN));
  CHECK(records[2] == record(OL_RECORD_MESSAGE, 70));
  CHECK(records[3] == record(OL_RECORD_ERROR));
  CHECK(records[4].a == static_cast<std::uint32_t>(Phase::waiting));
  CHECK(records[5] == record(OL_RECORD_CLOSE, 1006));
}

TEST_CASE("abi sockets: what a socket says that was abandoned changes nothing", "[bindings]") {
  AbiLine line;
  line.connect();
  ol_line_socket_opened(line.id(), 9);
  ol_line_socket_errored(line.id(), 9);
  line.close_event(9, 1000);
  ol_line_replied(line.id(), 9);
  ol_line_ping_sent(line.id(), 9);
  CHECK(line.take().empty());
}
