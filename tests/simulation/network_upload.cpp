// What was sent and has not left yet: it drains, slowly or not at all.

#include <simulation/network.hpp>

#include <simulation/invariants/invariants.hpp>

#include <algorithm>

namespace openline {

std::uint64_t Network::unsent(SocketId socket) {
  Link* link = find(socket);
  if (link == nullptr) {
    return 0;
  }
  drain(*link);
  invariants_->learn(UploadSeen{socket, link->unsent()});
  return link->unsent();
}

void Network::drain(Link& link) const {
  const auto passed = static_cast<std::uint64_t>((world_.now() - link.drained_at).count());
  const bool moves = !link.is_silent && !link.is_stalled;
  const std::uint64_t gone = moves ? std::min(link.queued, passed * link.drained) : 0;
  link.queued -= gone;
  link.drained_at = world_.now();
}

std::uint32_t Network::quick_drain() {
  return world_.chance().between(ping_bytes, 200) * 1'000;  // bytes a second
}

/// Nothing leaves any more, until it does again.
void Network::hold_upload_up(Link& link) {
  drain(link);
  if (link.drained == 0) {
    link.drained = quick_drain();
    return;
  }
  world_.inject(Fault::upload_stuck);
  link.drained = 0;
  link.add(500);
}

/// What was sent leaves little by little: longer than the answer to a ping may take.
void Network::slow_upload_down(Link& link) {
  drain(link);
  world_.inject(Fault::upload_slow);
  link.drained = world_.chance().between(200, 2'000);
  link.add(link.drained * world_.chance().between(1, 15));
}

}  // namespace openline
