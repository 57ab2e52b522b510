#include <openline/client/kept_runs.hpp>

#include <support/catch.hpp>

#include <string>

using namespace openline;

namespace {

Run run_at(std::size_t payload_begin) {
  Run run;
  run.payload_begin = payload_begin;
  return run;
}

}  // namespace

TEST_CASE("kept runs: each has a number above 0 and the frame that it lies in", "[client]") {
  KeptRuns kept;
  const std::uint32_t first = kept.add(run_at(4));
  const std::uint32_t second = kept.add(run_at(9));
  kept.keep("one");
  const std::uint32_t third = kept.add(run_at(5));
  kept.keep("two");
  CHECK(first == 1);
  for (const std::uint32_t number : {first, second}) {
    REQUIRE(kept.find(number) != nullptr);
    CHECK(kept.frame_of(*kept.find(number)) == "one");
  }
  CHECK(kept.find(second)->run.payload_begin == 9);
  CHECK(kept.frame_of(*kept.find(third)) == "two");
}

TEST_CASE("kept runs: a frame without any is not kept", "[client]") {
  KeptRuns kept;
  kept.keep("empty");
  kept.add(run_at(1));
  kept.keep("one");
  CHECK(kept.frame_of(*kept.find(1)) == "one");
}

TEST_CASE("kept runs: a number that stands for none finds none", "[client]") {
  KeptRuns kept;
  CHECK(kept.find(0) == nullptr);
  CHECK(kept.find(1) == nullptr);
  kept.add(run_at(1));
  kept.keep("one");
  CHECK(kept.find(2) == nullptr);
  kept.clear();
  CHECK(kept.find(1) == nullptr);
  CHECK(kept.add(run_at(2)) == 1);
}
