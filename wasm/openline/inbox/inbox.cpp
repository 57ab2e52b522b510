#include <openline/inbox/inbox.hpp>

#include <algorithm>
#include <utility>

namespace openline {
namespace {

bool is_within_bounds(const std::string& name, const std::optional<Position>& from) {
  const bool has_name = !name.empty() && name.size() <= Inbox::name_bytes_max;
  const bool has_position =
      !from || (!from->epoch.empty() && from->epoch.size() <= Inbox::epoch_bytes_max &&
                from->offset <= Inbox::offset_max);
  return has_name && has_position;
}

bool takes_runs(const Subscription& subscription) {
  return subscription.phase == StreamPhase::live || subscription.phase == StreamPhase::recovering;
}

/// Does what the server grants continue what is known?
bool continues(const Subscription& subscription, const Grant& grant) {
  const auto& at = subscription.at;
  const bool is_known = !at || (at->epoch == grant.top.epoch && at->offset <= grant.top.offset);
  return grant.is_recovered && is_known;
}

}  // namespace

std::optional<StreamId> Inbox::add(std::string name, std::optional<Position> from) {
  if (!is_within_bounds(name, from)) {
    return std::nullopt;
  }
  Subscription* known = find(std::string_view{name});
  if (known == nullptr) {
    if (subscriptions_.size() >= streams_max) {
      return std::nullopt;
    }
    known = &subscriptions_.emplace_back();
  }
  newest_ = {newest_.value + 1};
  *known = Subscription{newest_, std::move(name), std::move(from)};
  return newest_;
}

bool Inbox::restart(StreamId id, std::optional<Position> from) {
  Subscription* found = find(id);
  if (found == nullptr || !is_within_bounds(found->name, from)) {
    return false;
  }
  *found = Subscription{id, std::move(found->name), std::move(from)};
  return true;
}

std::optional<std::string> Inbox::remove(StreamId id) {
  Subscription* found = find(id);
  if (found == nullptr) {
    return std::nullopt;
  }
  const bool is_unknown_there =
      found->phase == StreamPhase::wanted || found->phase == StreamPhase::denied;
  std::string name = std::move(found->name);
  subscriptions_.erase(subscriptions_.begin() + (found - subscriptions_.data()));
  return is_unknown_there ? std::nullopt : std::optional{std::move(name)};
}

void Inbox::disconnect() {
  for (Subscription& each : subscriptions_) {
    // What is lost stays so: the application has been told, and is asked only once.
    if (each.phase != StreamPhase::lost) {
      each.phase = StreamPhase::wanted;
    }
    each.index = 0;
    each.answer_due = Instant::never();
  }
  unanswered_.clear();
}

void Inbox::note_asked(Subscription& subscription) {
  subscription.phase = StreamPhase::asked;
  for (Unanswered& each : unanswered_) {
    if (each.name == subscription.name) {
      each.count += 1;
      return;
    }
  }
  unanswered_.push_back({subscription.name, 1});
}

/// Whose answer this is: a stream that was let go and asked for again has two on their way, of
/// which the last one counts.
Subscription* Inbox::find_answered(std::string_view name) {
  const auto asked = std::find_if(unanswered_.begin(), unanswered_.end(),
                                  [name](const Unanswered& each) { return each.name == name; });
  if (asked == unanswered_.end()) {
    return nullptr;
  }
  asked->count -= 1;
  if (asked->count > 0) {
    return nullptr;
  }
  unanswered_.erase(asked);
  Subscription* found = find(name);
  return found != nullptr && found->phase == StreamPhase::asked ? found : nullptr;
}

Subscription* Inbox::grant(std::string_view name, const Grant& grant) {
  Subscription* found = find_answered(name);
  if (found == nullptr) {
    return nullptr;
  }
  if (!continues(*found, grant)) {
    found->phase = StreamPhase::lost;
    return found;
  }
  found->phase = StreamPhase::live;
  found->index = grant.index;
  if (!found->at) {
    found->at = grant.top;
  }
  return found;
}

Subscription* Inbox::deny(std::string_view name) {
  Subscription* found = find_answered(name);
  if (found != nullptr) {
    found->phase = StreamPhase::denied;
  }
  return found;
}

Subscription* Inbox::end(std::string_view name) {
  Subscription* found = find(name);
  const bool is_lost = found != nullptr && found->phase == StreamPhase::lost;
  if (found == nullptr || (!takes_runs(*found) && !is_lost)) {
    return nullptr;
  }
  if (!is_lost) {
    found->phase = StreamPhase::denied;  // what is lost stays so, or it would be told again
  }
  found->answer_due = Instant::never();
  return found;
}

Subscription* Inbox::resync(std::uint64_t index) {
  Subscription* found = find_index(index);
  if (found != nullptr) {
    found->phase = StreamPhase::lost;
    found->answer_due = Instant::never();
  }
  return found;
}

Inbox::Taken Inbox::take(const RunSpan& run, Instant now) {
  Subscription* found = find_index(run.index);
  if (found == nullptr || run.last <= found->at->offset) {
    return {};
  }
  if (run.first == found->at->offset + 1) {
    found->at->offset = run.last;
    found->phase = StreamPhase::live;
    found->answer_due = Instant::never();
    return {RunVerdict::accepted, found};
  }
  if (found->phase == StreamPhase::recovering) {
    return {};  // asked for already; this may have left before the server heard of it
  }
  found->phase = StreamPhase::recovering;
  found->answer_due = now + answer_timeout;
  return {RunVerdict::gap, found};
}

Instant Inbox::next_due() const {
  Instant due = Instant::never();
  for (const Subscription& each : subscriptions_) {
    due = std::min(due, each.answer_due);
  }
  return due;
}

Subscription* Inbox::find(StreamId id) {
  for (Subscription& each : subscriptions_) {
    if (each.id == id) {
      return &each;
    }
  }
  return nullptr;
}

Subscription* Inbox::find(std::string_view name) {
  for (Subscription& each : subscriptions_) {
    if (each.name == name) {
      return &each;
    }
  }
  return nullptr;
}

Subscription* Inbox::find_index(std::uint64_t index) {
  for (Subscription& each : subscriptions_) {
    if (each.index == index && takes_runs(each)) {
      return &each;
    }
  }
  return nullptr;
}

}  // namespace openline
