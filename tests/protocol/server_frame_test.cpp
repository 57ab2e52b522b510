#include <openline/protocol/server_frame.hpp>

#include <openline/base/result.hpp>

#include <support/catch.hpp>
#include <protocol/vectors.hpp>

#include <nlohmann/json.hpp>

#include <string>
#include <variant>

using namespace openline;
using nlohmann::json;
using namespace std::string_literals;

namespace {

json in_words(const Position& position) { return json::array({position.epoch, position.offset}); }

json in_words(const SubscribeAnswer& answer) {
  if (!answer.is_granted) {
    json words = json::array({answer.stream, nullptr, answer.code, answer.text});
    if (answer.is_unasked) {
      words.push_back(true);
    }
    return words;
  }
  return json::array(
      {answer.stream, answer.index, answer.top.epoch, answer.top.offset, answer.recovered});
}

/// A frame, or why there is none.
Result<ServerFrame, FrameFault> read(const std::string& text) {
  ServerFrame frame;
  if (const auto fault = read_server_frame(text, frame)) {
    return *fault;
  }
  return frame;
}

/// A frame as the vectors have it.
struct InWords {
  json operator()(const Welcome& welcome) const {
    json answers = json::array();
    for (const SubscribeAnswer& answer : welcome.s) {
      answers.push_back(in_words(answer));
    }
    return {{"kind", "welcome"},  {"hb", welcome.hb.count()}, {"idle", welcome.idle.count()},
            {"max", welcome.max}, {"win", welcome.win},       {"ack", welcome.ack},
            {"s", answers}};
  }
  json operator()(const Ack& ack) const { return {{"kind", "ack"}, {"seq", ack.seq}}; }
  json operator()(const Nack& nack) const {
    return {{"kind", "nack"}, {"seq", nack.seq}, {"code", nack.code}, {"text", nack.text}};
  }
  json operator()(const Reply& reply) const {
    return {
        {"kind", "reply"}, {"seq", reply.seq}, {"value", json::parse(reply.value, nullptr, false)}};
  }
  json operator()(const Subscribed& subscribed) const {
    return {{"kind", "subscribed"}, {"answer", in_words(subscribed.answer)}};
  }
  json operator()(const Resync& resync) const {
    return {{"kind", "resync"}, {"index", resync.index}, {"position", in_words(resync.top)}};
  }
  json operator()(const Goaway& goaway) const {
    return {{"kind", "goaway"},
            {"code", goaway.code},
            {"reason", goaway.reason},
            {"afterMs", goaway.after.count()},
            {"spreadMs", goaway.spread.count()}};
  }
  json operator()(const HeartbeatFrame& frame) const {
    return {{"kind", "heartbeat"}, {"ack", frame.ack}};
  }
  json operator()(const UnknownFrame& frame) const {
    return {{"kind", "unknown"}, {"opcode", frame.opcode}};
  }
};

FrameProblem problem_of(const std::string& text) {
  const auto frame = read(text);
  REQUIRE_FALSE(frame);
  CHECK(frame.error().offset <= text.size());
  return frame.error().problem;
}

}  // namespace

TEST_CASE("server frame: each vector has its value", "[protocol]") {
  for (const char* section : {"serverFrames", "lenientServerFrames"}) {
    for (const json& vector : vectors(section)) {
      INFO(vector["name"]);
      const auto frame = read(vector["text"].get<std::string>());
      REQUIRE(frame);
      CHECK(std::visit(InWords{}, frame.value()) == vector["value"]);
    }
  }
}

TEST_CASE("server frame: each malformed vector is refused", "[protocol]") {
  for (const json& vector : vectors("malformedServerFrames")) {
    const auto text = vector["text"].get<std::string>();
    INFO(vector["name"] << ": " << text);
    const auto frame = read(text);
    REQUIRE_FALSE(frame);
    CHECK(frame.error().offset <= text.size());
  }
}

TEST_CASE("server frame: an unknown opcode is no fault", "[protocol]") {
  for (const json& vector : vectors("ignoredServerFrames")) {
    INFO(vector["name"]);
    const auto text = vector["text"].get<std::string>();
    const auto frame = read(text);
    REQUIRE(frame);
    const auto opcode = json::parse(text, nullptr, false)[0].get<std::uint64_t>();
    CHECK(frame.value() == ServerFrame{UnknownFrame{opcode}});
  }
}

TEST_CASE("server frame: no beginning of a frame is a frame", "[protocol]") {
  for (const json& vector : vectors("serverFrames")) {
    const auto text = vector["text"].get<std::string>();
    INFO(vector["name"]);
    for (std::size_t size = 0; size < text.size(); ++size) {
      CHECK_FALSE(read(text.substr(0, size)));
    }
  }
}

TEST_CASE("server frame: a REPLY keeps its value as it came", "[protocol]") {
  const auto frame = read(R"([10,1, {"a" : 1.50, "a":-0, "b":"\ud800\u0041"} ,2])");
  REQUIRE(frame);
  CHECK(std::get<Reply>(frame.value()).value == R"({"a" : 1.50, "a":-0, "b":"\ud800\u0041"})");
}

TEST_CASE("server frame: a fault says what is wrong and where", "[protocol]") {
  CHECK(problem_of("") == FrameProblem::not_json);
  CHECK(problem_of("[3,1") == FrameProblem::not_json);
  CHECK(problem_of("[3,1]\0"s) == FrameProblem::not_json);
  CHECK(problem_of("[4,1,1,\"\xff\"]") == FrameProblem::not_json);
  CHECK(problem_of("[12," + std::string(64, '[')) == FrameProblem::too_deep);
  CHECK(problem_of("[3]") == FrameProblem::wrong_shape);
  CHECK(problem_of("[3,\"1\"]") == FrameProblem::wrong_shape);
  CHECK(problem_of("[1,{\"v\":1}]") == FrameProblem::wrong_shape);
  CHECK(problem_of("[3,9007199254740992]") == FrameProblem::out_of_range);
  CHECK(problem_of("[5,\"\",1,\"e\",1,true]") == FrameProblem::out_of_range);
  CHECK(problem_of("[6,1,\"e 1\",1]") == FrameProblem::out_of_range);

  const auto frame = read("[4,1,true,\"no\"]");
  REQUIRE_FALSE(frame);
  CHECK(frame.error() == FrameFault{FrameProblem::wrong_shape, 5});
}

TEST_CASE("server frame: bytes that are not UTF-8 are malformed wherever they are", "[protocol]") {
  const std::string good = R"([4,1,2,"abc",{"def":"ghi"}])";
  REQUIRE(read(good));
  for (std::size_t i = 0; i < good.size(); ++i) {
    for (const char* bad : {"\x80", "\xc0\x80", "\xed\xa0\x80", "\xf5\x80\x80\x80", "\xe2\x82"}) {
      std::string text = good;
      text.insert(i, bad);
      INFO(text);
      CHECK(problem_of(text) == FrameProblem::not_json);
    }
  }
}
