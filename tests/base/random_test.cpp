#include <openline/base/random.hpp>

#include <support/catch.hpp>

#include <array>
#include <cstdint>

using openline::SplitMix64;

TEST_CASE("random: SplitMix64 gives the published sequence", "[base]") {
  // The output of the reference implementation (Vigna, splitmix64.c) for this seed.
  constexpr std::array<std::uint64_t, 5> expected{6457827717110365317U, 3203168211198807973U,
                                                  9817491932198370423U, 4593380528125082431U,
                                                  16408922859458223821U};
  SplitMix64 random{1'234'567};
  for (const std::uint64_t number : expected) {
    CHECK(random.next() == number);
  }
}

TEST_CASE("random: the same seed gives the same sequence", "[base]") {
  SplitMix64 one{42};
  SplitMix64 other{42};
  for (int i = 0; i < 1'000; ++i) {
    REQUIRE(one.next() == other.next());
  }
}

TEST_CASE("random: seeds that differ in one bit give sequences that have nothing in common",
          "[base]") {
  SplitMix64 one{42};
  SplitMix64 other{43};
  int equal_bits = 0;
  for (int i = 0; i < 1'000; ++i) {
    equal_bits += 64 - __builtin_popcountll(one.next() ^ other.next());
  }
  // 64,000 coin throws: the mean is 32,000 and the standard deviation 126; this is five of them.
  CHECK(equal_bits > 32'000 - 630);
  CHECK(equal_bits < 32'000 + 630);
}

TEST_CASE("random: the seed 0 is as good as any", "[base]") {
  SplitMix64 random{0};
  CHECK(random.next() == 16294208416658607535U);
  CHECK(random.next() == 7960286522194355700U);
}

TEST_CASE("random: a sequence is known to the compiler, too", "[base]") {
  constexpr auto first = [] {
    SplitMix64 random{1'234'567};
    return random.next();
  };
  static_assert(first() == 6457827717110365317U);
  CHECK(first() == 6457827717110365317U);
}
