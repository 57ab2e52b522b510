#include <openline/state/router.hpp>

#include <utility>

namespace openline {

std::unique_ptr<Router> Router::make(const StateSpec& spec) {
  auto router = std::make_unique<Router>();
  auto match = Matcher::make(spec.match, router->lookup_);
  if (spec.value) {
    router->value_place_ = router->lookup_.add(*spec.value);
  }
  if (!match || router->value_place_.has_value() != spec.value.has_value()) {
    return nullptr;
  }
  router->takes_all_ = match->is_empty() && !spec.value;
  router->match_ = std::move(*match);
  return router;
}

Route Router::route(std::string_view message) {
  const Route whole = check(message);
  if (!whole.value) {
    return whole;
  }
  if (!match_.matches(lookup_)) {
    return {};
  }
  const auto value = value_place_ ? lookup_.found(*value_place_) : whole.value;
  return value ? Route{value, std::nullopt}
               : Route{std::nullopt, StateFault{StateProblem::no_value}};
}

Route Router::check(std::string_view text) {
  const auto whole = lookup_.scan(text);
  if (!whole) {
    const JsonProblem problem = lookup_.problem();
    return {std::nullopt, StateFault{problem_of(problem.fault), problem.offset}};
  }
  const auto end = static_cast<std::size_t>(whole->data() - text.data()) + whole->size();
  const std::size_t more = text.find_first_not_of(" \t\r\n", end);
  if (more != std::string_view::npos) {
    return {std::nullopt, StateFault{StateProblem::syntax, more}};
  }
  return {whole, std::nullopt};
}

}  // namespace openline
