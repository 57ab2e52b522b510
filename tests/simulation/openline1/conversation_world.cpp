// What happens around the lines of a conversation: publications, and what befalls whom.

#include <simulation/openline1/conversation.hpp>

#include <algorithm>

namespace openline::conversation {

bool Conversation::is_writable(const Stream& stream) const {
  // A broker that has lost publications in one epoch may use their offsets again only when all who
  // know of them have heard of it; no protocol could tell them apart.
  return std::none_of(pages_.begin(), pages_.end(),
                      [&](const auto& page) { return page->application().is_beyond(stream); });
}

void Conversation::publish() {
  Chance& chance = world_.chance();
  if (!is_publishing_) {
    return;
  }
  if (world_.is_faulty() && chance.one_in(40)) {
    publish_gap_ = chance.pick(std::array<std::uint32_t, 4>{40, 200, 600, 2'000});
  }
  auto& streams = broker_.streams();
  Stream& stream = streams[chance.below(static_cast<std::uint32_t>(streams.size()))];
  const std::uint32_t count = chance.one_in(6) ? chance.between(2, 15) : 1;
  for (std::uint32_t left = count; left > 0; --left) {
    const std::uint32_t key = stream.is_keyed ? chance.between(1, 4) : 0;
    if (!broker_.publish(stream, key, std::nullopt)) {
      break;
    }
  }
  world_.after(chance.milliseconds(0, publish_gap_), [this] { publish(); });
}

/// What a broker has lost nobody brings but the next one of that key.
void Conversation::publish_every_key() {
  for (Stream& stream : broker_.streams()) {
    for (std::uint32_t key = 1; stream.is_keyed && key <= 4; ++key) {
      if (!broker_.publish(stream, key, std::nullopt)) {
        world_.after(Duration::milliseconds(500), [this] { publish_every_key(); });
        return;
      }
    }
  }
  has_rolled_back_ = false;
}

void Conversation::befall_broker() {
  if (!world_.is_faulty()) {
    return;
  }
  Chance& chance = world_.chance();
  world_.after(chance.milliseconds(500, 5'000), [this] { befall_broker(); });
  auto& streams = broker_.streams();
  Stream& stream = streams[chance.below(static_cast<std::uint32_t>(streams.size()))];
  Page& page = *pages_[chance.below(static_cast<std::uint32_t>(pages_.size()))];
  switch (chance.below(10)) {
    case 0:
      world_.inject(Fault::broker_forgot);
      return broker_.forget_all(false);
    case 1:
      world_.inject(Fault::broker_overtook);
      return broker_.forget_all(true);
    case 2:
    case 3:
      return roll_back();
    case 4:
      world_.inject(Fault::history_short);
      return broker_.shorten(stream, chance.below(4));
    case 5:
    case 6:
      if (page.invariants().unsettled() == 0) {
        world_.inject(Fault::cursor_forgotten);
        broker_.forget_cursor(page.client_key());
      }
      return;
    default:
      return;
  }
}

/// A broker that was restored from a copy, with all servers.
void Conversation::roll_back() {
  Chance& chance = world_.chance();
  world_.inject(Fault::broker_rolled_back);
  has_rolled_back_ = true;
  for (const auto& server : servers_) {
    server->crash();
  }
  network_.cut_all();
  for (Stream& stream : broker_.streams()) {
    broker_.roll_back(stream, chance.below(4));
  }
  for (const auto& page : pages_) {
    page->application().doubt_snapshots();
  }
}

void Conversation::let_application_act(std::size_t page) {
  if (is_publishing_) {
    pages_[page]->application().act();
    world_.after(world_.chance().milliseconds(0, 1'500),
                 [this, page] { let_application_act(page); });
  }
}

void Conversation::let_servers_act() {
  if (world_.is_faulty()) {
    servers_[world_.chance().below(static_cast<std::uint32_t>(servers_.size()))]->act();
    world_.after(world_.chance().milliseconds(200, 3'000), [this] { let_servers_act(); });
  }
}

void Conversation::let_network_act() {
  if (world_.is_faulty()) {
    network_.act();
    world_.after(world_.chance().milliseconds(200, 5'000), [this] { let_network_act(); });
  }
}

}  // namespace openline::conversation
