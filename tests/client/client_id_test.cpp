#include <openline/client/client_id.hpp>

#include <openline/protocol/limits.hpp>
#include <support/catch.hpp>

#include <cstdint>
#include <set>
#include <string>
#include <vector>

using namespace openline;

namespace {

/// Chance that a test has chosen: one number after the other.
class ChosenRandom final : public RandomPort {
 public:
  explicit ChosenRandom(std::vector<std::uint64_t> numbers) : numbers_{std::move(numbers)} {}
  std::uint64_t seed() override { return numbers_[next_++ % numbers_.size()]; }

 private:
  std::vector<std::uint64_t> numbers_;
  std::size_t next_ = 0;
};

std::string id_of(std::uint64_t high, std::uint64_t low) {
  ChosenRandom random{{high, low}};
  return make_client_id(random);
}

}  // namespace

TEST_CASE("client id: 128 bits are 22 characters of base64url", "[client]") {
  // RFC 4648 section 5; checked with Node's Buffer.toString('base64url').
  CHECK(id_of(0, 0) == "AAAAAAAAAAAAAAAAAAAAAA");
  CHECK(id_of(~std::uint64_t{0}, ~std::uint64_t{0}) == "_____________________w");
  CHECK(id_of(0x0001'0203'0405'0607, 0x0809'0a0b'0c0d'0e0f) == "AAECAwQFBgcICQoLDA0ODw");
  CHECK(id_of(0xfbff'bf00'1122'3344, 0x5566'7788'99aa'bbcc) == "-_-_ABEiM0RVZneImaq7zA");
}

TEST_CASE("client id: each of the bits shows, and all ids are well-formed", "[client]") {
  std::set<std::string> ids;
  for (unsigned bit = 0; bit < 64; ++bit) {
    ids.insert(id_of(std::uint64_t{1} << bit, 0));
    ids.insert(id_of(0, std::uint64_t{1} << bit));
  }
  CHECK(ids.size() == 128);
  for (const std::string& id : ids) {
    CHECK(is_client_id(id));
  }
}
