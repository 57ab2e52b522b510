#include <openline/state/value_state.hpp>

#include <openline/json/writer.hpp>
#include <openline/state/observed.hpp>

namespace openline {

#if OPENLINE_DOCUMENTS
#define OL_OF_KIND(call) (document_ ? document_->call : latest_.call)
#else
#define OL_OF_KIND(call) (latest_.call)
#endif

std::unique_ptr<ValueState> ValueState::make(const StateSpec& spec) {
#if !OPENLINE_DOCUMENTS
  if (spec.kind == StateKind::document) {
    return nullptr;
  }
#endif
  return std::unique_ptr<ValueState>{new ValueState{spec}};
}

ValueState::ValueState(const StateSpec& spec) : latest_{spec} {
#if OPENLINE_DOCUMENTS
  if (spec.kind == StateKind::document) {
    document_ = std::make_unique<DocumentState>(spec);
  }
#endif
}

std::optional<StateFault> ValueState::take(std::string_view value) {
  return OL_OF_KIND(take(value));
}

std::optional<StateFault> ValueState::seed(std::string_view value) {
  return OL_OF_KIND(seed(value));
}

bool ValueState::has_news() const {
  return (observed_ & observe_values) != 0 && OL_OF_KIND(has_changed());
}

void ValueState::append_all(std::string& out, std::uint32_t state) {
  out += '[';
  append_json_integer(out, state);
  if (OL_OF_KIND(has_value())) {
    out += ',';
    OL_OF_KIND(append_value(out));
  }
  out += ']';
  OL_OF_KIND(note_told());
}

}  // namespace openline
