#include <simulation/spread.hpp>

#include <algorithm>
#include <numeric>

namespace openline {
namespace {

/// By chance a quarter gets less than a part in 32 of fifty delays once in ten thousand times, and
/// of a hundred never.
constexpr std::uint64_t judged_min = 50;
constexpr std::uint64_t share_min = 32;

}  // namespace

void Spreads::note(Spread spread, Duration drawn, Duration window) {
  const std::int64_t quarter = drawn.count() * 4 / (window.count() + 1);
  const auto index = static_cast<std::size_t>(std::clamp<std::int64_t>(quarter, 0, 3));
  quarters_[static_cast<std::size_t>(spread)][index] += 1;
}

void Spreads::add(const Spreads& other) {
  for (std::size_t i = 0; i < spread_count; ++i) {
    for (std::size_t j = 0; j < quarters_[i].size(); ++j) {
      quarters_[i][j] += other.quarters_[i][j];
    }
  }
}

std::string Spreads::fault() const {
  for (std::size_t i = 0; i < spread_count; ++i) {
    const Quarters& counts = quarters_[i];
    const std::uint64_t all = std::accumulate(counts.begin(), counts.end(), std::uint64_t{0});
    const std::uint64_t least = *std::min_element(counts.begin(), counts.end());
    if (all < judged_min || least * share_min < all) {
      std::string said = "the delays of " + std::string{spread_names[i]} + " are not spread (";
      for (std::size_t j = 0; j < counts.size(); ++j) {
        said += std::to_string(counts[j]) + (j + 1 == counts.size() ? ")" : " ");
      }
      return said;
    }
  }
  return "";
}

}  // namespace openline
