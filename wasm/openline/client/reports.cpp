#include <openline/client/reports.hpp>

#include <type_traits>

namespace openline {

static_assert(std::is_trivially_copyable_v<Report>, "a list of them grows without visiting each");

void Reports::add(const Report& report) { list_.push_back(report); }

std::string_view Reports::keep(std::string_view text) {
  return text.empty() ? text : std::string_view{texts_.emplace_front(text)};
}

PositionView Reports::keep(const Position& position) {
  return {keep(std::string_view{position.epoch}), position.offset};
}

void Reports::append(Reports& later) {
  list_.insert(list_.end(), later.begin(), later.end());
  texts_.splice_after(texts_.before_begin(), later.texts_);
  later.list_.clear();
}

void Reports::clear() {
  list_.clear();
  texts_.clear();
}

}  // namespace openline
