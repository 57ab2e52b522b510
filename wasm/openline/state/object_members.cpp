#include <openline/state/object_members.hpp>

#include <cstddef>

namespace openline {
namespace {

std::string_view between(const char* begin, const char* end) {
  return {begin, static_cast<std::size_t>(end - begin)};
}

constexpr bool is_space(char letter) {
  return letter == ' ' || letter == '\n' || letter == '\r' || letter == '\t';
}

}  // namespace

bool ObjectMembers::next() {
  skip_space();
  if (*at_ == ',') {
    ++at_;
    skip_space();
  }
  if (*at_ == '}') {
    return false;
  }
  const char* const name = at_;
  skip_string();
  raw_name_ = between(name + 1, at_ - 1);
  skip_space();
  ++at_;  // the colon
  skip_space();
  const char* const value = at_;
  skip_value();
  value_ = between(value, at_);
  return true;
}

void ObjectMembers::skip_space() {
  while (is_space(*at_)) {
    ++at_;
  }
}

void ObjectMembers::skip_string() {
  for (++at_; *at_ != '"'; ++at_) {
    at_ += *at_ == '\\' ? 1 : 0;
  }
  ++at_;
}

/// The object around it ends behind it, so there is always a byte to look at.
void ObjectMembers::skip_value() {
  std::size_t depth = 0;
  do {
    if (*at_ == '"') {
      skip_string();
    } else if (*at_ == '{' || *at_ == '[') {
      ++depth;
      ++at_;
    } else if (depth > 0 && (*at_ == '}' || *at_ == ']')) {
      --depth;
      ++at_;
    } else if (depth > 0) {
      ++at_;
    } else {
      while (*at_ != ',' && *at_ != '}' && !is_space(*at_)) {
        ++at_;
      }
    }
  } while (depth > 0);
}

}  // namespace openline
