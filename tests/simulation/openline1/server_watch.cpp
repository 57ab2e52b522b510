// What a simulated server looks after by itself: publications that it has not heard of, and clients
// that are too slow.

#include <simulation/openline1/server.hpp>

namespace openline::conversation {
namespace {

// Small ones, because the publications of this world are small.
constexpr std::uint64_t unsent_drained = 100;
constexpr std::uint64_t unsent_slow = 250;
constexpr std::uint64_t unsent_far = 6'000;
constexpr Duration slow_max = Duration::seconds(3);

}  // namespace

/// The feed may have lost some, and none may come after them.
void Server::look_for_missed() {
  after(Duration::milliseconds(1'000), [this] {
    for (auto& [link, connection] : connections_) {
      if (!connection.is_closed && connection.is_welcomed) {
        look_for_missed(connection);
        cut_if_too_slow(connection);
      }
    }
    look_for_missed();
  });
}

void Server::look_for_missed(Connection& connection) {
  if (scene_.network.unsent(connection.link) > unsent_drained) {
    return;
  }
  for (auto& [name, feed] : connection.feeds) {
    const Stream& stream = *broker_.find(name);
    const bool is_behind = feed.at.epoch != stream.epoch || feed.at.offset != stream.top;
    if (!feed.is_stopped && is_behind) {
      feed.is_lagging = false;
      send_history(connection, stream, feed);
    }
  }
}

void Server::cut_if_too_slow(Connection& connection) {
  const std::uint64_t unsent = scene_.network.unsent(connection.link);
  if (unsent <= unsent_slow) {
    connection.slow_since = Instant::never();
    return;
  }
  if (connection.slow_since == Instant::never()) {
    connection.slow_since = world_.now();
  }
  if (unsent > unsent_far || world_.now() - connection.slow_since >= slow_max) {
    world_.met(Met::cut_as_too_slow);
    close(connection, 1013);
  }
}

/// Who was allowed to is not any more.
void Server::end_some_stream(Connection& connection) {
  if (connection.feeds.empty()) {
    return;
  }
  world_.inject(Fault::stream_ended);
  const std::string name = connection.feeds.begin()->first;
  connection.feeds.erase(name);
  send(connection, {ToClient::subscribed, name, nullptr, 4403, "no longer", true});
}

}  // namespace openline::conversation
