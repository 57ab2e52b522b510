#include <openline/state/key_hash.hpp>

#include <support/catch.hpp>

#include <cstdint>
#include <set>
#include <string>

using namespace openline;

TEST_CASE("key hash: the same text has the same hash", "[state]") {
  const KeyHash hash{7};
  for (const std::size_t size : {0U, 1U, 7U, 8U, 9U, 16U, 1'000U}) {
    const std::string text(size, 'k');
    const std::string shifted = ' ' + text;  // elsewhere in memory
    CHECK(hash(text) == hash(std::string_view{shifted}.substr(1)));
  }
}

TEST_CASE("key hash: texts that differ in one byte or in length differ", "[state]") {
  const KeyHash hash{7};
  std::set<std::uint32_t> seen;
  std::string text;
  for (int size = 0; size < 64; ++size) {
    seen.insert(hash(text));
    for (char& letter : text) {
      letter ^= 1;
      seen.insert(hash(text));
      letter ^= 1;
    }
    text += '\0';
  }
  CHECK(seen.size() == 64 + 63 * 64 / 2);
}

TEST_CASE("key hash: another seed has other hashes", "[state]") {
  const KeyHash one{1};
  const KeyHash other{2};
  int same = 0;
  for (int i = 0; i < 1'000; ++i) {
    same += one(std::to_string(i)) == other(std::to_string(i)) ? 1 : 0;
  }
  CHECK(same == 0);
}
