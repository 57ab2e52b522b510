// Documents: what the bytes make of one, whole, in two formats of patches. Each message is taken as
// a whole or changes nothing, and what is counted is what is written.

#include <openline/state/document_state.hpp>

#include <fuzz/bytes.hpp>

#include <nlohmann/json.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

using namespace openline;
using fuzz::require;

namespace {

constexpr std::size_t bytes_max = 4'096;

std::string text_of(const DocumentState& document) {
  std::string text;
  if (document.has_value()) document.append_value(text);
  return text;
}

void check_document(const std::string& text) {
  if (text.empty()) return;
  require(text.size() <= bytes_max, "within its limit");
  JsonReader reader{text};
  static_cast<void>(reader.skip_value());
  require(reader.finish(), "JSON that is not too deep");
  // What was written is read as the same.
  StateSpec spec;
  spec.bytes_max = text.size();
  DocumentState same{spec};
  require(!same.seed(text) && text_of(same) == text, "read and written again");
}

/// The lines of the input: a document, then patches of it.
void check_patches(PatchFormat format, std::string_view lines) {
  StateSpec spec;
  spec.patch = format;
  spec.bytes_max = bytes_max;
  DocumentState document{spec};
  std::string before;
  for (bool is_first = true; !lines.empty(); is_first = false) {
    const std::string_view line = lines.substr(0, lines.find('\n'));
    lines.remove_prefix(line.size() < lines.size() ? line.size() + 1 : line.size());
    const auto fault = is_first ? document.seed(line) : document.take(line);
    const std::string after = text_of(document);
    require(!fault || after == before, "as a whole or not at all");
    require(!fault || fault->at <= line.size(), "a fault within the message");
    check_document(after);
    before = after;
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes{reinterpret_cast<const char*>(data), size};
  check_patches(PatchFormat::merge_patch, bytes);
  check_patches(PatchFormat::json_patch, bytes);
  return 0;
}
