#include <simulation/network.hpp>

#include <simulation/invariants/invariants.hpp>

#include <algorithm>
#include <string>

namespace openline {
namespace {

std::string reason_of(std::uint32_t asked) {
  return asked == 0 ? "" : "{\"retryAfterMs\":" + std::to_string(asked - 1) + "}";
}

}  // namespace

bool Network::open(SocketId socket) {
  const bool is_taken = !world_.strikes(Fault::socket_refused, 100);
  invariants_->learn(PortOpened{socket, is_taken});
  world_.trace().note("open", socket.value, is_taken ? 1 : 0);
  if (!is_taken) {
    return false;
  }
  if (socket.value >= links_.size()) {
    links_.resize(socket.value + 1);
  }
  Chance& chance = world_.chance();
  Link& link = links_[socket.value];
  link = Link{};
  link.ready = Ready::connecting;
  link.is_forgotten = false;
  link.delay = is_slow_ ? chance.milliseconds(500, 4'000) : chance.milliseconds(1, 60);
  link.inbound_at = world_.now();
  link.outbound_at = world_.now();
  link.drained = quick_drain();
  link.drained_at = world_.now();
  begin_handshake(socket);
  return true;
}

void Network::begin_handshake(SocketId socket) {
  const Duration there_and_back = links_[socket.value].delay * 2;
  if (is_down_) {
    world_.inject(Fault::handshake_refused);
    if (world_.chance().one_in(2)) {
      schedule_inbound(socket, world_.chance().milliseconds(0, 50),
                       {.what = Happening::link_ends, .value = close_abnormal});
    }
    return;
  }
  const Handshake handshake = server_.handshake();
  switch (handshake.fate) {
    case Handshake::Fate::accepted:
      schedule_inbound(socket, there_and_back + handshake.after, {.what = Happening::socket_opens});
      return;
    case Handshake::Fate::refused:
      schedule_inbound(socket, there_and_back + handshake.after,
                       {.what = Happening::link_ends, .value = close_abnormal});
      return;
    case Handshake::Fate::hangs:
      return;
  }
}

SendOutcome Network::send(SocketId socket, Handle value) {
  Link* link = find(socket);
  SendOutcome outcome = SendOutcome::not_open;
  if (link != nullptr && link->ready == Ready::open) {
    outcome = SendOutcome::sent;
    if (world_.strikes(Fault::unsendable, 150)) {
      outcome = SendOutcome::failed;
    } else if (world_.strikes(Fault::send_not_open, 60)) {
      // The browser has just learned that the connection is gone.
      outcome = SendOutcome::not_open;
      end({.what = Happening::link_ends, .socket = socket.value, .value = close_abnormal});
    } else {
      drain(*link);
      link->add(16 + value.value % 64);
    }
  }
  invariants_->learn(PortSent{socket, value, outcome, link == nullptr ? 0 : link->unsent()});
  world_.trace().note("send", static_cast<std::uint32_t>(outcome), value.value);
  return outcome;
}

void Network::close(SocketId socket, CloseCode code) {
  invariants_->learn(PortClosed{socket});
  world_.trace().note("close", socket.value, code);
  Link* link = find(socket);
  if (link == nullptr || link->ready == Ready::closed) {
    return;
  }
  link->ready = Ready::closing;
  if (!world_.strikes(Fault::close_never, 5)) {
    constexpr CloseCode none_given = 1005;
    const CloseCode answer = code == close_none ? none_given : code;
    schedule_inbound(socket, link->delay * 2, {.what = Happening::link_ends, .value = answer});
  }
}

void Network::discard(SocketId socket) {
  Link* link = find(socket);
  invariants_->learn(PortDiscarded{socket, link != nullptr && link->ready == Ready::open});
  world_.trace().note("discard", socket.value, 0);
  if (link == nullptr) {
    return;
  }
  link->is_forgotten = true;
  link->ready = Ready::closed;
  if (!link->is_ended && world_.strikes(Fault::late_event, 8)) {
    // A platform that breaks its promise, or an event that was already under way.
    link->leaks = true;
    for (std::uint32_t left = world_.chance().below(4); left > 0; --left) {
      newest_message_ += 1;
      world_.schedule(
          world_.chance().milliseconds(0, 8'000),
          {.what = Happening::message_comes, .socket = socket.value, .value = newest_message_});
    }
    world_.schedule(world_.chance().milliseconds(0, 8'000),
                    {.what = Happening::socket_closes, .socket = socket.value, .value = 1000});
  }
}

bool Network::send_ping(SocketId socket) {
  Link* link = find(socket);
  if (link == nullptr || link->ready != Ready::open || world_.strikes(Fault::ping_not_sent, 15)) {
    return false;
  }
  drain(*link);
  link->add(ping_bytes);
  if (!link->is_silent && link->drained > 0) {
    const auto queue = static_cast<std::int64_t>(link->queued / link->drained);
    const Instant arrives_at = world_.now() + Duration::milliseconds(queue) + link->delay;
    link->outbound_at = std::max(link->outbound_at, arrives_at);
    world_.schedule(link->outbound_at - world_.now(),
                    {.what = Happening::server_gets_ping, .socket = socket.value});
  }
  return true;
}

bool Network::deliver(const WorldEvent& event, Client& client) {
  const SocketId socket{event.socket};
  Link* link = find(socket);
  if (link == nullptr || !is_heard(*link, event)) {
    return false;
  }
  world_.trace().note(event, world_.now());
  if (event.what == Happening::socket_opens) {
    invariants_->learn(SocketOpened{socket});
    client.socket_opened(socket);
    note_open(socket, *link);
  } else if (event.what == Happening::message_comes) {
    invariants_->learn(MessageGiven{socket, Handle{event.value}});
    // The host tells of a reply before it passes the message on.
    if (event.extra == 1 && heartbeat_ == HeartbeatAnswer::reply) {
      invariants_->learn(SocketHeard{socket});
      client.socket_replied(socket);
    }
    client.socket_message(socket, Handle{event.value});
  } else if (event.what == Happening::socket_errs) {
    invariants_->learn(SocketErrored{socket});
    client.socket_errored(socket);
  } else {
    const auto code = static_cast<CloseCode>(event.value);
    link->is_ended = true;
    invariants_->learn(SocketClosed{socket, code, {}});
    client.socket_closed(socket, {code, code != close_abnormal, reason_of(event.extra)});
  }
  return true;
}

bool Network::is_heard(Link& link, const WorldEvent& event) {
  if (link.is_ended || (link.is_forgotten && !link.leaks)) {
    return false;
  }
  const bool is_of_browser =
      event.what == Happening::socket_errs || event.what == Happening::socket_closes;
  if (is_of_browser) {
    return true;
  }
  if (link.is_stalled) {
    link.held.push_back(event);
  }
  return !link.is_stalled && !link.is_silent;
}

void Network::note_open(SocketId socket, Link& link) {
  if (link.ready != Ready::connecting) {
    return;  // discarded, and heard of nevertheless
  }
  link.ready = Ready::open;
  if (world_.is_faulty() && server_.closes_at_once()) {
    const ServerClose close = server_.close_of_mood();
    world_.schedule(world_.chance().milliseconds(0, 1'500), {.what = Happening::server_drops,
                                                             .socket = socket.value,
                                                             .value = close.code,
                                                             .extra = close.asked});
  } else if (world_.chance().one_in(2)) {
    speak(socket, world_.chance().between(1, 3));
  }
}

}  // namespace openline
