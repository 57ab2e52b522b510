// What happens in the network by itself; what its ends ask of it is in network.cpp.

#include <simulation/openline1/network.hpp>

#include <algorithm>

namespace openline::conversation {

void Network::act() {
  if (links_.empty()) {
    return;
  }
  // One of the newest links: the others are over.
  const auto count =
      static_cast<std::uint32_t>(std::min<std::size_t>(links_.size(), pages_.size()));
  const auto number = static_cast<std::uint32_t>(links_.size()) - 1 - world_.chance().below(count);
  Link& link = links_[number];
  switch (world_.chance().below(8)) {
    case 0:
    case 1:
    case 2:
      world_.inject(Fault::cut);
      return cut(number);
    case 3:
      world_.inject(Fault::half_open);
      link.is_silent = true;
      return;
    case 4:
      // The page is told, the server is not: to it the socket looks well until it is silent.
      world_.inject(Fault::cut_unseen);
      link.down_ends_at = world_.now();
      if (world_.strikes(Fault::frames_late, 2)) {
        hold_up(link);
      }
      return end_for_page(number, world_.chance().milliseconds(0, 50), close_abnormal);
    case 5:
      world_.inject(Fault::slow_network);
      is_slow_ = true;
      link.delay = world_.chance().milliseconds(200, 2'000);
      return;
    default:
      is_slow_ = false;
      return;
  }
}

void Network::cut(std::uint32_t number) {
  Link& link = links_[number];
  const auto delay = static_cast<std::uint32_t>(link.delay.count());
  const auto sometime = [&] { return world_.now() + world_.chance().milliseconds(0, delay); };
  link.down_ends_at = std::min(link.down_ends_at, sometime());
  link.up_ends_at = std::min(link.up_ends_at, sometime());
  end_for_page(number, link.delay, close_abnormal);
  end_for_server(number, link.delay + world_.chance().milliseconds(0, 2'000));
}

void Network::cut_all_of(std::size_t server) {
  for (Link& link : links_) {
    if (link.server == server && link.is_served) {
      link.is_served = false;
      link.down_ends_at =
          std::min(link.down_ends_at, world_.now() + world_.chance().milliseconds(0, 100));
      if (!link.is_silent) {
        end_for_page(number_of(link), world_.chance().milliseconds(100, 2'000), close_abnormal);
      }
    }
  }
}

void Network::cut_all() {
  const Instant before = world_.now() - Duration::milliseconds(1);
  for (Link& link : links_) {
    link.down_ends_at = std::min(link.down_ends_at, before);
    link.up_ends_at = std::min(link.up_ends_at, before);
    if (link.is_heard) {
      end_for_page(number_of(link), Duration::milliseconds(1), close_abnormal);
    }
  }
}

void Network::heal() {
  is_slow_ = false;
  for (Link& link : links_) {
    link.rate = 0;
    link.delay = std::min(link.delay, Duration::milliseconds(60));
  }
}

}  // namespace openline::conversation
