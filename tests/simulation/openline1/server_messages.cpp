// Messages at a simulated server: one of a client at a time, in their order, each once.

#include <simulation/openline1/server.hpp>

#include <algorithm>
#include <array>
#include <utility>

namespace openline::conversation {

void Server::receive_message(Connection& connection, const Json& frame) {
  const auto seq = frame[1].get<std::uint64_t>();
  if (seq > connection.received + 1) {
    return reject_frame(connection, "a message leaves out a number");
  }
  if (frame.dump().size() > scene_.frame_bytes_max) {
    return reject_frame(connection, "a message is larger than max");
  }
  if (seq <= (seq <= connection.cursor ? connection.unheard_after : connection.received)) {
    return reject_frame(connection, "a message comes twice on a connection");
  }
  connection.unheard_after = seq;
  connection.received = std::max(connection.received, seq);
  connection.queue.push_back({seq, frame[3]});
  handle_next(connection.link);
}

void Server::handle_next(std::uint32_t link) {
  Connection* connection = find(link);
  if (connection == nullptr || connection->is_handling || connection->queue.empty()) {
    return;
  }
  if (broker_.is_busy(connection->client)) {
    broker_.when_idle(connection->client, [this, link] { handle_next(link); });
    return;
  }
  if (!scene_.waits_at_hello) {
    // Another connection of this client may have got further meanwhile.
    const std::uint64_t known = broker_.cursor(connection->client).value_or(0);
    connection->cursor = std::max(connection->cursor, known);
  }
  const Handling handling{link, connection->client, connection->queue.front()};
  connection->queue.pop_front();
  if (handling.message.seq <= connection->cursor) {
    world_.met(Met::deduplicated);
    answer(*connection, handling.message.seq);
    return handle_next(link);
  }
  connection->is_handling = true;
  broker_.begin(handling.client);
  handled_now_.push_back(handling.client);
  Duration takes = world_.chance().milliseconds(0, world_.chance().one_in(4) ? 500 : 10);
  if (world_.strikes(Fault::handler_slow, 25)) {
    takes = world_.chance().milliseconds(1'000, 7'000);
  }
  after(takes, [this, handling] { finish(handling); });
}

void Server::finish(const Handling& handling) {
  if (world_.strikes(Fault::crash_before_effect, 250)) {
    return crash();
  }
  if (world_.strikes(Fault::handler_failed, 40) || !publish_for(handling)) {
    return fail(handling);
  }
  if (world_.strikes(Fault::crash_before_cursor, 150)) {
    return crash();
  }
  commit(handling);
  if (world_.strikes(Fault::crash_before_ack, 150)) {
    return crash();
  }
  std::erase(handled_now_, handling.client);
  Connection* connection = find(handling.link);
  if (connection != nullptr) {
    connection->is_handling = false;
    connection->cursor = std::max(connection->cursor, handling.message.seq);
    answer(*connection, handling.message.seq);
  }
  broker_.finish(handling.client);
  handle_next(handling.link);
}

/// Each of them bears whose it is, so that it is published once though the handler runs again.
bool Server::publish_for(const Handling& handling) {
  const auto message = handling.message.payload["m"].get<std::uint32_t>();
  if (scene_.ledger.of(message).task != Task::publish) {
    return true;
  }
  auto& streams = broker_.streams();
  Stream& stream = streams[message % streams.size()];
  for (std::uint32_t ordinal = 1; ordinal <= 1 + message % 3; ++ordinal) {
    const std::uint32_t key = stream.is_keyed ? 1 + (message + ordinal) % 4 : 0;
    if (!broker_.publish(stream, key, Origin{handling.client, handling.message.seq, ordinal})) {
      return false;
    }
  }
  return true;
}

/// The effect and the cursor, in one transaction.
void Server::commit(const Handling& handling) {
  const auto message = handling.message.payload["m"].get<std::uint32_t>();
  MessageFate& fate = scene_.ledger.of(message);
  if (fate.task == Task::reject) {
    fate.rejections += 1;
  } else {
    fate.effects += 1;
  }
  scene_.ledger.on_handled(handling.client, message);
  broker_.commit(handling.client, handling.message.seq);
  keep_answer(handling);
}

/// Kept with the cursor: another server knows of it as well.
void Server::keep_answer(const Handling& handling) {
  const std::uint64_t seq = handling.message.seq;
  const auto message = handling.message.payload["m"].get<std::uint32_t>();
  switch (scene_.ledger.of(message).task) {
    case Task::reject:
      broker_.keep_answer(handling.client,
                          {seq, {ToClient::nack, seq, 4'000 + message % 500, "no"}});
      return;
    case Task::reply:
      broker_.keep_answer(handling.client, {seq, {ToClient::reply, seq, {{"re", message}}}});
      return;
    case Task::effect:
    case Task::publish:
      return;
  }
}

/// Says what this connection has not been told yet, and acknowledges it.
void Server::answer(Connection& connection, std::uint64_t up_to) {
  bool is_acknowledged = false;
  for (const Broker::Answer& each : broker_.answers(connection.client)) {
    if (each.seq > connection.answered && each.seq <= up_to) {
      send(connection, each.frame);
      is_acknowledged = each.seq == up_to && is(each.frame, ToClient::nack);
    }
  }
  connection.answered = std::max(connection.answered, up_to);
  if (is_acknowledged) {
    connection.unacked = 0;
  } else {
    owe_ack(connection);
  }
}

/// The client sends it again, on another connection.
void Server::fail(const Handling& handling) {
  constexpr CloseCode handler_failed = 4500;
  std::erase(handled_now_, handling.client);
  if (Connection* connection = find(handling.link)) {
    connection->is_handling = false;
    close(*connection, handler_failed);
  }
  broker_.finish(handling.client);
}

void Server::owe_ack(Connection& connection) {
  constexpr std::uint32_t messages_max = 32;
  connection.unacked += 1;
  if (connection.unacked >= messages_max) {
    return acknowledge(connection.link);
  }
  if (!connection.is_ack_due) {
    connection.is_ack_due = true;
    after(world_.chance().milliseconds(0, 50),
          [this, link = connection.link] { acknowledge(link); });
  }
}

void Server::acknowledge(std::uint32_t link) {
  Connection* connection = find(link);
  if (connection == nullptr) {
    return;
  }
  connection->is_ack_due = false;
  connection->unacked = 0;
  if (!world_.strikes(Fault::ack_lost, 20)) {
    send(*connection, {ToClient::ack, connection->cursor});
  }
}

}  // namespace openline::conversation
