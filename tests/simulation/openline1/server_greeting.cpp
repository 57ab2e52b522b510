// How connections of a simulated server begin, and how it lets them go.

#include <simulation/openline1/server.hpp>

#include <algorithm>
#include <array>
#include <iterator>

namespace openline::conversation {

void Server::greet(Connection& connection, const Json& hello) {
  const std::uint32_t link = connection.link;
  connection.client = connection.user + "/" + hello[1]["c"].get<std::string>();
  const auto older = broker_.claim(connection.client, {index_, link});
  if (older) {
    all_[older->server]->supersede(older->link);
  }
  if (world_.strikes(Fault::welcome_never, 40)) {
    return;
  }
  be_busy(connection, [this, link, hello] {
    const std::string client = find(link)->client;
    if (broker_.is_busy(client)) {
      world_.met(Met::greeted_while_handling);
    }
    if (!scene_.waits_at_hello) {
      return welcome(link, hello);
    }
    // Who comes back while one of its messages is being handled waits for the end of that.
    find(link)->is_busy = true;
    broker_.when_idle(client, [this, link, hello, generation = generation_] {
      if (generation == generation_) {
        welcome(link, hello);
        take_waiting(link);
      }
    });
  });
}

/// Its client has come back on another socket.
void Server::supersede(std::uint32_t link) {
  if (Connection* connection = find(link)) {
    world_.met(Met::superseded);
    close(*connection, 4409);
  }
}

void Server::welcome(std::uint32_t link, const Json& hello) {
  Connection* connection = find(link);
  if (connection == nullptr || connection->is_closed) {
    return;
  }
  const std::uint64_t settled = hello[1]["n"].get<std::uint64_t>() - 1;
  connection->cursor = std::max(broker_.cursor(connection->client).value_or(0), settled);
  connection->received = connection->cursor;
  broker_.forget_answers(connection->client, settled);
  // An ack alone would make a rejected message look handled.
  const auto& unheard = broker_.answers(connection->client);
  const std::uint64_t ack =
      unheard.empty() ? connection->cursor : std::min(connection->cursor, unheard.front().seq - 1);
  connection->unheard_after = ack;
  connection->answered = ack;
  Json answers = Json::array();
  for (const Json& request : hello[1]["s"]) {
    answers.push_back(subscribe(*connection, request));
  }
  connection->is_welcomed = true;
  send(*connection, {ToClient::welcome,
                     {{"v", 1},
                      {"hb", hb_},
                      {"idle", idle_},
                      {"max", scene_.frame_bytes_max},
                      {"win", window_},
                      {"ack", ack},
                      {"s", answers}}});
  if (ack < connection->cursor) {
    world_.met(Met::answered_again);
    answer(*connection, connection->cursor);
  }
  for (const Json& request : hello[1]["s"]) {
    replay(*connection, request[0].get<std::string>());
  }
}

void Server::act() {
  if (!is_up()) {
    return;
  }
  switch (world_.chance().below(24)) {
    case 0:
    case 1:
      world_.inject(Fault::server_crash);
      return crash();
    case 2:
      world_.inject(Fault::server_deploy);
      return deploy();
    default:
      break;
  }
  const auto count = static_cast<std::uint32_t>(connections_.size());
  if (count > 0) {
    auto chosen = connections_.begin();
    std::advance(chosen, world_.chance().below(count));
    make_trouble(chosen->second);
  }
}

void Server::make_trouble(Connection& connection) {
  constexpr std::array<CloseCode, 4> codes{1000, 1001, 4408, 4429};
  if (connection.is_closed || !connection.is_welcomed) {
    return;
  }
  switch (world_.chance().below(8)) {
    case 0:
      world_.inject(Fault::server_closes);
      return close(connection, world_.chance().pick(codes));
    case 1:
      world_.inject(Fault::server_overloaded);
      return close(connection, 1013);
    case 2: {
      constexpr std::array<const char*, 4> texts{"[3,", "[6,7,\"e1\"]", "[5,\"\",1,\"e\",1,true]",
                                                 "{\"a\":1}"};
      world_.inject(Fault::frame_malformed);
      return scene_.network.send_down(connection.link, world_.chance().pick(texts), false);
    }
    case 3:
      world_.inject(Fault::ack_repeated);
      return send(connection,
                  {ToClient::ack,
                   world_.chance().below(static_cast<std::uint32_t>(connection.cursor + 1))});
    case 4:
    case 5:
    case 6:
      return end_some_stream(connection);
    default:
      return;
  }
}

void Server::deploy() {
  is_going_ = true;
  const std::uint32_t wait = world_.chance().below(3'000);
  const std::uint32_t spread = world_.chance().below(3'000);
  for (auto& [link, connection] : connections_) {
    if (connection.is_welcomed) {
      send(connection, {ToClient::goaway, 1012, "restarting", wait, spread});
    }
    const std::uint32_t number = link;
    after(world_.chance().milliseconds(100, 500), [this, number] { go_when_done(number, 20); });
  }
  after(Duration::seconds(7), [this] { crash(); });
}

/// What it has of this client it finishes, as long as there is time.
void Server::go_when_done(std::uint32_t link, int patience) {
  Connection* connection = find(link);
  if (connection == nullptr || connection->is_closed) {
    return;
  }
  const bool is_done = connection->queue.empty() && !connection->is_handling;
  if (!is_done && patience > 0) {
    after(Duration::milliseconds(200), [=, this] { go_when_done(link, patience - 1); });
    return;
  }
  if (connection->is_ack_due) {
    send(*connection, {ToClient::ack, connection->cursor});
  }
  close(*connection, 1012);
}

}  // namespace openline::conversation
