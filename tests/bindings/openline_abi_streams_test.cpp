#include <bindings/openline_abi.h>

#include <openline/client/report.hpp>
#include <support/abi_line.hpp>
#include <support/catch.hpp>
#include <support/speaking_line.hpp>

#include <cstdint>
#include <cstring>
#include <limits>
#include <string>
#include <utility>
#include <vector>

using namespace openline;

namespace {

using Records = std::vector<AbiRecord>;

std::uint32_t size_of(const std::string& text) { return static_cast<std::uint32_t>(text.size()); }

/// A line that speaks openline.1, driven through the flat ABI alone.
struct AbiSpeakingLine : AbiLine {
  AbiSpeakingLine() : AbiLine{abi_options(), OL_MODE_OPENLINE_1} {}

  std::uint32_t subscribe(const std::string& name) {
    return ol_line_subscribe(id(), name.data(), size_of(name));
  }
  void start_after(const std::string& epoch, double offset) {
    ol_line_start_after(id(), epoch.data(), size_of(epoch), offset);
  }
  /// A frame comes in as the host brings it.
  Records frame(const std::string& bytes, std::uint32_t handle = 0, std::uint32_t socket = 1) {
    std::memcpy(ol_frame_buffer(size_of(bytes)), bytes.data(), bytes.size());
    ol_line_socket_frame(id(), socket, handle, size_of(bytes));
    return take();
  }
  void begin(const std::string& answers = "") {
    connect();
    frame(welcome_frame(answers));
    said();
  }
  std::vector<std::string> said() { return std::exchange(sockets().texts, {}); }
};

}  // namespace

TEST_CASE("abi streams: numbers of settlements are those that the host knows", "[bindings]") {
  CHECK(static_cast<int>(Settlement::acked) == OL_SETTLED_ACKED);
  CHECK(static_cast<int>(Settlement::rejected) == OL_SETTLED_REJECTED);
  CHECK(static_cast<int>(Settlement::too_large) == OL_SETTLED_TOO_LARGE);
  CHECK(static_cast<int>(Settlement::unknown) == OL_SETTLED_UNKNOWN);
}

TEST_CASE("abi streams: a line subscribes, is granted and gets publications", "[bindings]") {
  AbiSpeakingLine line;
  line.begin();
  REQUIRE(line.subscribe("board") == 1);
  CHECK(line.said() == std::vector<std::string>{R"([5,"board",null])"});
  CHECK(line.frame(R"([5,"board",3,"e1",120,true])") ==
        Records{{OL_RECORD_SUBSCRIBED, 1, 0, 0, "e1", 120}});
  ol_line_socket_frame(line.id(), 1, 40, 0);  // an empty frame is a frame, too: malformed
  CHECK(line.take().front() == AbiRecord{OL_RECORD_FRAME_READ, 40, 0, 0, "", 0});
}

TEST_CASE("abi streams: publications say where they lie in their frame", "[bindings]") {
  AbiSpeakingLine line;
  line.subscribe("board");
  line.begin(R"(["board",3,"e1",120,true])");
  const std::string batch = batch_frame({{3, 121, 122, {R"({"a":1})", R"({"a":2})"}}});
  std::memcpy(ol_frame_buffer(size_of(batch)), batch.data(), batch.size());
  ol_line_socket_frame(line.id(), 1, 40, size_of(batch));
  REQUIRE(ol_line_pump(line.id()) == 2);
  const ol_record* records = ol_line_records(line.id());
  CHECK(records[0].kind == OL_RECORD_PUBLICATIONS);
  CHECK(records[0].a == 1);
  CHECK(records[0].b == 2);
  CHECK(records[0].c == 40);
  CHECK(batch.substr(records[0].d, records[0].e) == R"({"a":1},{"a":2})");
  CHECK(records[0].number == 122);
  CHECK(records[1].kind == OL_RECORD_FRAME_READ);
  CHECK(records[1].a == 40);
}

