#include <simulation/openline1/broker.hpp>

#include <algorithm>
#include <utility>

namespace openline::conversation {

void Broker::add_stream(std::string name, bool is_keyed) {
  Chance& chance = world_.chance();
  Stream& stream = streams_.emplace_back();
  stream.name = std::move(name);
  stream.is_keyed = is_keyed;
  stream.epoch = "e" + std::to_string(++newest_epoch_);
  stream.top = chance.one_in(2) ? 0 : chance.below(1'000);
  stream.history_max = chance.one_in(2) ? chance.between(3, 12) : chance.between(30, 100);
}

Stream* Broker::find(const std::string& name) {
  const auto found = std::find_if(streams_.begin(), streams_.end(),
                                  [&](const Stream& each) { return each.name == name; });
  return found == streams_.end() ? nullptr : &*found;
}
const Stream* Broker::find(const std::string& name) const {
  return const_cast<Broker*>(this)->find(name);  // NOLINT: the same search
}

bool Broker::publish(Stream& stream, std::uint32_t key, const std::optional<Origin>& from) {
  if (from && origins_.count(*from) > 0) {
    world_.met(Met::published_once);
    return true;
  }
  if (!is_writable(stream)) {
    return false;
  }
  stream.top += 1;
  const Entry entry{stream.top, key, static_cast<std::uint32_t>(keys_.size())};
  keys_.push_back(key);
  stream.history.push_back(entry);
  if (stream.history.size() > stream.history_max) {
    stream.history.pop_front();
  }
  stream.record[stream.epoch][entry.offset] = entry;
  stream.newest[key] = {stream.epoch, entry};
  if (from) {
    origins_[*from] = entry.value;
  }
  on_published(stream, entry, from);
  return true;
}

std::optional<std::vector<Entry>> Broker::read(const Stream& stream, const Position& after) {
  if (after.epoch != stream.epoch) {
    world_.met(Met::resync_of_epoch);
    return std::nullopt;
  }
  if (after.offset > stream.top) {
    world_.met(Met::resync_beyond_top);
    return std::nullopt;
  }
  const std::uint64_t oldest = stream.top - stream.history.size();
  if (after.offset < oldest) {
    world_.met(Met::resync_of_history);
    return std::nullopt;
  }
  const auto begin = stream.history.begin() + static_cast<std::ptrdiff_t>(after.offset - oldest);
  return std::vector<Entry>(begin, stream.history.end());
}

void Broker::forget_all(bool is_overtaking) {
  for (Stream& stream : streams_) {
    stream.epoch = "e" + std::to_string(++newest_epoch_);
    stream.history.clear();
    stream.top = is_overtaking ? stream.top + world_.chance().below(20) : 0;
  }
  origins_.clear();
}

void Broker::shorten(Stream& stream, std::size_t history_max) {
  while (stream.history.size() > history_max) {
    stream.history.pop_front();
  }
}

void Broker::roll_back(Stream& stream, std::uint64_t count) {
  auto& record = stream.record[stream.epoch];
  for (; count > 0 && !stream.history.empty(); --count) {
    record.erase(stream.top);
    stream.history.pop_back();
    stream.top -= 1;
  }
}

std::optional<std::uint64_t> Broker::cursor(const std::string& client) const {
  const auto found = cursors_.find(client);
  return found == cursors_.end() ? std::nullopt : std::optional{found->second};
}

void Broker::forget_answers(const std::string& client, std::uint64_t up_to) {
  std::erase_if(answers_[client], [up_to](const Answer& each) { return each.seq <= up_to; });
}

std::optional<Broker::Claim> Broker::claim(const std::string& client, const Claim& by) {
  const auto found = claims_.find(client);
  const auto before = found == claims_.end() ? std::nullopt : std::optional{found->second};
  claims_[client] = by;
  return before;
}

void Broker::finish(const std::string& client) {
  const auto found = busy_.find(client);
  if (found == busy_.end()) {
    return;
  }
  const auto waiting = std::move(found->second);
  busy_.erase(found);
  for (const auto& then : waiting) {
    when_idle(client, then);
  }
}

void Broker::when_idle(const std::string& client, std::function<void()> then) {
  const auto found = busy_.find(client);
  if (found == busy_.end()) {
    then();
  } else {
    found->second.push_back(std::move(then));
  }
}

}  // namespace openline::conversation
