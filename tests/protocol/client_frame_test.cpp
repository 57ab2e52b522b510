#include <openline/protocol/client_frame.hpp>

#include <openline/protocol/limits.hpp>

#include <support/catch.hpp>
#include <protocol/vectors.hpp>

#include <nlohmann/json.hpp>

#include <string>
#include <vector>

using namespace openline;
using nlohmann::json;

namespace {

const std::string client_id(22, 'A');

Position position_in(const json& pair) {
  return {pair[0].get<std::string>(), pair[1].get<std::uint64_t>()};
}

StreamRequest request_in(const json& value) {
  StreamRequest request{value["stream"].get<std::string>(), std::nullopt};
  if (!value["from"].is_null()) {
    request.position = position_in(value["from"]);
  }
  return request;
}

/// What the writers make of a value of the vectors. The stream and the payload of a message stay
/// with JavaScript, so they are taken from the text.
std::string written(const json& value, const std::string& text) {
  const auto kind = value["kind"].get<std::string>();
  if (kind == "hello") {
    std::vector<StreamRequest> streams;
    for (const json& each : value["streams"]) {
      streams.push_back(request_in(each));
    }
    const Hello made =
        hello(value["client"].get<std::string>(), value["next"].get<std::uint64_t>(), streams);
    CHECK(made.streams_written == streams.size());
    return made.frame;
  }
  if (kind == "message") {
    const std::string head = message_head(value["seq"].get<std::uint64_t>());
    REQUIRE(text.size() > head.size() + message_tail.size());
    const std::string rest =
        text.substr(head.size(), text.size() - head.size() - message_tail.size());
    CHECK(json::parse('[' + rest + ']', nullptr, false) ==
          json::array({value["stream"], value["value"]}));
    return head + rest + std::string{message_tail};
  }
  if (kind == "subscribe") return subscribe(request_in(value));
  if (kind == "unsubscribe") return unsubscribe(value["stream"].get<std::string>());
  if (kind == "recover") {
    return recover(value["index"].get<std::uint64_t>(), position_in(value["position"]));
  }
  REQUIRE(kind == "heartbeat");
  return heartbeat(value["ack"].get<std::uint64_t>(), value["asks"].get<bool>());
}

std::vector<StreamRequest> requests(std::size_t count, const std::string& name) {
  return {count, StreamRequest{name, Position{std::string(epoch_bytes_max, 'e'), integer_max}}};
}

}  // namespace

TEST_CASE("client frame: each vector is written as it stands", "[protocol]") {
  for (const json& vector : vectors("clientFrames")) {
    INFO(vector["name"]);
    const auto text = vector["text"].get<std::string>();
    CHECK(written(vector["value"], text) == text);
  }
}

TEST_CASE("client frame: a HELLO takes as many streams as fit 32 KiB", "[protocol]") {
  const std::string name(stream_name_bytes_max, 's');
  const Hello all = hello(client_id, 1, requests(1'000, name));
  CHECK(all.frame.size() <= hello_bytes_max);
  CHECK(all.streams_written > 90);
  const json frame = json::parse(all.frame, nullptr, false);
  REQUIRE(frame.is_array());
  CHECK(frame[1]["s"].size() == all.streams_written);

  const Hello one_more = hello(client_id, 1, requests(all.streams_written, name));
  CHECK(one_more.frame == all.frame);
  const std::size_t row = 256 + 64 + std::string{R"([["",["",9007199254740991]])"}.size();
  CHECK(all.frame.size() + row > hello_bytes_max);
}

TEST_CASE("client frame: a HELLO may be filled to its last byte", "[protocol]") {
  std::vector<StreamRequest> streams = requests(200, std::string(150, 's'));
  const Hello full = hello(client_id, 1, streams);
  streams.resize(full.streams_written);
  streams.push_back({"s", std::nullopt});
  const std::size_t used = hello(client_id, 1, streams).frame.size();
  REQUIRE(used <= hello_bytes_max);
  const std::size_t room = hello_bytes_max - used;
  REQUIRE(room < 256);
  streams.back().stream += std::string(room, 's');
  CHECK(hello(client_id, 1, streams).frame.size() == hello_bytes_max);
  CHECK(hello(client_id, 1, streams).streams_written == streams.size());
  streams.back().stream += 's';
  CHECK(hello(client_id, 1, streams).streams_written == streams.size() - 1);
}

TEST_CASE("client frame: the longest name fits a HELLO though each byte is escaped", "[protocol]") {
  const Hello made = hello(client_id, integer_max, requests(1, std::string(256, '\x01')));
  CHECK(made.streams_written == 1);
  CHECK(made.frame.size() < hello_bytes_max);
}
