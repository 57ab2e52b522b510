// What happens in the network by itself; what the client asks of it is in network.cpp.

#include <simulation/network.hpp>

#include <algorithm>
#include <string_view>

namespace openline {
namespace {

class NetworkPort final : public SocketPort {
 public:
  explicit NetworkPort(Network& network) : network_{network} {}

  bool open(SocketId socket, const SocketRequest& /*request*/) override {
    return network_.open(socket);
  }
  SendOutcome send(SocketId socket, Handle value) override { return network_.send(socket, value); }
  SendOutcome send_text(SocketId /*socket*/, const TextParts& /*parts*/) override {
    return SendOutcome::failed;  // the lines of this world speak plainly
  }
  void close(SocketId socket, std::uint16_t code, std::string_view /*reason*/) override {
    network_.close(socket, code);
  }
  void discard(SocketId socket) override { network_.discard(socket); }
  void set_binary_type(SocketId /*socket*/, BinaryType /*type*/) override {}
  double buffered_amount(SocketId socket) override {
    return static_cast<double>(network_.unsent(socket));
  }

 private:
  Network& network_;
};

}  // namespace

std::unique_ptr<SocketPort> Network::port() { return std::make_unique<NetworkPort>(*this); }

void Network::end(const WorldEvent& event) {
  Link* link = find({event.socket});
  if (link == nullptr || link->ready == Ready::closed || link->is_forgotten) {
    return;
  }
  const bool is_lost = event.value == close_abnormal;
  if (link->is_stalled && !is_lost) {
    link->held.push_back(event);
    return;
  }
  if (link->is_silent) {
    return;
  }
  link->ready = Ready::closed;
  Duration after = world_.chance().milliseconds(0, 5);
  if (world_.strikes(Fault::close_late, 15)) {
    after = world_.chance().milliseconds(500, 20'000);
  }
  after = std::max(after, link->inbound_at - world_.now());
  if (is_lost) {
    world_.schedule(after, {.what = Happening::socket_errs, .socket = event.socket});
  }
  world_.schedule(after, {.what = Happening::socket_closes,
                          .socket = event.socket,
                          .value = event.value,
                          .extra = event.extra});
}

void Network::close_by_server(const WorldEvent& event) {
  const Link* link = find({event.socket});
  if (link != nullptr) {
    WorldEvent end = event;
    end.what = Happening::link_ends;
    schedule_inbound({event.socket}, link->delay, end);
  }
}

void Network::answer_ping(SocketId socket) {
  const Link* link = find(socket);
  if (link == nullptr || link->is_silent || !server_.answers_pings()) {
    return;
  }
  newest_message_ += 1;
  schedule_inbound(socket, link->delay,
                   {.what = Happening::message_comes, .value = newest_message_, .extra = 1});
}

void Network::carry_out(const ServerAct& act) {
  const SocketId socket = live();
  Link* link = find(socket);
  if (link == nullptr || link->ready != Ready::open) {
    return;
  }
  switch (act.kind) {
    case ServerAct::Kind::nothing:
      return;
    case ServerAct::Kind::speaks:
      speak(socket, act.messages);
      return;
    case ServerAct::Kind::falls_silent:
      world_.inject(Fault::half_open);
      link->is_silent = true;
      return;
    case ServerAct::Kind::closes:
      world_.schedule(Duration{}, {.what = Happening::server_drops,
                                   .socket = socket.value,
                                   .value = act.close.code,
                                   .extra = act.close.asked});
      return;
  }
}

void Network::act() {
  Link* link = find(live());
  switch (world_.chance().below(8)) {
    case 0:
      if (!is_down_) {
        world_.inject(Fault::network_down);
        set_down(true);
        world_.schedule(world_.chance().milliseconds(200, 20'000),
                        {.what = Happening::network_returns});
      }
      return;
    case 1:
    case 2:
      is_slow_ = !is_slow_;
      if (is_slow_) {
        world_.inject(Fault::network_slow);
      }
      return;
    case 3:
      if (link != nullptr) {
        hold_upload_up(*link);
      }
      return;
    case 4:
    case 5:
      if (link != nullptr) {
        slow_upload_down(*link);
      }
      return;
    default:
      if (link != nullptr && world_.chance().one_in(2)) {
        world_.inject(Fault::connection_lost);
        break_link(live());
      }
      return;
  }
}

void Network::set_down(bool is_down) {
  is_down_ = is_down;
  for (std::size_t i = 1; i < links_.size(); ++i) {
    Link& link = links_[i];
    if (link.is_forgotten || link.is_ended) {
      continue;
    }
    if (is_down) {
      link.is_stalled = true;
      continue;
    }
    link.is_stalled = false;
    for (const WorldEvent& event : link.held) {
      schedule_inbound({event.socket}, Duration{}, event);
    }
    link.held.clear();
    if (world_.is_faulty() && world_.chance().one_in(2)) {
      break_link({static_cast<std::uint32_t>(i)});
    }
  }
}

void Network::note_sleep() {
  const SocketId socket = live();
  Link* link = find(socket);
  if (link == nullptr || world_.chance().one_in(3)) {
    return;
  }
  if (world_.chance().one_in(2)) {
    break_link(socket);
  } else {
    world_.inject(Fault::half_open);
    link->is_silent = true;
  }
}

void Network::heal(bool has_heartbeat) {
  is_slow_ = false;
  set_down(false);
  for (std::size_t i = 1; i < links_.size(); ++i) {
    Link& link = links_[i];
    link.drained = std::max<std::uint64_t>(link.drained, 100'000);
    link.outbound_at = std::min(link.outbound_at, world_.now());
    link.delay = std::min(link.delay, Duration::milliseconds(60));
    const bool is_found_out = has_heartbeat && link.ready == Ready::open;
    if (link.is_silent && !is_found_out) {
      break_link({static_cast<std::uint32_t>(i)});
    }
  }
}

bool Network::has_open() {
  const Link* link = find(live());
  return link != nullptr && link->ready == Ready::open;
}

bool Network::is_well(SocketId socket) const {
  if (socket.value >= links_.size()) {
    return false;
  }
  const Link& link = links_[socket.value];
  return link.ready == Ready::open && !link.is_silent && !link.is_stalled;
}

Network::Link* Network::find(SocketId socket) {
  const bool is_known = socket.value > 0 && socket.value < links_.size();
  return is_known ? &links_[socket.value] : nullptr;
}

/// The newest socket, if it is still there.
SocketId Network::live() const {
  const Link& newest = links_.back();
  const bool is_there = !newest.is_forgotten && newest.ready != Ready::closed;
  return is_there ? SocketId{static_cast<std::uint32_t>(links_.size() - 1)} : SocketId{};
}

/// What comes in on one connection keeps its order.
void Network::schedule_inbound(SocketId socket, Duration after, WorldEvent event) {
  Link& link = links_[socket.value];
  event.socket = socket.value;
  link.inbound_at = std::max(link.inbound_at, world_.now() + after);
  world_.schedule(link.inbound_at - world_.now(), event);
}

void Network::speak(SocketId socket, std::uint32_t messages) {
  for (std::uint32_t i = 0; i < messages; ++i) {
    newest_message_ += 1;
    schedule_inbound(socket, links_[socket.value].delay + world_.chance().milliseconds(0, 30),
                     {.what = Happening::message_comes, .value = newest_message_});
  }
}

/// The peer or something on the way resets the connection: nothing holds that up.
void Network::break_link(SocketId socket) {
  links_[socket.value].is_silent = false;
  end({.what = Happening::link_ends, .socket = socket.value, .value = close_abnormal});
}

}  // namespace openline
