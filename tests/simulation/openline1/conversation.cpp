#include <simulation/openline1/conversation.hpp>

#include <simulation/openline1/invariants/converged.hpp>

#include <algorithm>
#include <utility>

namespace openline::conversation {

Conversation::Conversation(std::uint64_t seed, bool is_printing)
    : world_{seed, is_printing},
      network_{world_},
      broker_{world_},
      effects_once_{ledger_, verdict_},
      published_once_{verdict_} {
  add_streams();
  Chance& chance = world_.chance();
  const std::uint32_t frame_bytes_max = chance.one_in(2) ? 65'536 : chance.between(200, 4'000);
  const Scene scene{world_,   network_,        broker_,         ledger_,
                    verdict_, frame_bytes_max, chance.one_in(2)};
  std::vector<Server*> all;
  for (std::uint32_t left = chance.between(1, 3); left > 0; --left) {
    all.push_back(servers_.emplace_back(std::make_unique<Server>(scene, all.size())).get());
  }
  for (Server* server : all) {
    server->know(all);
    network_.join(*server);
  }
  const std::uint32_t users = chance.between(1, 2);
  for (std::uint32_t i = 0, count = chance.between(1, 4); i < count; ++i) {
    std::string user = "user" + std::to_string(i % users);
    network_.join(*pages_.emplace_back(std::make_unique<Page>(scene, i, std::move(user))));
  }
  broker_.is_writable = [this](const Stream& stream) { return is_writable(stream); };
  broker_.on_published = [this](const Stream& stream, const Entry& entry, const auto& from) {
    published_once_.learn(stream, entry, from);
    for (const auto& server : servers_) {
      server->hear(stream, entry);
    }
  };
  ledger_.on_handled = [this](const std::string& client, std::uint32_t message) {
    effects_once_.learn_handled(client, message);
  };
}

void Conversation::add_streams() {
  const std::uint32_t count = world_.chance().between(2, 4);
  for (std::uint32_t i = 0; i < count; ++i) {
    const bool is_keyed = i % 2 == 0;
    broker_.add_stream((is_keyed ? "board" : "log") + std::to_string(i), is_keyed);
  }
}

Outcome Conversation::run() {
  begin();
  while (goes_on() && (world_.events() < events_min || world_.faults() < faults_min)) {
    world_.take_next();
  }
  run_in_calm();
  end();
  return {world_.trace().hash(), world_.events(), world_.faults(),
          verdict_.invariant(),  verdict_.what(), world_.coverage()};
}

void Conversation::begin() {
  for (std::size_t i = 0; i < pages_.size(); ++i) {
    pages_[i]->application().begin();
    world_.after(world_.chance().milliseconds(0, 500), [this, i] { let_application_act(i); });
  }
  world_.after({}, [this] { publish(); });
  world_.after(Duration::milliseconds(800), [this] { let_network_act(); });
  world_.after(Duration::milliseconds(1'000), [this] { let_servers_act(); });
  world_.after(Duration::milliseconds(3'000), [this] { befall_broker(); });
}

void Conversation::run_in_calm() {
  world_.end_faults();
  network_.heal();
  for (const auto& server : servers_) {
    server->recover();
  }
  if (has_rolled_back_) {
    publish_every_key();
  }
  const Instant begun_at = world_.now();
  world_.after(Duration::seconds(3), [this] { is_publishing_ = false; });
  constexpr Duration look = Duration::milliseconds(500);
  Instant look_at = begun_at + Duration::seconds(4);
  int good_looks = 0;  // two in a row: nothing is to come any more
  while (goes_on() && good_looks < 2) {
    world_.take_next();
    if (world_.now() < look_at) {
      continue;
    }
    look_at = world_.now() + look;
    const std::string_view what = missing();
    good_looks = what.empty() ? good_looks + 1 : 0;
    if (!what.empty() && world_.now() - begun_at > agreement_max) {
      verdict_.violate("converged", what, world_.now().count());
    }
  }
  if (verdict_.is_good() && world_.events() >= events_max) {
    verdict_.violate("converged", "too many events", static_cast<std::int64_t>(world_.events()));
  }
}

std::string_view Conversation::missing() {
  if (is_publishing_) {
    return "a publication is to come";
  }
  for (std::size_t i = 0; i < pages_.size(); ++i) {
    const std::string_view what = missing_at(*pages_[i], broker_);
    if (!what.empty()) {
      return what;
    }
    const auto [server, link] = network_.newest_link_of(i);
    if (!is_told_of_what_it_wants(*pages_[i], servers_[server]->streams_of(link))) {
      return "the server tells a line of other streams than it wants";
    }
  }
  return "";
}

void Conversation::end() {
  for (const auto& page : pages_) {
    page->leave();
    if (verdict_.is_good() && page->has_handles()) {
      verdict_.violate("handles_freed", "a handle outlives its line", 0);
    }
    if (verdict_.is_good() && page->invariants().unsettled() > 0) {
      verdict_.violate("settled_once", "a message outlives its line", 0);
    }
  }
}

Outcome run_seed(std::uint64_t seed, bool is_printing) {
  return Conversation{seed, is_printing}.run();
}

}  // namespace openline::conversation
