#include <simulation/openline1/application.hpp>

#include <simulation/openline1/page.hpp>

#include <algorithm>
#include <utility>
#include <variant>

namespace openline::conversation {

void Application::begin() {
  const auto& streams = scene_.broker.streams();
  subscribe(streams[world_.chance().below(static_cast<std::uint32_t>(streams.size()))].name);
  page_.client().open();
  page_.work();
}

void Application::act() {
  Chance& chance = world_.chance();
  const std::uint32_t choice = world_.is_faulty() ? chance.below(48) : 47;
  if (choice == 0) {
    world_.inject(Fault::application_closes);
    page_.invariants().learn(LineEnded{});
    page_.client().close(1000, "");
  } else if (choice == 1) {
    world_.inject(Fault::application_reconnects);
    page_.invariants().learn(LineEnded{});
    page_.client().reconnect();
  } else if (choice < 14) {
    change_streams();
  } else if (choice == 14) {
    send_many(chance.between(10, 60), 0);
  } else if (choice == 15 && chance.one_in(12)) {
    send_many(chance.between(5, 8), 50'000);
  } else if (choice == 16) {
    send_many(1, chance.between(100, 5'000));
  } else {
    send_many(chance.between(1, 3), 0);
  }
  page_.work();
}

void Application::send_many(std::uint32_t count, std::size_t padding) {
  constexpr std::array<Task, 6> tasks{Task::effect,  Task::effect, Task::publish,
                                      Task::publish, Task::reply,  Task::reject};
  for (; count > 0; --count) {
    const std::uint32_t message = scene_.ledger.add(index_, world_.chance().pick(tasks));
    std::string text = "\"room\",{\"m\":" + std::to_string(message);
    text += padding > 0 ? ",\"p\":\"" + std::string(padding, 'x') + "\"}" : "}";
    const std::uint64_t bytes = text.size();
    const Handle value = page_.hold(std::move(text));
    page_.invariants().learn(MessageGiven{value, message, bytes});
    const SendResult result = page_.client().send(value, {bytes, true});
    const bool is_taken = result == SendResult::sent || result == SendResult::queued;
    page_.invariants().learn(SendAnswered{value, is_taken});
    if (!is_taken) {
      page_.free(value);
    }
  }
}

void Application::change_streams() {
  Chance& chance = world_.chance();
  const auto& streams = scene_.broker.streams();
  const std::string& name = streams[chance.below(static_cast<std::uint32_t>(streams.size()))].name;
  const auto known = views_.find(name);
  if (known == views_.end()) {
    return chance.one_in(2) ? subscribe(name) : subscribe_after_snapshot(name);
  }
  switch (chance.below(4)) {
    case 0:
      return unsubscribe(name);
    case 1: {
      world_.inject(Fault::subscribed_again);
      const std::optional<Position> at = known->second.at;
      const View before = known->second;
      unsubscribe(name);
      if (at && chance.one_in(2)) {
        // It goes on where it was: what it knows stays good.
        begin_view(name, {}, at);
        views_[name].content = before.content;
        views_[name].base = before.base;
        return;
      }
      return subscribe(name);
    }
    case 2:
      return subscribe(name);
    default:
      return subscribe_after_snapshot(name);
  }
}

void Application::begin_view(const std::string& name, StreamId id,
                             const std::optional<Position>& from) {
  View& view = views_[name];
  const bool is_new = id == StreamId{};
  if (is_new) {
    const auto given = page_.client().speech()->subscribe(name, from);
    id = given.value_or(StreamId{});
  } else {
    page_.client().speech()->resubscribe(id, from);
  }
  view = View{id, ++newest_version_, from, from, {}, false};
  page_.invariants().learn(StreamWanted{id, name, from});
}

void Application::subscribe(const std::string& name) { begin_view(name, {}, std::nullopt); }

void Application::unsubscribe(const std::string& name) {
  const StreamId id = views_[name].id;
  page_.client().speech()->unsubscribe(id);
  page_.invariants().learn(StreamLeft{id});
  views_.erase(name);
}

void Application::subscribe_after_snapshot(const std::string& name) {
  fetch(name, {}, [this, name](const Position& at, auto content) {
    begin_view(name, {}, at);
    views_[name].content = std::move(content);
    views_[name].base.reset();
    page_.work();
  });
}

void Application::resubscribe_after_snapshot(const std::string& name, Duration wait) {
  const std::uint32_t version = views_[name].version;
  fetch(name, wait, [this, name, version](const Position& at, auto content) {
    const auto found = views_.find(name);
    if (found == views_.end() || found->second.version != version) {
      return;  // it was let go, or subscribed to otherwise
    }
    begin_view(name, found->second.id, at);
    views_[name].content = std::move(content);
    views_[name].base.reset();
    page_.work();
  });
}

/// The position is read before the content, which may hold what comes after it already.
void Application::fetch(const std::string& name, Duration wait, Snapshot then) {
  world_.after(wait, [this, name, then = std::move(then)] {
    const Position at = Broker::position(*scene_.broker.find(name));
    Duration takes = world_.chance().milliseconds(0, 100);
    if (world_.strikes(Fault::snapshot_slow, 6)) {
      takes = world_.chance().milliseconds(500, 3'000);
    }
    world_.after(takes, [this, name, at, then, doubts = doubts_] {
      if (doubts != doubts_) {
        return fetch(name, {}, then);
      }
      std::map<std::uint32_t, std::uint32_t> content;
      for (const auto& [key, newest] : scene_.broker.find(name)->newest) {
        content[key] = newest.entry.value;
      }
      then(at, std::move(content));
    });
  });
}

bool Application::is_beyond(const Stream& stream) const {
  const auto found = views_.find(stream.name);
  return found != views_.end() && found->second.at && !found->second.is_lost &&
         found->second.at->epoch == stream.epoch && found->second.at->offset > stream.top;
}

void Application::want_open() {
  const Phase phase = page_.client().state().phase;
  if (phase == Phase::failed) {
    page_.invariants().learn(LineEnded{});
    page_.client().reconnect();
  } else {
    page_.client().open();
  }
  page_.work();
}

}  // namespace openline::conversation
