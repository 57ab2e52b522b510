// The reader beside nlohmann/json, on texts that are made and then spoilt. Where the two are known
// to differ, and JSON.parse sides with us, the case is named below and checked by itself.

#include <openline/base/random.hpp>
#include <openline/json/reader.hpp>

#include <support/catch.hpp>

#include <nlohmann/json.hpp>

#include <array>
#include <cmath>
#include <string>
#include <string_view>

using namespace openline;
using nlohmann::json;
using namespace std::string_literals;

namespace {

constexpr int texts = 30'000;
constexpr int spoilings = 6;  // of each

/// The text again, without space and with what its strings say; so the values are compared too.
void rewrite(JsonReader& reader, std::string& out) {
  switch (reader.peek()) {
    case JsonKind::array: {
      reader.begin_array();
      out += '[';
      for (bool is_first = true; reader.next_element(); is_first = false) {
        out += is_first ? "" : ",";
        rewrite(reader, out);
      }
      out += ']';
      return;
    }
    case JsonKind::object: {
      reader.begin_object();
      out += '{';
      for (bool is_first = true; const auto name = reader.next_member(); is_first = false) {
        out += (is_first ? "" : ",") + json(*name).dump() + ":";
        rewrite(reader, out);
      }
      out += '}';
      return;
    }
    case JsonKind::string:
      out += json(reader.read_string().value_or(""))
                 .dump(-1, ' ', false, json::error_handler_t::replace);
      return;
    case JsonKind::none:
    case JsonKind::number:
    case JsonKind::boolean:
    case JsonKind::null:
      out += reader.skip_value().value_or("");
      return;
  }
}

bool is_json(std::string_view text) {
  JsonReader reader{text};
  reader.skip_value();
  return reader.finish();
}

std::string_view one_of(SplitMix64& random, const std::string_view* begin, std::size_t count) {
  return begin[random.next() % count];
}

std::string made(SplitMix64& random, int depth) {
  static constexpr std::array<std::string_view, 22> leaves{"0",
                                                           "-0",
                                                           "1",
                                                           "-1.5",
                                                           "1e3",
                                                           "2E-2",
                                                           "9007199254740993",
                                                           "0.0",
                                                           "true",
                                                           "false",
                                                           "null",
                                                           "\"\"",
                                                           "\"a\"",
                                                           "\"\\n\\\"\"",
                                                           "\"\\u00e9\"",
                                                           "\"é\"",
                                                           "\"😀\"",
                                                           "\"\\ud83d\\ude00\"",
                                                           "[]",
                                                           "{}",
                                                           "[ ]",
                                                           "\"\\/\""};
  static constexpr std::array<std::string_view, 5> spaces{"", "", "", " ", "\n\t\r "};
  const auto space = [&] { return std::string{one_of(random, spaces.data(), spaces.size())}; };
  if (depth == 0 || random.next() % 3 == 0) {
    return space() + std::string{one_of(random, leaves.data(), leaves.size())} + space();
  }
  const bool is_object = random.next() % 2 == 0;
  std::string text = space() + (is_object ? "{" : "[") + space();
  for (std::uint64_t i = 0, count = random.next() % 4; i < count; ++i) {
    text += i > 0 ? "," : "";
    if (is_object) text += "\"k" + std::to_string(i) + "\"" + space() + ":";
    text += made(random, depth - 1);
  }
  return text + (is_object ? "}" : "]") + space();
}

void spoil(SplitMix64& random, std::string& text) {
  static constexpr std::string_view letters =
      "[]{},:\"\\0123456789-+.eEtrufalsn \n\x01\x7f\x80"
      "\xbf\xc2\xe2\xed\xa0\xf0\xf4\xff/'bu";
  const std::size_t at = text.empty() ? 0 : random.next() % text.size();
  const char letter = letters[random.next() % letters.size()];
  switch (random.next() % 5) {
    case 0:
      text.insert(at, 1, letter);
      return;
    case 1:
      text.erase(at, 1);
      return;
    case 2:
      text.resize(at);
      return;
    case 3:
      text.insert(at, text.substr(random.next() % (text.size() + 1), 5));
      return;
    default:
      if (!text.empty()) text[at] = letter;
  }
}

/// Whether the text has what the two are known to read differently: see the cases below.
bool is_known_difference(const std::string& text) {
  const bool has_surrogate =
      text.find("\\ud") != std::string::npos || text.find("\\uD") != std::string::npos;
  return has_surrogate || text.find("\xef\xbb\xbf") == 0 || text.find('\0') != std::string::npos;
}

/// Too large for a double: nlohmann refuses what JSON.parse reads as Infinity.
bool has_huge_number(const std::string& text) {
  for (std::size_t i = 0; i + 1 < text.size(); ++i) {
    const bool is_exponent = (text[i] == 'e' || text[i] == 'E') && i > 0 && text[i - 1] <= '9';
    if (!is_exponent) continue;
    std::size_t digits = i + 1 + (text[i + 1] == '+' ? 1 : 0);
    while (digits < text.size() && text[digits] == '0')
      ++digits;
    std::size_t end = digits;
    while (end < text.size() && text[end] >= '0' && text[end] <= '9')
      ++end;
    if (end - digits >= 3) return true;
  }
  return false;
}

}  // namespace

TEST_CASE("json reader: it judges and reads like nlohmann/json", "[json]") {
  SplitMix64 random{20261123};
  int accepted = 0;
  int compared = 0;
  for (int i = 0; i < texts; ++i) {
    std::string text = made(random, 4);
    for (int spoiling = 0; spoiling <= spoilings; ++spoiling) {
      const json oracle = json::parse(text, nullptr, false);
      const bool is_good = is_json(text);
      const bool is_left_out = is_known_difference(text) || has_huge_number(text);
      accepted += is_good ? 1 : 0;
      compared += is_left_out ? 0 : 1;
      if (!is_left_out && is_good == oracle.is_discarded()) {
        FAIL_CHECK("judged otherwise: " << text);
      }
      if (!is_left_out && is_good && !oracle.is_discarded()) {
        JsonReader reader{text};
        std::string again;
        rewrite(reader, again);
        if (!reader.finish() || json::parse(again, nullptr, false) != oracle) {
          FAIL_CHECK("read otherwise: " << text);
        }
      }
      spoil(random, text);
    }
  }
  CHECK(accepted > texts);
  CHECK(compared > texts * spoilings / 2);
  CHECK(compared - accepted > texts);
}

TEST_CASE("json reader: where nlohmann/json differs, it sides with JSON.parse", "[json]") {
  struct Row {
    std::string text;
    bool is_ours_good;
  };
  const std::array<Row, 7> rows{{{"\xef\xbb\xbf[1]", false},
                                 {"[1]\0"s, false},
                                 {"[1]\0garbage"s, false},
                                 {"\"\\ud800\"", true},
                                 {"\"\\udc00\\ud800\"", true},
                                 {"\"\\ud800\\u0041\"", true},
                                 {"1e400", true}}};
  for (const auto& [text, is_ours_good] : rows) {
    INFO(text);
    CHECK(is_json(text) == is_ours_good);
    CHECK(json::parse(text, nullptr, false).is_discarded() == is_ours_good);
  }
}
