#include <openline/json/elements.hpp>

#include <algorithm>

namespace openline {

bool JsonElements::next() {
  if (due_ == Due::end) {
    return end();
  }
  skip_space();
  if (due_ == Due::payload && !pass('[')) {
    due_ = Due::end;
    return scan_row(json_depth_max);
  }
  const bool is_first = due_ == Due::payload;
  due_ = Due::separator;
  skip_space();
  if (pass(']')) {
    due_ = Due::end;
    return end();
  }
  if (!is_first && !pass(',')) {
    return fail(JsonFault::syntax);
  }
  return scan_row(json_depth_max - 1);  // the array is a level of its own
}

bool JsonElements::scan_row(std::size_t depth_max) {
  const std::string_view rest = payload_.substr(at_);
  const auto row = lookup_->scan(rest, depth_max);
  if (!row) {
    at_ += lookup_->problem().offset;
    return fail(lookup_->problem().fault);
  }
  bytes_ = *row;
  at_ = static_cast<std::size_t>(row->data() - payload_.data()) + row->size();
  return true;
}

void JsonElements::skip_space() {
  at_ = std::min(payload_.find_first_not_of(" \t\r\n", at_), payload_.size());
}

bool JsonElements::pass(char letter) {
  const bool is_there = at_ < payload_.size() && payload_[at_] == letter;
  at_ += is_there ? 1 : 0;
  return is_there;
}

/// Nothing may stand behind the payload. Always false: there is no row.
bool JsonElements::end() {
  skip_space();
  return at_ < payload_.size() && fail(JsonFault::syntax);
}

bool JsonElements::fail(JsonFault fault) {
  if (problem_.fault == JsonFault::none) {
    problem_ = {fault, at_};
  }
  due_ = Due::end;
  bytes_ = {};
  return false;
}

}  // namespace openline
