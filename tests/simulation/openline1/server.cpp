#include <simulation/openline1/server.hpp>

#include <algorithm>
#include <utility>

namespace openline::conversation {

Server::Server(const Scene& scene, std::size_t index)
    : scene_{scene}, world_{scene.world}, broker_{scene.broker}, index_{index} {
  Chance& chance = world_.chance();
  hb_ = chance.between(1'000, 8'000);
  idle_ = hb_ + chance.between(3'000, 8'000);
  window_ = chance.one_in(2) ? 256 : chance.between(1, 6);
  look_for_missed();
}

Server::Connection* Server::find(std::uint32_t link) {
  const auto found = connections_.find(link);
  return found == connections_.end() ? nullptr : &found->second;
}

void Server::after(Duration wait, std::function<void()> what) {
  world_.after(wait, [this, generation = generation_, what = std::move(what)] {
    if (generation == generation_) {
      what();
    }
  });
}

void Server::accept(std::uint32_t link, const std::string& user) {
  Connection& connection = connections_[link];
  connection.link = link;
  connection.user = user;
  connection.heard_at = world_.now();
  connection.next_index = world_.chance().below(200);
  after(Duration::seconds(5), [this, link] { close_late_greeter(link); });
  watch_silence(link);
}

void Server::close_late_greeter(std::uint32_t link) {
  constexpr CloseCode no_hello = 4408;
  Connection* connection = find(link);
  if (connection != nullptr && connection->client.empty()) {
    close(*connection, no_hello);
  }
}

void Server::lose(std::uint32_t link) { connections_.erase(link); }

void Server::send(const Connection& to, const Json& frame) {
  if (!to.is_closed) {
    scene_.network.send_down(to.link, frame.dump(), false);
  }
}

void Server::close(Connection& connection, CloseCode code) {
  if (!connection.is_closed) {
    connection.is_closed = true;
    connection.queue.clear();
    scene_.network.close_down(connection.link, code);
  }
}

/// The clients of this world are real ones: nothing that they say is malformed.
void Server::reject_frame(Connection& connection, const char* what) {
  scene_.verdict.violate("well_spoken", what, connection.link);
  close(connection, 4400);
}

void Server::receive(std::uint32_t link, const std::string& text) {
  Connection* connection = find(link);
  if (connection == nullptr || connection->is_closed) {
    return;
  }
  world_.trace().note("server gets", link, text);
  connection->heard_at = world_.now();
  const Json frame = read_control(text);
  if (frame.is_null()) {
    return reject_frame(*connection, "the client sends what is no frame");
  }
  if (is(frame, ToServer::hello) != connection->client.empty()) {
    return reject_frame(*connection, "HELLO does not come first, and once");
  }
  if (connection->is_busy) {
    connection->waiting.push_back(frame);
  } else {
    take(*connection, frame);
  }
}

void Server::take(Connection& connection, const Json& frame) {
  const std::uint32_t link = connection.link;
  if (is(frame, ToServer::hello)) {
    greet(connection, frame);
  } else if (!connection.is_welcomed) {
    reject_frame(connection, "the client speaks before WELCOME");
  } else if (is(frame, ToServer::message)) {
    receive_message(connection, frame);
  } else if (is(frame, ToServer::subscribe)) {
    be_busy(connection, [this, link, frame] {
      Connection& to = *find(link);
      Json answer = subscribe(to, Json::array({frame[1], frame[2]}));
      answer.insert(answer.begin(), static_cast<int>(ToClient::subscribed));
      send(to, answer);
      replay(to, frame[1].get<std::string>());
    });
  } else if (is(frame, ToServer::unsubscribe)) {
    connection.feeds.erase(frame[1].get<std::string>());
  } else if (is(frame, ToServer::recover)) {
    recover(connection, frame);
  } else if (is(frame, ToServer::heartbeat)) {
    broker_.forget_answers(connection.client, frame[1].get<std::uint64_t>());
    if (frame.size() > 2 && frame[2] == 1) {
      send(connection, {ToClient::heartbeat, connection.cursor});
    }
  } else {
    reject_frame(connection, "the client sends an unknown opcode");
  }
}

/// `then` runs once the application has said who may do what; frames that come meanwhile wait.
void Server::be_busy(Connection& connection, std::function<void()> then) {
  connection.is_busy = true;
  const Duration wait = world_.chance().milliseconds(0, 40);
  after(wait, [this, link = connection.link, then = std::move(then)] {
    if (find(link) != nullptr && !find(link)->is_closed) {
      then();
      take_waiting(link);
    }
  });
}

void Server::take_waiting(std::uint32_t link) {
  Connection* connection = find(link);
  if (connection == nullptr) {
    return;
  }
  connection->is_busy = false;
  while (!connection->is_closed && !connection->is_busy && !connection->waiting.empty()) {
    const Json frame = connection->waiting.front();
    connection->waiting.pop_front();
    take(*connection, frame);
  }
}

void Server::watch_silence(std::uint32_t link) {
  after(Duration::milliseconds(hb_), [this, link] {
    Connection* connection = find(link);
    if (connection == nullptr) {
      return;
    }
    const Duration silence = world_.now() - connection->heard_at;
    if (silence >= Duration::milliseconds(idle_)) {
      connections_.erase(link);
      world_.met(Met::died_of_silence);
      scene_.network.cut(link);
      return;
    }
    if (silence >= Duration::milliseconds(hb_) && connection->is_welcomed) {
      send(*connection, {ToClient::heartbeat, connection->cursor});
    }
    watch_silence(link);
  });
}

void Server::crash() {
  generation_ += 1;
  connections_.clear();
  scene_.network.cut_all_of(index_);
  for (const std::string& client : std::exchange(handled_now_, {})) {
    broker_.finish(client);
  }
  is_up_ = false;
  is_going_ = false;
  world_.after(world_.chance().milliseconds(100, 4'000), [this, generation = generation_] {
    if (generation == generation_) {
      recover();
    }
  });
}

void Server::recover() {
  if (is_up_) {
    return;
  }
  is_up_ = true;
  generation_ += 1;
  feed_at_ = world_.now();
  look_for_missed();
}

std::vector<std::string> Server::streams_of(std::uint32_t link) const {
  std::vector<std::string> names;
  const auto found = connections_.find(link);
  if (found != connections_.end()) {
    for (const auto& [name, feed] : found->second.feeds) {
      if (!feed.is_stopped) {
        names.push_back(name);
      }
    }
  }
  return names;
}

}  // namespace openline::conversation
