#pragma once

// Documents and patches as text, for the tests of what changes documents.

#include <openline/state/document_state.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace openline {

inline StateSpec document_spec(PatchFormat format, std::uint64_t bytes_max = 1U << 24U) {
  StateSpec spec;
  spec.kind = StateKind::document;
  spec.patch = format;
  spec.bytes_max = bytes_max;
  return spec;
}

/// What the document is; empty for none.
inline std::string text_of(const DocumentState& document) {
  std::string text;
  if (document.has_value()) document.append_value(text);
  return text;
}

struct Patched {
  std::string document;  // after the patch
  std::optional<StateFault> fault;
};

/// Applies one patch to `document`, which may be empty for none.
inline Patched patched(PatchFormat format, std::string_view document, std::string_view patch) {
  DocumentState state{document_spec(format)};
  if (!document.empty() && state.seed(document)) {
    return {"the document is none", std::nullopt};
  }
  const auto fault = state.take(patch);
  return {text_of(state), fault};
}

}  // namespace openline
