#pragma once

// JsonReader: reads a JSON text (RFC 8259) from left to right, as the caller asks. It accepts what
// JSON.parse accepts, but for what is nested too deep, builds no tree and keeps nothing.

#include <openline/json/fault.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace openline {

enum class JsonKind : std::uint8_t { none, object, array, string, number, boolean, null };

/// The first fault ends the reading: what is read after it yields nothing. So a caller may read on
/// and ask once, at the end, whether `finish` holds.
///
/// A surrogate that stands alone is valid within JSON (as an escape, \ud800) but not as UTF-8.
/// It is read as three bytes (WTF-8), so that strings which differ stay different; who needs UTF-8
/// asks `is_utf8`. Of members with the same name all are read: the last one is the one that counts
/// for JSON.parse.
class JsonReader {
 public:
  explicit JsonReader(std::string_view text) : text_{text} {}

  /// What the next value is, judged by its first byte; `none` where there is no value.
  [[nodiscard]] JsonKind peek();

  bool begin_array() { return begin(JsonKind::array); }
  /// True at the next element, which may be read or left: what was not read is skipped. False
  /// behind the array.
  bool next_element() { return next(JsonKind::array); }

  bool begin_object() { return begin(JsonKind::object); }
  /// The name of the next member, whose value may be read or left. Nothing behind the object.
  std::optional<std::string_view> next_member();

  /// An integer from 0 to 2^53 - 1, without sign, fraction and exponent.
  std::optional<std::uint64_t> read_integer();
  /// With its escapes undone. It is valid until the next call, and no longer than the text.
  std::optional<std::string_view> read_string();
  std::optional<bool> read_boolean();

  /// Passes over one value of any kind, and checks it. Gives its bytes, without the space around.
  std::optional<std::string_view> skip_value();

  /// Passes over what is left of the array or object that was begun last.
  void skip_rest();

  /// True when the whole text was one value and has been read without a fault.
  [[nodiscard]] bool finish();

  /// For rules that are the caller's own, like the length of a string.
  void fail(JsonFault fault);
  [[nodiscard]] bool has_failed() const { return fault_ != JsonFault::none; }
  [[nodiscard]] JsonFault fault() const { return fault_; }
  /// How many bytes have been read; where the fault is, if there is one.
  [[nodiscard]] std::size_t offset() const { return at_; }

 private:
  /// What may come next at this place.
  enum class Due : std::uint8_t { value, first, separator };

  bool begin(JsonKind kind);
  bool next(JsonKind kind);
  bool next_of_any();
  bool expect(JsonKind kind);
  bool pass(char letter);
  bool take(std::string_view wanted);
  void skip_space();
  std::optional<std::string_view> string();
  [[nodiscard]] bool is_at(char letter) const { return at_ < text_.size() && text_[at_] == letter; }
  [[nodiscard]] JsonKind container() const;

  std::string_view text_;
  std::size_t at_ = 0;
  std::size_t depth_ = 0;
  std::uint64_t objects_ = 0;  // a bit for each open container: 1 for an object
  Due due_ = Due::value;
  JsonFault fault_ = JsonFault::none;
  std::string unescaped_;  // the last string that had escapes
};

}  // namespace openline
