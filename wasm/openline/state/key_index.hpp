#pragma once

// KeyIndex: numbers by the hash of their keys, in one array (open addressing, linear probing). The
// keys are its owner's, who compares them; numbers of the same key may be in it side by side.

#include <cstddef>
#include <cstdint>
#include <vector>

namespace openline {

class KeyIndex {
 public:
  static constexpr std::uint32_t none = 0xffff'ffff;

  struct Hit {
    std::uint32_t number = none;
    std::size_t at = 0;
  };

  /// The numbers of a hash, one by one, until there is `none`.
  [[nodiscard]] Hit first(std::uint32_t hash) const;
  [[nodiscard]] Hit next(Hit hit, std::uint32_t hash) const;

  void insert(std::uint32_t hash, std::uint32_t number);
  /// What was inserted under this hash.
  void erase(std::uint32_t hash, std::uint32_t number);
  /// Empty, with room for so many.
  void reset(std::size_t count);

 private:
  struct Place {
    std::uint32_t hash = 0;
    std::uint32_t number = none;
  };

  [[nodiscard]] std::size_t after(std::size_t at) const { return (at + 1) & (places_.size() - 1); }
  [[nodiscard]] Hit find(std::size_t at, std::uint32_t hash) const;
  void put(Place place);
  void grow();

  std::vector<Place> places_;  // a power of two; a quarter of them is free, so every search ends
  std::size_t count_ = 0;
};

}  // namespace openline
