#include <simulation/openline1/codec.hpp>

#include <openline/protocol/batch.hpp>

#include <support/catch.hpp>
#include <simulation/chance.hpp>

using namespace openline;
using namespace openline::conversation;

namespace {

std::vector<BatchRun> draw_runs(Chance& chance) {
  std::vector<BatchRun> runs;
  for (std::uint32_t left = chance.between(1, 4); left > 0; --left) {
    const std::uint64_t first = 1 + (chance.next() >> chance.between(12, 63));
    const std::uint32_t span = chance.between(1, 300);
    BatchRun& run = runs.emplace_back(
        BatchRun{chance.next() >> chance.between(11, 63), first, first + span - 1, {}});
    for (std::uint32_t n = chance.below(span + 1); n > 0; --n) {
      run.payloads.emplace_back(chance.between(1, 200), 'x');
    }
  }
  return runs;
}

}  // namespace

TEST_CASE("codec: what the model writes the core splits alike", "[simulation]") {
  Chance chance{1};
  for (int round = 0; round < 200; ++round) {
    const auto runs = draw_runs(chance);
    const std::string frame = write_batch(runs);
    const auto read = read_batch(frame);
    const auto split = split_batch(frame);
    REQUIRE(read);
    REQUIRE(split.has_value());
    REQUIRE(read->size() == runs.size());
    REQUIRE(split.value().size() == runs.size());
    for (std::size_t i = 0; i < runs.size(); ++i) {
      const Run& of_core = split.value()[i];
      CHECK((*read)[i].index == runs[i].index);
      CHECK(of_core.index == runs[i].index);
      CHECK(of_core.first == runs[i].first);
      CHECK(of_core.last == runs[i].last);
      CHECK((*read)[i].payloads == runs[i].payloads);
      RunPayloads payloads{frame, of_core};
      for (const std::string& payload : runs[i].payloads) {
        CHECK(payloads.next() == payload);
      }
      CHECK_FALSE(payloads.next());
    }
  }
}

TEST_CASE("codec: both ends find a frame that is cut off malformed", "[simulation]") {
  const std::string frame = write_batch({{300, 121, 122, {"{\"a\":1}", "{\"a\":2}"}}});
  for (std::size_t size = 0; size < frame.size(); ++size) {
    CHECK_FALSE(read_batch(frame.substr(0, size)));
    CHECK_FALSE(split_batch(frame.substr(0, size)).has_value());
  }
}
