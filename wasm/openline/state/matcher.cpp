#include <openline/state/matcher.hpp>

#include <openline/json/string.hpp>
#include <openline/state/row_key.hpp>

#include <algorithm>
#include <utility>

namespace openline {

std::optional<Matcher> Matcher::make(const std::vector<Match>& wanted, JsonLookup& lookup) {
  Matcher matcher;
  for (const Match& match : wanted) {
    const auto place = lookup.add(match.pointer);
    if (!place) {
      return std::nullopt;
    }
    Wanted entry{*place, match.literal, std::nullopt};
    if (const auto name = row_key(match.literal, matcher.scratch_)) {
      entry.name = std::string{*name};
    }
    matcher.wanted_.push_back(std::move(entry));
  }
  return matcher;
}

bool Matcher::matches(const JsonLookup& lookup) {
  return std::all_of(wanted_.begin(), wanted_.end(), [&](const Wanted& wanted) {
    const auto found = lookup.found(wanted.place);
    return found && is_wanted(wanted, *found);
  });
}

bool Matcher::is_wanted(const Wanted& wanted, std::string_view found) {
  if (found == wanted.literal) {
    return true;
  }
  // "1" and 1 have the same name, and are not the same.
  const bool is_string = found.front() == '"';
  if (!wanted.name || is_string != (wanted.literal.front() == '"')) {
    return false;
  }
  if (is_string) {
    return json_string_says(found.substr(1, found.size() - 2), *wanted.name);
  }
  const auto name = row_key(found, scratch_);
  return name && *name == *wanted.name;
}

}  // namespace openline
