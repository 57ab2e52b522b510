#pragma once

// ObjectMerge: one JSON object over another, member by member, as bytes. Values are passed on as
// they are; nothing within them is merged.

#include <openline/state/key_hash.hpp>
#include <openline/state/key_index.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace openline {

class ObjectMerge {
 public:
  explicit ObjectMerge(const KeyHash& hash) : hash_{hash} {}

  /// Both are JSON objects that were checked. Members of the base keep their places, and have the
  /// patch's value where it has one of that name, null included; the patch's others come behind.
  /// The base itself where nothing differs. Good until the next call, and as long as the base.
  std::string_view merge(std::string_view base, std::string_view patch);

 private:
  struct Member {
    std::string_view raw_name;   // as it stands between the quotes
    std::size_t name_begin = 0;  // in names_, with its escapes undone
    std::size_t name_size = 0;
    std::string_view value;
    bool is_in_base = false;
  };

  void read_patch(std::string_view patch);
  [[nodiscard]] std::string_view name_of(std::string_view raw_name);
  [[nodiscard]] Member* find(std::string_view name, std::uint32_t hash);
  void append(std::string_view raw_name, std::string_view value);

  KeyHash hash_;
  std::vector<Member> members_;  // of the patch, each name once
  KeyIndex index_;               // of them
  std::string names_;
  std::string unescaped_;
  std::string merged_;
};

}  // namespace openline