TEST_CASE("abi streams: a position is that of the next subscription alone", "[bindings]") {
  AbiSpeakingLine line;
  line.begin();
  line.start_after("e1", 9'007'199'254'740'991.0);
  line.subscribe("board");
  line.subscribe("chat");
  line.start_after("e2", 5);
  ol_line_resubscribe(line.id(), 2);
  ol_line_resubscribe(line.id(), 2);
  CHECK(line.said() == std::vector<std::string>{R"([5,"board",["e1",9007199254740991]])",
                                                R"([5,"chat",null])", R"([5,"chat",["e2",5]])",
                                                R"([5,"chat",null])"});
}

TEST_CASE("abi streams: a position that a subscription was refused for is gone with it",
          "[bindings]") {
  AbiSpeakingLine line;
  line.begin();
  line.start_after("", 5);
  CHECK(line.subscribe("board") == 0);
  CHECK(line.subscribe("board") == 1);
  CHECK(line.said() == std::vector<std::string>{R"([5,"board",null])"});
}

TEST_CASE("abi streams: what is no offset is none, or refused", "[bindings]") {
  AbiSpeakingLine line;
  line.begin();
  line.start_after("e1", -5);
  CHECK(line.subscribe("a") == 1);
  line.start_after("e1", std::numeric_limits<double>::quiet_NaN());
  CHECK(line.subscribe("b") == 2);
  line.start_after("e1", std::numeric_limits<double>::infinity());
  CHECK(line.subscribe("c") == 0);  // above 2^53 - 1 no frame can say it
  CHECK(line.said() == std::vector<std::string>{R"([5,"a",["e1",0]])", R"([5,"b",["e1",0]])"});
}

TEST_CASE("abi streams: a resync, a refusal and an end", "[bindings]") {
  AbiSpeakingLine line;
  line.subscribe("board");
  line.begin(R"(["board",3,"e1",120,true])");
  CHECK(line.frame(R"([6,3,"e1",9000])") == Records{{OL_RECORD_RESYNC, 1, 0, 0, "e1", 9'000}});
  CHECK(line.frame(R"([5,"board",null,4403,"no",true])") ==
        Records{{OL_RECORD_DENIED, 1, 4403, 0, "no", 0}});
  line.start_after("e1", 9'000);
  ol_line_resubscribe(line.id(), 1);
  line.said();
  ol_line_unsubscribe(line.id(), 1);
  CHECK(line.said() == std::vector<std::string>{R"([6,"board"])"});
}

TEST_CASE("abi streams: messages are replied to and settled", "[bindings]") {
  AbiSpeakingLine line;
  line.begin();
  for (std::uint32_t handle = 1; handle <= 2; ++handle) {
    REQUIRE(ol_line_send(line.id(), handle, 10, 0) == OL_SEND_MEASURE);
    REQUIRE(ol_line_send(line.id(), handle, 10, 1) == OL_SEND_SENT);
  }
  CHECK(line.said() == std::vector<std::string>{"[2,1,#1]", "[2,2,#2]"});
  CHECK(line.frame("[10,1,[1, 2]]") == Records{{OL_RECORD_REPLY, 1, 0, 0, "[1, 2]", 0}});
  CHECK(line.frame(R"([4,2,4400,"no"])") ==
        Records{{OL_RECORD_SETTLED, 1, OL_SETTLED_ACKED, 0, "", 0},
                {OL_RECORD_SETTLED, 2, OL_SETTLED_REJECTED, 4400, "no", 0}});
}

TEST_CASE("abi streams: a server that does not speak it fails the line", "[bindings]") {
  AbiSpeakingLine line;
  line.connect();
  ol_line_socket_unspoken(line.id(), 9);  // of another attempt
  CHECK(line.take().empty());
  ol_line_socket_unspoken(line.id(), 1);
  const Records records = line.take();
  REQUIRE(records.size() == 3);
  CHECK(records[0].a == static_cast<std::uint32_t>(Phase::waiting));
  CHECK(records[1].kind == OL_RECORD_ERROR);
  CHECK(records[2].kind == OL_RECORD_CLOSE);
}

TEST_CASE("abi streams: a plain line has no streams, and gives back a frame unread", "[bindings]") {
  AbiLine line;
  line.connect();
  ol_line_start_after(line.id(), "e1", 2, 5);
  CHECK(ol_line_subscribe(line.id(), "board", 5) == 0);
  ol_line_resubscribe(line.id(), 1);
  ol_line_unsubscribe(line.id(), 1);
  ol_frame_buffer(1)[0] = 11;
  ol_line_socket_frame(line.id(), 1, 40, 1);
  ol_line_socket_frame(line.id(), 1, 0, 1);
  CHECK(line.take() ==
        Records{{OL_RECORD_DROP, 40, static_cast<std::uint32_t>(DropCause::stale), 0, "", 0}});
  CHECK(line.sockets().texts.empty());
}

TEST_CASE("abi streams: a line that does not exist is harmless", "[bindings]") {
  constexpr std::uint32_t gone = 0xffff'ffff;
  ol_line_start_after(gone, "e1", 2, 5);
  CHECK(ol_line_subscribe(gone, "board", 5) == 0);
  ol_line_resubscribe(gone, 1);
  ol_line_unsubscribe(gone, 1);
  REQUIRE(ol_frame_buffer(3) != nullptr);
  ol_line_socket_frame(gone, 1, 40, 3);
  ol_line_socket_unspoken(gone, 1);
  AbiSpeakingLine line;  // and the buffer is free for the next
  line.begin("");
  CHECK(line.frame("[9,0]").empty());
  CHECK(line.said() == std::vector<std::string>{"[9,0]"});
}

TEST_CASE("abi streams: a frame may be larger than the one before, and smaller", "[bindings]") {
  AbiSpeakingLine line;
  line.begin();
  CHECK(line.frame("[99,\"" + std::string(100'000, 'x') + "\"]").empty());
  CHECK(line.frame("[9,0]").empty());
  CHECK(line.said() == std::vector<std::string>{"[9,0]"});
}
