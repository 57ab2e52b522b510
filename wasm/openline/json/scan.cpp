#include <openline/json/scan.hpp>

#include <openline/json/plain.hpp>
#include <openline/json/string.hpp>

#include <cstdint>
#include <cstring>

namespace openline {
namespace {

using Node = JsonPointerTree::Node;

constexpr bool is_digit(char letter) { return letter >= '0' && letter <= '9'; }
constexpr bool is_space(char letter) {
  return letter == ' ' || letter == '\n' || letter == '\r' || letter == '\t';
}

/// All of it becomes one function, whose members are registers: a call that is left would put them
/// into memory.
#define OL_INLINE [[gnu::always_inline]]

class Scanner {
 public:
  Scanner(std::string_view text, std::size_t depth_max, JsonPointerTree* tree)
      : at_{text.data()}, end_{at_ + text.size()}, depth_max_{depth_max}, tree_{tree} {}

  /// On to the next letter that is no space. 0 at the end, as for a NUL, which JSON has nowhere.
  OL_INLINE char next_letter() {
    while (at_ != end_) {
      const char next = *at_;
      if (static_cast<unsigned char>(next) > ' ' || !is_space(next)) return next;
      ++at_;
    }
    return '\0';
  }

  /// Value by value, of which an array or object is one when it begins.
  OL_INLINE void scan() {
    Node node = tree_ == nullptr ? JsonPointerTree::nowhere : tree_->root();
    bool is_open = true;
    do {
      const char first = next_letter();
      is_open = first == '{' || first == '[';
      if (is_open ? !open(node) : !scan_scalar(first, node)) return;
    } while (has_next(is_open) && begin_next(node));
  }

  [[nodiscard]] const char* at() const { return at_; }
  [[nodiscard]] JsonFault fault() const { return fault_; }

 private:
  OL_INLINE bool open(Node node) {
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

  /// Closes what ends here. True if something is next, in what is open then.
  OL_INLINE bool has_next(bool is_first) {
    while (depth_ > 0) {
      const char next = next_letter();
      if (next == ',' && !is_first) {
        ++at_;
        return true;
      }
      if (next != (is_in_object() ? '}' : ']')) {
        return is_first || fail(JsonFault::syntax);
      }
      ++at_;
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
  OL_INLINE bool begin_next(Node& node) {
    const bool is_followed = depth_ == followed_;
    if (!is_in_object()) {
      node = is_followed ? tree_->element(inner_) : JsonPointerTree::nowhere;
      return true;
    }
    if (next_letter() != '"') {
      return fail(JsonFault::syntax);
    }
    const char* const begin = at_ + 1;
    bool has_escapes = false;
    if (!scan_string(has_escapes)) {
      return false;
    }
    const std::string_view name{begin, static_cast<std::size_t>(at_ - begin - 1)};
    node = is_followed ? tree_->member(inner_, name, has_escapes) : JsonPointerTree::nowhere;
    if (next_letter() != ':') {
      return fail(JsonFault::syntax);
    }
    ++at_;
    return true;
  }

  OL_INLINE bool scan_scalar(char first, Node node) {
    const char* const begin = at_;
    bool has_escapes = false;
    const bool is_good = first == '"'   ? scan_string(has_escapes)
                         : first == 't' ? scan_literal("true")
                         : first == 'f' ? scan_literal("false")
                         : first == 'n' ? scan_literal("null")
                                        : scan_number();
    if (is_good && node != JsonPointerTree::nowhere) {
      tree_->take(node, begin, at_);
    }
    return is_good;
  }

  /// `has_escapes`: it is more than plain text.
  OL_INLINE bool scan_string(bool& has_escapes) {
    at_ = skip_plain(at_ + 1, end_);
    if (letter() != '"') {
      has_escapes = true;
      at_ = json_string_end(at_, end_);
      if (letter() != '"') return fail(JsonFault::syntax);
    }
    ++at_;
    return true;
  }

  /// RFC 8259, section 6.
  OL_INLINE bool scan_number() {
    at_ += letter() == '-' ? 1 : 0;
    if (letter() == '0') {
      ++at_;  // a digit behind it is no separator
    } else if (!scan_digits()) {
      return false;
    }
    if (letter() == '.') {
      ++at_;
      if (!scan_digits()) return false;
    }
    if ((letter() | 0x20) != 'e') {
      return true;
    }
    ++at_;
    at_ += letter() == '+' || letter() == '-' ? 1 : 0;
    return scan_digits();
  }

  OL_INLINE bool scan_digits() {
    const char* const begin = at_;
    while (at_ != end_ && is_digit(*at_)) {
      ++at_;
    }
    return at_ != begin || fail(JsonFault::syntax);
  }

  template <std::size_t Size>
  OL_INLINE bool scan_literal(const char (&literal)[Size]) {
    constexpr std::size_t length = Size - 1;
    const bool is_there =
        static_cast<std::size_t>(end_ - at_) >= length && std::memcmp(at_, literal, length) == 0;
    at_ += is_there ? length : 0;
    return is_there || fail(JsonFault::syntax);
  }

  OL_INLINE bool fail(JsonFault fault) {
    fault_ = fault;
    return false;
  }

  [[nodiscard]] OL_INLINE char letter() const { return at_ != end_ ? *at_ : '\0'; }
  [[nodiscard]] OL_INLINE bool is_in_object() const { return (objects_ & 1U) != 0; }

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
  scanner.next_letter();
  const auto begin = static_cast<std::size_t>(scanner.at() - text.data());
  scanner.scan();
  return {begin, static_cast<std::size_t>(scanner.at() - text.data()), scanner.fault()};
}

}  // namespace openline
