#include <openline/protocol/batch.hpp>

#include <openline/protocol/limits.hpp>

#include <support/catch.hpp>
#include <protocol/vectors.hpp>

#include <nlohmann/json.hpp>

#include <string>
#include <vector>

using namespace openline;
using nlohmann::json;
using namespace std::string_literals;

namespace {

json in_words(std::string_view frame, const Run& run) {
  json payloads = json::array();
  RunPayloads left{frame, run};
  while (const auto payload = left.next()) {
    payloads.push_back(*payload);
  }
  CHECK_FALSE(left.next());
  return {{"index", run.index}, {"first", run.first}, {"last", run.last}, {"payloads", payloads}};
}

FrameFault fault_of(const std::string& frame) {
  const auto runs = split_batch(frame);
  REQUIRE_FALSE(runs);
  return runs.error();
}

}  // namespace

TEST_CASE("batch: each vector has its runs and payloads", "[protocol]") {
  for (const json& vector : vectors("batches")) {
    INFO(vector["name"]);
    const std::string frame = bytes_of(vector["hex"].get<std::string>());
    const auto runs = split_batch(frame);
    REQUIRE(runs);
    json found = json::array();
    for (const Run& run : runs.value()) {
      found.push_back(in_words(frame, run));
      CHECK(found.back()["payloads"].size() == run.count);
    }
    CHECK(found == vector["runs"]);
  }
}

TEST_CASE("batch: a run with brackets around its payload is an array", "[protocol]") {
  for (const json& vector : vectors("batches")) {
    INFO(vector["name"]);
    const std::string frame = bytes_of(vector["hex"].get<std::string>());
    const auto runs = split_batch(frame);
    REQUIRE(runs);
    for (std::size_t i = 0; i < runs.value().size(); ++i) {
      const Run& run = runs.value()[i];
      std::string expected;
      for (const json& payload : vector["runs"][i]["payloads"]) {
        expected += (expected.empty() ? "" : ",") + payload.get<std::string>();
      }
      CHECK(frame.substr(run.payload_begin, run.payload_size) == expected);
    }
  }
}

TEST_CASE("batch: each malformed vector is refused as a whole", "[protocol]") {
  for (const json& vector : vectors("malformedBatches")) {
    INFO(vector["name"]);
    const std::string frame = bytes_of(vector["hex"].get<std::string>());
    CHECK(fault_of(frame).offset <= frame.size());
  }
}

TEST_CASE("batch: a frame that is cut is one of fewer runs or none", "[protocol]") {
  for (const json& vector : vectors("batches")) {
    const std::string frame = bytes_of(vector["hex"].get<std::string>());
    const auto whole = split_batch(frame);
    REQUIRE(whole);
    for (std::size_t size = 0; size < frame.size(); ++size) {
      INFO(vector["name"] << " cut after " << size);
      const auto runs = split_batch(std::string_view{frame}.substr(0, size));
      if (!runs) {
        CHECK(runs.error().problem != FrameProblem::no_comma);
        continue;
      }
      const std::size_t count = runs.value().size();
      REQUIRE(count < whole.value().size());
      CHECK(std::vector<Run>(whole.value().begin(), whole.value().begin() + count) == runs.value());
    }
  }
}

TEST_CASE("batch: a fault says what is wrong and where", "[protocol]") {
  CHECK(fault_of("") == FrameFault{FrameProblem::cut_off, 0});
  CHECK(fault_of("\x0b") == FrameFault{FrameProblem::cut_off, 1});
  CHECK(fault_of("[1]").problem == FrameProblem::wrong_shape);
  CHECK(fault_of("\x0b\x03\x00\x01\x00"s).problem == FrameProblem::out_of_range);
  CHECK(fault_of("\x0b\x03\x01\x02\x02\x01\x01"
                 "1;2")
            .problem == FrameProblem::no_comma);
  CHECK(fault_of("\x0b\x03\x01\x02\x02\x01\x01"
                 "1,") == FrameFault{FrameProblem::cut_off, 9});
}

TEST_CASE("batch: a count that lies costs no more than the frame is long", "[protocol]") {
  // n is 2^53 - 2, and behind it stand a thousand lengths of 127.
  std::string frame =
      "\x0b\x01\x01\xff\xff\xff\xff\xff\xff\xff\x0f\xfe\xff\xff\xff\xff\xff\xff\x0f";
  frame += std::string(1'000, '\x7f');
  CHECK(fault_of(frame) == FrameFault{FrameProblem::cut_off, frame.size()});
}

TEST_CASE("batch: a frame of more runs than the limit is refused as a whole", "[protocol]") {
  const std::string empty_run{"\x01\x01\x01\x00", 4};
  std::string frame{'\x0b'};
  for (std::size_t i = 0; i < runs_max; ++i) {
    frame += empty_run;
  }
  REQUIRE(split_batch(frame));
  CHECK(split_batch(frame).value().size() == runs_max);
  const auto refused = split_batch(frame + empty_run);
  REQUIRE_FALSE(refused);
  CHECK(refused.error().problem == FrameProblem::out_of_range);
}
