#include <openline/json/reader.hpp>

#include <openline/json/scan.hpp>
#include <openline/json/string.hpp>

#include <algorithm>

namespace openline {
namespace {

constexpr bool is_digit(char letter) { return letter >= '0' && letter <= '9'; }

constexpr JsonKind kind_of(char letter) {
  switch (letter) {
    case '{':
      return JsonKind::object;
    case '[':
      return JsonKind::array;
    case '"':
      return JsonKind::string;
    case 't':
    case 'f':
      return JsonKind::boolean;
    case 'n':
      return JsonKind::null;
    default:
      return letter == '-' || is_digit(letter) ? JsonKind::number : JsonKind::none;
  }
}

}  // namespace

JsonKind JsonReader::peek() {
  skip_space();
  const bool is_value_due = !has_failed() && due_ == Due::value && at_ < text_.size();
  return is_value_due ? kind_of(text_[at_]) : JsonKind::none;
}

std::optional<std::string_view> JsonReader::next_member() {
  if (!next(JsonKind::object)) {
    return std::nullopt;
  }
  if (peek() != JsonKind::string) {
    fail(JsonFault::syntax);
    return std::nullopt;
  }
  const auto name = string();
  skip_space();
  const bool is_named = take(":");
  due_ = Due::value;
  return is_named ? name : std::nullopt;
}

std::optional<std::uint64_t> JsonReader::read_integer() {
  if (!expect(JsonKind::number)) {
    return std::nullopt;
  }
  const std::size_t begin = at_;
  std::uint64_t value = 0;
  for (; at_ < text_.size() && is_digit(text_[at_]) && value <= json_integer_max; ++at_) {
    value = value * 10 + static_cast<std::uint64_t>(text_[at_] - '0');
  }
  const bool is_whole = at_ > begin && !is_at('.') && !is_at('e') && !is_at('E');
  if (text_[begin] == '0' && at_ > begin + 1) {
    fail(JsonFault::syntax);
  } else if (!is_whole || value > json_integer_max) {
    fail(JsonFault::range);
  }
  due_ = Due::separator;
  return has_failed() ? std::nullopt : std::optional{value};
}

std::optional<std::string_view> JsonReader::read_string() {
  if (!expect(JsonKind::string)) {
    return std::nullopt;
  }
  return string();
}

std::optional<bool> JsonReader::read_boolean() {
  if (!expect(JsonKind::boolean)) {
    return std::nullopt;
  }
  const bool value = is_at('t');
  due_ = Due::separator;
  return take(value ? "true" : "false") ? std::optional{value} : std::nullopt;
}

std::optional<std::string_view> JsonReader::skip_value() {
  if (peek() == JsonKind::none) {
    expect(JsonKind::string);  // there is no value at all: a fault
    return std::nullopt;
  }
  const std::string_view rest = text_.substr(at_);
  const JsonScan scanned = scan_json(rest, json_depth_max - depth_, nullptr);
  at_ += scanned.end;
  due_ = Due::separator;
  fail(scanned.fault);
  return has_failed() ? std::nullopt : std::optional{rest.substr(0, scanned.end)};
}

void JsonReader::skip_rest() {
  while (next_of_any()) {
    skip_value();
  }
}

bool JsonReader::finish() {
  skip_space();
  if (depth_ > 0 || due_ != Due::separator || at_ < text_.size()) {
    fail(JsonFault::syntax);
  }
  return !has_failed();
}

void JsonReader::fail(JsonFault fault) {
  if (!has_failed()) {
    fault_ = fault;
  }
}

bool JsonReader::begin(JsonKind kind) {
  if (!expect(kind)) {
    return false;
  }
  if (depth_ == json_depth_max) {
    fail(JsonFault::depth);
    return false;
  }
  ++at_;
  ++depth_;
  objects_ = objects_ << 1U | (kind == JsonKind::object ? 1U : 0U);
  due_ = Due::first;
  return true;
}

bool JsonReader::next(JsonKind kind) {
  if (due_ == Due::value) {
    skip_value();
  }
  if (has_failed() || depth_ == 0 || container() != kind) {
    fail(JsonFault::kind);
    return false;
  }
  skip_space();
  if (pass(kind == JsonKind::object ? '}' : ']')) {
    --depth_;
    objects_ >>= 1U;
    due_ = Due::separator;
    return false;
  }
  const bool is_next = due_ == Due::first || take(",");
  due_ = Due::value;
  return is_next;
}

bool JsonReader::next_of_any() {
  return container() == JsonKind::object ? next_member().has_value() : next_element();
}

JsonKind JsonReader::container() const {
  return (objects_ & 1U) != 0 ? JsonKind::object : JsonKind::array;
}

/// Whether a value of this kind is next. If not, that is a fault.
bool JsonReader::expect(JsonKind kind) {
  const JsonKind found = peek();
  if (found != kind) {
    fail(found == JsonKind::none && due_ == Due::value ? JsonFault::syntax : JsonFault::kind);
  }
  return found == kind;
}

void JsonReader::skip_space() {
  at_ = std::min(text_.find_first_not_of(" \t\r\n", at_), text_.size());
}

bool JsonReader::pass(char letter) {
  const bool is_there = is_at(letter);
  at_ += is_there ? 1 : 0;
  return is_there;
}

bool JsonReader::take(std::string_view wanted) {
  if (has_failed() || text_.substr(at_, wanted.size()) != wanted) {
    fail(JsonFault::syntax);
    return false;
  }
  at_ += wanted.size();
  return true;
}

std::optional<std::string_view> JsonReader::string() {
  const JsonString found = scan_json_string(text_.substr(at_));
  const std::size_t begin = at_;
  at_ += found.size;
  due_ = Due::separator;
  if (!found.is_complete) {
    fail(JsonFault::syntax);
    return std::nullopt;
  }
  const std::string_view between = text_.substr(begin + 1, found.size - 2);
  if (!found.has_escapes) {
    return between;
  }
  unescape_json_string(between, unescaped_);
  return unescaped_;
}

}  // namespace openline
