#pragma once

// In the end every line is open, knows all of its streams up to their tops, with the newest value
// of each key, has nothing unsettled, and the server tells it of these streams and of no others.

#include <simulation/openline1/page.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace openline::conversation {

/// What is missing yet; empty: nothing.
[[nodiscard]] inline std::string_view missing_at(Page& page, const Broker& broker) {
  if (page.client().state().phase != Phase::open) {
    return "a line is not open";
  }
  if (page.invariants().unsettled() > 0) {
    return "a message is not settled";
  }
  for (const auto& [name, view] : page.application().views()) {
    const Stream& stream = *broker.find(name);
    if (view.is_lost || !view.at) {
      return "a subscription is not live";
    }
    if (!(*view.at == Broker::position(stream))) {
      return "a stream is not known up to its top";
    }
    if (!stream.is_keyed) {
      continue;  // the position says it all
    }
    for (const auto& [key, newest] : stream.newest) {
      const bool is_due = !view.base || (newest.epoch == view.base->epoch &&
                                         newest.entry.offset > view.base->offset);
      const auto found = view.content.find(key);
      const bool is_there = found != view.content.end() && found->second == newest.entry.value;
      if (is_due && !is_there) {
        return "a key has an old value";
      }
    }
  }
  return "";
}

/// Whether the server of a page tells it of what it wants.
[[nodiscard]] inline bool is_told_of_what_it_wants(Page& page,
                                                   const std::vector<std::string>& streams) {
  std::vector<std::string> wanted;
  for (const auto& [name, view] : page.application().views()) {
    wanted.push_back(name);
  }
  return wanted == streams;  // both are in order
}

}  // namespace openline::conversation
