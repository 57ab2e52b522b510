#include <openline/protocol/frame_fault.hpp>

#include <support/catch.hpp>

#include <set>
#include <string>

using namespace openline;

TEST_CASE("frame fault: each problem has words of its own", "[protocol]") {
  std::set<std::string> words;
  for (int i = 0; i <= static_cast<int>(FrameProblem::no_comma); ++i) {
    words.insert(to_string(static_cast<FrameProblem>(i)));
  }
  CHECK(words.size() == static_cast<std::size_t>(FrameProblem::no_comma) + 1);
  CHECK(words.count("") == 0);
}
