#pragma once

// MemberMap: the members of a JSON object, in the order in which they came. nlohmann's own ordered
// map looks at each of them to find one; this one has an index as soon as there are many.

#include <algorithm>
#include <cstddef>
#include <functional>
#include <iterator>
#include <list>
#include <set>
#include <string_view>
#include <utility>

namespace openline {

/// Members stay where they are in memory, so an iterator is good for as long as its member is there
/// or is kept to be put back. `Rest`: what nlohmann gives to a map.
template <class Name, class Value, class... Rest>
class MemberMap {
 public:
  using key_type = Name;
  using mapped_type = Value;
  using value_type = std::pair<const Name, Value>;
  using key_compare = std::less<>;  // nlohmann asks for it
  using Members = std::list<value_type>;
  using iterator = typename Members::iterator;
  using const_iterator = typename Members::const_iterator;

  /// Comparing so many names takes no longer than the way through the index does.
  static constexpr std::size_t unindexed_max = 16;

  MemberMap() = default;
  MemberMap(const MemberMap& other) : members_{other.members_} { index_many(); }
  MemberMap(MemberMap&&) noexcept = default;
  MemberMap& operator=(const MemberMap&) = delete;
  MemberMap& operator=(MemberMap&&) noexcept = default;
  ~MemberMap() = default;

  [[nodiscard]] iterator begin() { return members_.begin(); }
  [[nodiscard]] iterator end() { return members_.end(); }
  [[nodiscard]] const_iterator begin() const { return members_.begin(); }
  [[nodiscard]] const_iterator end() const { return members_.end(); }
  [[nodiscard]] std::size_t size() const { return members_.size(); }
  [[nodiscard]] bool empty() const { return members_.empty(); }

  [[nodiscard]] const_iterator find(std::string_view name) const {
    if (!index_.empty()) {
      const auto place = index_.find(name);
      return place == index_.end() ? members_.end() : *place;
    }
    return std::find_if(members_.begin(), members_.end(),
                        [&](const value_type& member) { return member.first == name; });
  }
  [[nodiscard]] iterator find(std::string_view name) {
    // Erasing nothing is how a container turns a const_iterator into an iterator.
    const auto found = std::as_const(*this).find(name);
    return members_.erase(found, found);
  }

  void clear() {
    index_.clear();
    members_.clear();
  }

  /// Puts a member behind the others. There is none of that name.
  iterator append(Name name, Value value) {
    members_.emplace_back(std::move(name), std::move(value));
    const auto member = std::prev(members_.end());
    index(member);
    return member;
  }

  /// Takes a member out; `put_back` may bring it back.
  [[nodiscard]] Members take_out(iterator member) {
    if (!index_.empty()) index_.erase(member);
    Members taken;
    taken.splice(taken.begin(), members_, member);
    return taken;
  }

  /// `taken` is of this map, and goes before the member that it stood before.
  void put_back(iterator before, Members& taken) {
    const auto member = taken.begin();
    members_.splice(before, taken);
    index(member);
  }

 private:
  struct ByName {
    using is_transparent = void;
    bool operator()(iterator left, iterator right) const { return left->first < right->first; }
    bool operator()(iterator left, std::string_view right) const { return left->first < right; }
    bool operator()(std::string_view left, iterator right) const { return left < right->first; }
  };

  void index(iterator member) {
    if (!index_.empty()) {
      index_.insert(member);
    } else {
      index_many();
    }
  }

  void index_many() {
    if (members_.size() <= unindexed_max) return;
    for (auto member = members_.begin(); member != members_.end(); ++member) {
      index_.insert(member);
    }
  }

  Members members_;
  std::set<iterator, ByName> index_;  // of none of them or of all
};

}  // namespace openline
