#include <simulation/openline1/network.hpp>

#include <simulation/openline1/page.hpp>
#include <simulation/openline1/server.hpp>

#include <algorithm>
#include <utility>

namespace openline::conversation {

Network::Link* Network::find(std::size_t page, SocketId socket) {
  for (auto link = links_.rbegin(); link != links_.rend(); ++link) {
    if (link->page == page && link->socket == socket) {
      return &*link;
    }
  }
  return nullptr;
}

Network::Place Network::newest_link_of(std::size_t page) const {
  const auto found = std::find_if(links_.rbegin(), links_.rend(),
                                  [page](const Link& link) { return link.page == page; });
  return found == links_.rend() ? Place{} : Place{found->server, number_of(*found)};
}

void Network::open(std::size_t page, SocketId socket) {
  Chance& chance = world_.chance();
  Link& link = links_.emplace_back();
  link.page = page;
  link.socket = socket;
  link.server = chance.below(static_cast<std::uint32_t>(servers_.size()));
  link.delay =
      is_slow_ && world_.is_faulty() ? chance.milliseconds(300, 1'500) : chance.milliseconds(1, 60);
  if (world_.strikes(Fault::slow_consumer, 8)) {
    link.rate = chance.one_in(2) ? chance.between(30, 150) : chance.between(100, 3'000);
  }
  link.down_at = world_.now();
  link.up_at = world_.now();
  const std::uint32_t number = number_of(link);
  world_.after(link.delay, [this, number] { knock(number); });
}

void Network::knock(std::uint32_t number) {
  Link& link = links_[number];
  Server& server = *servers_[link.server];
  if (!server.is_up() || world_.strikes(Fault::handshake_refused, 25)) {
    end_for_page(number, link.delay, close_abnormal);
    return;
  }
  link.is_served = true;
  server.accept(number, pages_[link.page]->user());
  if (last_server_[link.page] != link.server) {
    world_.met(Met::moved_to_other_server);
    last_server_[link.page] = link.server;
  }
  world_.at(comes_down_at(link, 0), [this, number] { answer(number); });
}

void Network::answer(std::uint32_t number) {
  Link& link = links_[number];
  if (!link.is_heard || link.is_silent || world_.now() > link.down_ends_at) {
    return;
  }
  link.is_open = true;
  if (world_.strikes(Fault::other_subprotocol, 60)) {
    foreign_until_ = world_.now() + world_.chance().milliseconds(0, 15'000);
  }
  if (world_.is_faulty() && world_.now() <= foreign_until_) {
    pages_[link.page]->hear_unspoken(link.socket);
  } else {
    pages_[link.page]->hear_open(link.socket);
  }
}

SendOutcome Network::send(std::size_t page, SocketId socket, std::string text) {
  Link* link = find(page, socket);
  if (link == nullptr || !link->is_open) {
    return SendOutcome::not_open;
  }
  if (world_.strikes(Fault::send_not_open, 300)) {
    cut(number_of(*link));
    link->is_open = false;  // the browser has just learned it
    return SendOutcome::not_open;
  }
  link->up_at = std::max(link->up_at, world_.now() + link->delay);
  world_.at(link->up_at, [this, number = number_of(*link), text = std::move(text)]() mutable {
    go_up(number, std::move(text));
  });
  return SendOutcome::sent;
}

void Network::go_up(std::uint32_t number, std::string text) {
  Link& link = links_[number];
  if (!link.is_served || link.is_silent || world_.now() > link.up_ends_at) {
    return;
  }
  if (world_.now() < link.held_until) {
    // Held up since it left: all of it arrives at once, before the end of the socket.
    world_.at(link.held_until,
              [this, number, text = std::move(text)]() mutable { go_up(number, std::move(text)); });
    return;
  }
  servers_[link.server]->receive(number, text);
}

void Network::close(std::size_t page, SocketId socket, CloseCode code) {
  Link* link = find(page, socket);
  if (link == nullptr) {
    return;
  }
  link->is_open = false;
  link->up_at = std::max(link->up_at, world_.now() + link->delay);
  end_for_server(number_of(*link), link->up_at - world_.now());
  constexpr CloseCode none_given = 1005;
  end_for_page(number_of(*link), link->up_at + link->delay - world_.now(),
               code == close_none ? none_given : code);
}

void Network::discard(std::size_t page, SocketId socket) {
  Link* link = find(page, socket);
  if (link == nullptr || !link->is_heard) {
    return;
  }
  link->is_open = false;
  link->is_heard = false;
  link->leaks = world_.strikes(Fault::frame_stale, 2);
  link->up_at = std::max(link->up_at, world_.now() + link->delay);
  if (link->is_served && world_.strikes(Fault::frames_late, 3)) {
    hold_up(*link);
  }
  end_for_server(number_of(*link), link->up_at - world_.now() + Duration::milliseconds(1));
}

/// Later than all that is on its way up, so that its order stays.
void Network::hold_up(Link& link) {
  const Instant until = world_.now() + world_.chance().milliseconds(200, 6'000);
  link.held_until = std::max(link.up_at + Duration::milliseconds(1), until);
  link.up_at = link.held_until;
}

Instant Network::comes_down_at(Link& link, std::size_t bytes) const {
  const Instant begins_at = std::max(link.down_at, world_.now() + link.delay);
  const auto takes = static_cast<std::int64_t>(link.rate > 0 ? bytes * 1'000 / link.rate : 0);
  link.down_at = begins_at + Duration::milliseconds(takes);
  return link.down_at;
}

void Network::send_down(std::uint32_t number, std::string bytes, bool is_binary) {
  Link& link = links_[number];
  link.unsent += bytes.size();
  world_.at(comes_down_at(link, bytes.size()), [this, number, bytes = std::move(bytes), is_binary] {
    come_down(number, bytes, is_binary);
  });
}

void Network::come_down(std::uint32_t number, const std::string& bytes, bool is_binary) {
  Link& link = links_[number];
  if (link.is_silent) {
    return;  // and stays unsent
  }
  link.unsent -= bytes.size();
  const bool is_heard = link.is_heard || link.leaks;
  if (is_heard && world_.now() <= link.down_ends_at) {
    pages_[link.page]->hear_frame(link.socket, bytes, is_binary);
  }
}

void Network::close_down(std::uint32_t number, CloseCode code) {
  Link& link = links_[number];
  const Duration after = comes_down_at(link, 0) - world_.now();
  if (!link.is_silent) {
    end_for_page(number, after, code);
  }
  // What was on its way up still arrives, at a server that has closed.
  end_for_server(number, std::max(after, link.up_at - world_.now()) + link.delay * 2);
}

/// Behind all that still arrives.
void Network::end_for_page(std::uint32_t number, Duration after, CloseCode code) {
  world_.after(after, [this, number, code] {
    Link& link = links_[number];
    if (!link.is_heard) {
      return;
    }
    link.is_heard = false;
    link.is_open = false;
    pages_[link.page]->hear_close(link.socket, code);
  });
}

void Network::end_for_server(std::uint32_t number, Duration after) {
  world_.after(after, [this, number] {
    Link& link = links_[number];
    if (link.is_served && !link.is_silent) {
      link.is_served = false;
      servers_[link.server]->lose(number);
    }
  });
}

}  // namespace openline::conversation
