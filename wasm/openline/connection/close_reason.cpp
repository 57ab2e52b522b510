#include <openline/connection/close_reason.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>

namespace openline {
namespace {

/// Reads a flat JSON object from left to right (RFC 8259), as far as is needed to find one number.
/// A close reason has at most 123 bytes (RFC 6455 section 5.5), so nothing here can take long.
class FlatObject {
 public:
  explicit FlatObject(std::string_view text) : text_{text} {}

  std::optional<Duration> retry_after() {
    std::optional<Duration> found;
    if (!take('{')) {
      return std::nullopt;
    }
    if (!take('}')) {
      do {
        const auto key = string();
        if (!key || !take(':') || !value(*key == "retryAfterMs", found)) {
          return std::nullopt;
        }
      } while (take(','));
      if (!take('}')) {
        return std::nullopt;
      }
    }
    skip_space();
    return text_.empty() ? found : std::nullopt;
  }

 private:
  void skip_space() {
    text_.remove_prefix(std::min(text_.find_first_not_of(" \t\r\n"), text_.size()));
  }

  bool take(char wanted) {
    skip_space();
    if (text_.empty() || text_.front() != wanted) {
      return false;
    }
    text_.remove_prefix(1);
    return true;
  }

  /// What stands between the quotes, its escapes as they are: no name that we look for has any.
  std::optional<std::string_view> string() {
    if (!take('"')) {
      return std::nullopt;
    }
    for (std::size_t i = 0; i < text_.size(); ++i) {
      if (text_[i] == '\\') {
        ++i;
      } else if (text_[i] == '"') {
        const std::string_view found = text_.substr(0, i);
        text_.remove_prefix(i + 1);
        return found;
      }
    }
    return std::nullopt;
  }

  bool value(bool is_wanted, std::optional<Duration>& found) {
    skip_space();
    if (is_wanted) {
      found.reset();  // of members with the same name the last one counts
    }
    if (!text_.empty() && text_.front() == '"') {
      return string().has_value();
    }
    const std::string_view word =
        text_.substr(0, std::min(text_.find_first_of(" \t\r\n,}"), text_.size()));
    text_.remove_prefix(word.size());
    if (word == "true" || word == "false" || word == "null") {
      return true;
    }
    if (!is_number(word)) {
      return false;
    }
    if (is_wanted) {
      found = milliseconds(word);
    }
    return true;
  }

  static bool is_number(std::string_view word) {
    if (!word.empty() && word.front() == '-') {
      word.remove_prefix(1);
    }
    const bool has_leading_zero = word.size() > 1 && word[0] == '0' && is_digit(word[1]);
    bool is_good = !has_leading_zero && take_digits(word);
    if (is_good && !word.empty() && word.front() == '.') {
      word.remove_prefix(1);
      is_good = take_digits(word);
    }
    if (is_good && !word.empty() && (word.front() == 'e' || word.front() == 'E')) {
      const bool has_sign = word.size() > 1 && (word[1] == '+' || word[1] == '-');
      word.remove_prefix(has_sign ? 2 : 1);
      is_good = take_digits(word);
    }
    return is_good && word.empty();
  }

  static bool is_digit(char letter) { return letter >= '0' && letter <= '9'; }

  static bool take_digits(std::string_view& word) {
    const std::size_t count = std::min(word.find_first_not_of("0123456789"), word.size());
    word.remove_prefix(count);
    return count > 0;
  }

  /// Whole milliseconds; a fraction is cut off. Nothing for a negative number or an exponent.
  static std::optional<Duration> milliseconds(std::string_view number) {
    const std::string_view whole = number.substr(0, number.find('.'));
    if (number.find_first_of("-eE") != std::string_view::npos) {
      return std::nullopt;
    }
    std::int64_t count = 0;
    for (const char digit : whole) {
      count = std::min(count * 10 + (digit - '0'), retry_after_max.count());
    }
    return Duration::milliseconds(count);
  }

  std::string_view text_;
};

}  // namespace

std::optional<Duration> retry_after_in(std::string_view reason) {
  return FlatObject{reason}.retry_after();
}

}  // namespace openline
