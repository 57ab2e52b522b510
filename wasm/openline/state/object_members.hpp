#pragma once

// ObjectMembers: the members of a JSON object that was checked before, so nothing can be wrong.

#include <string_view>

namespace openline {

class ObjectMembers {
 public:
  explicit ObjectMembers(std::string_view object) : at_{object.data() + 1} {}

  /// On to the next member; false behind the last one.
  bool next();

  /// As it stands between the quotes.
  [[nodiscard]] std::string_view raw_name() const { return raw_name_; }
  [[nodiscard]] std::string_view value() const { return value_; }

 private:
  void skip_space();
  void skip_string();
  void skip_value();

  const char* at_;
  std::string_view raw_name_;
  std::string_view value_;
};

}  // namespace openline
