#include <openline/json/scan.hpp>

#include <openline/json/plain.hpp>
#include <openline/json/string.hpp>

#include <cstdint>

namespace openline {
namespace {

using Node = JsonPointerTree::Node;

constexpr bool is_digit(char letter) { return letter >= '0' && letter <= '9'; }
constexpr bool is_space(char letter) {
  return letter == ' ' || letter == '\n' || letter == '\r' || letter == '\t';
}

class Scanner {
 public:
  Scanner(std::string_view text, std::size_t depth_max, JsonPointerTree* tree)
      : at_{text.data()}, end_{at_ + text.size()}, depth_max_{depth_max}, tree_{tree} {}

  void skip_space() {
    while (at_ != end_ && is_space(*at_)) {
      ++at_;
    }
  }

  /// Value by value, of which an array or object is one when it begins.
  void scan() {
    Node node = tree_ == nullptr ? JsonPointerTree::nowhere : tree_->root();
    bool is_open = true;
    do {
      is_open = is_at('[') || is_at('{');
    } while ((is_open ? open(node) : scan_scalar(node)) && has_next(is_open) && begin_next(node));
  }

  [[nodiscard]] const char* at() const { return at_; }
  [[nodiscard]] JsonFault fault() const { return fault_; }

 private:
  bool open(Node node) {
    if (depth_ == depth_max_) {
      return fail(JsonFault::depth);
    }
    ++depth_;
    objects_ = objects_ << 1U | (*at_ == '{' ? 1U : 0U);
    if (node != JsonPointerTree::nowhere) {
      tree_->open(node, at_);
      inner_ = node;
      followed_ = depth_;
    }
    ++at_;
    return true;
  }

  /// Closes what ends here. True if a value is next, in what is open then.
  bool has_next(bool is_first) {
    while (depth_ > 0) {
      skip_space();
      if (!pass(is_in_object() ? '}' : ']')) {
        return is_first || pass(',') || fail(JsonFault::syntax);
      }
      if (depth_ == followed_) {
        inner_ = tree_->close(inner_, at_);
        --followed_;
      }
      --depth_;
      objects_ >>= 1U;
      is_first = false;
    }
    return false;
  }

  /// On to the value, over its name if it has one.
  bool begin_next(Node& node) {
    const bool is_followed = depth_ == followed_;
    skip_space();
    if (!is_in_object()) {
      node = is_followed ? tree_->element(inner_) : JsonPointerTree::nowhere;
      return true;
    }
    const char* const quote = at_;
    if (!is_at('"')) {
      return fail(JsonFault::syntax);
    }
    const bool has_escapes = !scan_string();
    if (fault_ != JsonFault::none) {
      return false;
    }
    const std::string_view name{quote + 1, static_cast<std::size_t>(at_ - quote - 2)};
    node = is_followed ? tree_->member(inner_, name, has_escapes) : JsonPointerTree::nowhere;
    skip_space();
    if (!pass(':')) {
      return fail(JsonFault::syntax);
    }
    skip_space();
    return true;
  }

  bool scan_scalar(Node node) {
    const char* const begin = at_;
    if (is_at('"')) {
      scan_string();
    } else if (is_at('t')) {
      scan_literal("true");
    } else if (is_at('f')) {
      scan_literal("false");
    } else if (is_at('n')) {
      scan_literal("null");
    } else {
      scan_number();
    }
    if (fault_ != JsonFault::none) {
      return false;
    }
    if (node != JsonPointerTree::nowhere) {
      tree_->take(node, begin, at_);
    }
    return true;
  }

  /// True if it is plain from quote to quote.
  bool scan_string() {
    at_ = skip_plain(at_ + 1, end_);
    if (pass('"')) {
      return true;
    }
    at_ = json_string_end(at_, end_);
    if (!pass('"')) fail(JsonFault::syntax);
    return false;
  }

  /// RFC 8259, section 6.
  bool scan_number() {
    pass('-');
    if (!pass('0') && !scan_digits()) return false;  // a digit behind a leading 0 is no separator
    if (pass('.') && !scan_digits()) return false;
    if (!pass('e') && !pass('E')) return true;
    if (!pass('+')) pass('-');
    return scan_digits();
  }

  bool scan_digits() {
    const char* const begin = at_;
    while (at_ != end_ && is_digit(*at_)) {
      ++at_;
    }
    return at_ != begin || fail(JsonFault::syntax);
  }

  bool scan_literal(std::string_view literal) {
    const std::string_view rest{at_, static_cast<std::size_t>(end_ - at_)};
    if (rest.substr(0, literal.size()) != literal) {
      return fail(JsonFault::syntax);
    }
    at_ += literal.size();
    return true;
  }

  bool pass(char letter) {
    const bool is_there = is_at(letter);
    at_ += is_there ? 1 : 0;
    return is_there;
  }

  bool fail(JsonFault fault) {
    fault_ = fault;
    return false;
  }

  [[nodiscard]] bool is_at(char letter) const { return at_ != end_ && *at_ == letter; }
  [[nodiscard]] bool is_in_object() const { return (objects_ & 1U) != 0; }

  const char* at_;
  const char* end_;
  std::size_t depth_max_;
  JsonPointerTree* tree_;
  std::size_t depth_ = 0;
  std::uint64_t objects_ = 0;  // a bit for each open container: 1 for an object
  // Pointers may lead into the outermost of these only: how many, and the innermost of them.
  std::size_t followed_ = 0;
  Node inner_ = JsonPointerTree::nowhere;
  JsonFault fault_ = JsonFault::none;
};

}  // namespace

JsonScan scan_json(std::string_view text, std::size_t depth_max, JsonPointerTree* tree) {
  Scanner scanner{text, depth_max, tree};
  scanner.skip_space();
  const auto begin = static_cast<std::size_t>(scanner.at() - text.data());
  scanner.scan();
  return {begin, static_cast<std::size_t>(scanner.at() - text.data()), scanner.fault()};
}

}  // namespace openline
