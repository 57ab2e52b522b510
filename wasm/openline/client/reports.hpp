#pragma once

// Reports: what a line has to tell, in order, with the texts that its reports speak of.

#include <openline/client/report.hpp>

#include <cstddef>
#include <forward_list>
#include <string>
#include <string_view>
#include <vector>

namespace openline {

/// A report is copied byte for byte and owns nothing; its text is kept here and lives as long as
/// it.
class Reports {
 public:
  void add(const Report& report);
  /// Copies it for a report that is about to be added.
  [[nodiscard]] std::string_view keep(std::string_view text);
  [[nodiscard]] PositionView keep(const Position& position);
  /// What is told behind all this; `later` is empty then.
  void append(Reports& later);
  void clear();

  [[nodiscard]] const Report& operator[](std::size_t i) const { return list_[i]; }
  [[nodiscard]] const Report* begin() const { return list_.data(); }
  [[nodiscard]] const Report* end() const { return list_.data() + list_.size(); }
  [[nodiscard]] bool empty() const { return list_.empty(); }
  [[nodiscard]] std::size_t size() const { return list_.size(); }
  [[nodiscard]] std::size_t capacity() const { return list_.capacity(); }

 private:
  std::vector<Report> list_;
  std::forward_list<std::string> texts_;  // none of them ever moves
};

}  // namespace openline
