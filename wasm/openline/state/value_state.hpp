#pragma once

// ValueState: a state that is one value, latest or document; whichever its spec says. Documents are
// there only where OPENLINE_DOCUMENTS is 1: this is the one place that knows.

#include <openline/state/latest_state.hpp>
#include <openline/state/problem.hpp>
#include <openline/state/spec.hpp>

#if OPENLINE_DOCUMENTS
#include <openline/state/document_state.hpp>
#endif

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace openline {

class ValueState {
 public:
  /// Nothing where there are no documents.
  [[nodiscard]] static std::unique_ptr<ValueState> make(const StateSpec& spec);

  // As in latest_state.hpp.

  std::optional<StateFault> take(std::string_view value);
  std::optional<StateFault> seed(std::string_view value);
  void observe(std::uint32_t what) { observed_ = what; }

  /// Something that is observed has changed since it was told.
  [[nodiscard]] bool has_news() const;
  /// Appends it as an entry of a delta (ValueDelta in js/src/core/coreStates.ts), and counts as
  /// told.
  void append_all(std::string& out, std::uint32_t state);

 private:
  explicit ValueState(const StateSpec& spec);

  std::uint32_t observed_ = 0;
  LatestState latest_;
#if OPENLINE_DOCUMENTS
  std::unique_ptr<DocumentState> document_;  // then `latest_` has nothing
#endif
};

}  // namespace openline
