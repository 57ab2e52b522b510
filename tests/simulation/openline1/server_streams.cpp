// Publications of a simulated server: subscriptions, what is passed on, and what is sent again.

#include <simulation/openline1/server.hpp>

#include <algorithm>
#include <utility>

namespace openline::conversation {
namespace {

// Small ones, because the publications of this world are small.
constexpr std::uint64_t unsent_keyed_max = 200;
constexpr std::uint64_t unsent_max = 400;

std::string payload_of(const Entry& entry) { return std::to_string(entry.value); }

std::optional<Position> position_in(const Json& request) {
  if (request[1].is_null()) {
    return std::nullopt;
  }
  return Position{request[1][0].get<std::string>(), request[1][1].get<std::uint64_t>()};
}

/// Leaves out what a newer one of the same key makes needless.
BatchRun conflated(std::uint64_t index, const std::vector<Entry>& entries) {
  BatchRun run{index, entries.front().offset, entries.back().offset, {}};
  for (std::size_t i = 0; i < entries.size(); ++i) {
    const bool is_newest =
        std::none_of(entries.begin() + static_cast<std::ptrdiff_t>(i) + 1, entries.end(),
                     [&](const Entry& other) { return other.key == entries[i].key; });
    if (is_newest) {
      run.payloads.push_back(payload_of(entries[i]));
    }
  }
  return run;
}

}  // namespace

/// The answer without its opcode.
Json Server::subscribe(Connection& connection, const Json& request) {
  const auto name = request[0].get<std::string>();
  connection.feeds.erase(name);
  const Stream* stream = broker_.find(name);
  if (stream == nullptr || world_.strikes(Fault::stream_denied, 25)) {
    return {name, nullptr, 4403, "not allowed"};
  }
  const std::optional<Position> from = position_in(request);
  const Position top = Broker::position(*stream);
  const bool is_recovered = !from || broker_.read(*stream, *from).has_value();
  Feed& feed = connection.feeds[name];
  feed.index = connection.next_index++;
  feed.at = is_recovered && from ? *from : top;
  feed.is_stopped = !is_recovered;
  bool is_said_recovered = is_recovered;
  if (!is_recovered && (from->epoch != top.epoch || from->offset > top.offset) &&
      world_.strikes(Fault::grant_careless, 2)) {
    is_said_recovered = true;  // the client has to know better
    feed.is_stopped = false;
  }
  return {name, feed.index, top.epoch, top.offset, is_said_recovered};
}

/// What came after the position, behind the answer that promised it.
void Server::replay(Connection& connection, const std::string& name) {
  const auto found = connection.feeds.find(name);
  const Stream* stream = broker_.find(name);
  if (found == connection.feeds.end() || stream == nullptr || found->second.is_stopped) {
    return;
  }
  if (found->second.at.offset < stream->top) {
    world_.met(Met::replayed);
    send_history(connection, *stream, found->second);
  }
}

void Server::recover(Connection& connection, const Json& frame) {
  for (auto& [name, feed] : connection.feeds) {
    if (feed.index == frame[1].get<std::uint64_t>() && !feed.is_stopped) {
      feed.at = {frame[2].get<std::string>(), frame[3].get<std::uint64_t>()};
      feed.is_lagging = false;
      world_.met(Met::recovered);
      send_history(connection, *broker_.find(name), feed);
      return;
    }
  }
}

void Server::resync(Connection& connection, const Stream& stream, Feed& feed) {
  feed.is_stopped = true;
  flush(connection.link);
  send(connection, {ToClient::resync, feed.index, stream.epoch, stream.top});
  world_.met(Met::resync_by_frame);
}

/// What came after `feed.at`, or RESYNC.
void Server::send_history(Connection& connection, const Stream& stream, Feed& feed) {
  const auto entries = broker_.read(stream, feed.at);
  if (!entries) {
    return resync(connection, stream, feed);
  }
  feed.at.offset = stream.top;
  if (entries->empty()) {
    return;
  }
  // Two runs, in one frame or in two, with what the second one makes needless left out of both.
  const auto middle = static_cast<std::ptrdiff_t>(
      world_.chance().below(static_cast<std::uint32_t>(entries->size())));
  const bool conflates = stream.is_keyed && world_.chance().one_in(2);
  BatchRun all = conflated(feed.index, *entries);
  const std::vector<Entry> head(entries->begin(), entries->begin() + middle);
  const std::vector<Entry> tail(entries->begin() + middle, entries->end());
  for (const auto& part : {head, tail}) {
    if (part.empty()) {
      continue;
    }
    BatchRun run{feed.index, part.front().offset, part.back().offset, {}};
    for (const Entry& entry : part) {
      const std::string payload = payload_of(entry);
      const bool is_needed = std::count(all.payloads.begin(), all.payloads.end(), payload) > 0;
      if (!conflates || is_needed) {
        run.payloads.push_back(payload);
      }
    }
    add_run(connection, std::move(run));
    if (world_.chance().one_in(2)) {
      flush(connection.link);
    }
  }
}

void Server::hear(const Stream& stream, const Entry& entry) {
  if (!is_up_ || world_.strikes(Fault::feed_lost, 40)) {
    return;
  }
  Duration wait = world_.chance().milliseconds(0, 20);
  if (world_.strikes(Fault::feed_late, 60)) {
    wait = world_.chance().milliseconds(50, 2'000);
  }
  feed_at_ = std::max(feed_at_, world_.now() + wait);
  after(feed_at_ - world_.now(), [this, name = stream.name, epoch = stream.epoch, entry] {
    const Stream& now = *broker_.find(name);
    for (auto& [link, connection] : connections_) {
      const auto found = connection.feeds.find(name);
      if (found == connection.feeds.end() || found->second.is_stopped || connection.is_closed ||
          !connection.is_welcomed) {
        continue;
      }
      if (epoch == now.epoch && found->second.at.epoch != epoch) {
        resync(connection, now, found->second);
      } else if (found->second.at.epoch == epoch) {
        forward(connection, now, entry);
      }
    }
  });
}

void Server::forward(Connection& connection, const Stream& stream, const Entry& entry) {
  Feed& feed = connection.feeds[stream.name];
  const std::uint64_t unsent = scene_.network.unsent(connection.link);
  if (feed.is_lagging || unsent > (stream.is_keyed ? unsent_keyed_max : unsent_max)) {
    if (!feed.is_lagging) {
      world_.met(Met::lagged);
    }
    feed.is_lagging = true;  // history has it, later
    return;
  }
  if (entry.offset <= feed.at.offset) {
    world_.met(Met::run_known);
  }
  feed.at.offset = std::max(feed.at.offset, entry.offset);
  add_run(connection, {feed.index, entry.offset, entry.offset, {payload_of(entry)}});
  if (world_.strikes(Fault::run_repeated, 80)) {
    flush(connection.link);
    add_run(connection, {feed.index, entry.offset, entry.offset, {payload_of(entry)}});
  }
}

void Server::add_run(Connection& connection, BatchRun run) {
  auto& runs = connection.runs;
  if (runs.empty()) {
    after(world_.chance().milliseconds(0, 4), [this, link = connection.link] { flush(link); });
  }
  // What follows on a run becomes a part of it.
  if (!runs.empty() && runs.back().index == run.index && runs.back().last + 1 == run.first) {
    runs.back().last = run.last;
    runs.back().payloads.insert(runs.back().payloads.end(), run.payloads.begin(),
                                run.payloads.end());
  } else {
    runs.push_back(std::move(run));
  }
}

void Server::flush(std::uint32_t link) {
  Connection* connection = find(link);
  if (connection == nullptr || connection->runs.empty()) {
    return;
  }
  const std::string frame = write_batch(std::exchange(connection->runs, {}));
  if (!connection->is_closed) {
    scene_.network.send_down(link, frame, true);
  }
}

}  // namespace openline::conversation
