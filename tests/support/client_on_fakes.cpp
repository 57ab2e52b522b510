#include <support/client_on_fakes.hpp>

namespace openline {

void ClientOnFakes::open() {
  client_->open();
  client_->pump();
}

void ClientOnFakes::close(CloseCode code, const std::string& reason) {
  client_->close(code, reason);
  client_->pump();
}

void ClientOnFakes::reconnect() {
  client_->reconnect();
  client_->pump();
}

void ClientOnFakes::url_ready() {
  client_->url_ready(socket(), "wss://example.test/line");
  client_->pump();
}

void ClientOnFakes::opened() {
  client_->socket_opened(socket());
  client_->pump();
}

void ClientOnFakes::message(std::uint32_t handle) {
  client_->socket_message(socket(), Handle{handle});
  client_->pump();
}

void ClientOnFakes::signal(PageSignal signal) {
  client_->page_signalled(signal);
  client_->pump();
}

void ClientOnFakes::lose(CloseCode code, const std::string& reason) {
  sockets().lose();
  client_->socket_closed(socket(), {code, code != close_abnormal, reason});
  client_->pump();
}

void ClientOnFakes::advance(Duration by) {
  clock().advance(by);
  if (clock().take_alarm()) {
    client_->woken();
  }
  client_->pump();
}

void ClientOnFakes::reach(Phase phase) {
  REQUIRE(client_->state() == ConnectionState{});
  if (phase == Phase::closed) {
    close();
  } else if (phase != Phase::idle) {
    open();
    reach_from_asking(phase);
  }
  REQUIRE(this->phase() == phase);
  client_->clear_reports();
}

void ClientOnFakes::reach_from_asking(Phase phase) {
  if (phase == Phase::asking) {
    return;
  }
  if (phase == Phase::resting) {
    signal(PageSignal::stored);
    return;
  }
  url_ready();
  switch (phase) {
    case Phase::open:
      return opened();
    case Phase::refreshing:
      return lose(4401);
    case Phase::waiting:
      return lose();
    case Phase::failed:
      return lose(4403);
    case Phase::closing:
      opened();
      return close();
    case Phase::idle:
    case Phase::asking:
    case Phase::opening:
    case Phase::resting:
    case Phase::closed:
      return;
  }
}

void ClientOnFakes::come_back() {
  REQUIRE(phase() == Phase::waiting);
  advance(client_->state().deadline - clock().now());
  REQUIRE(phase() == Phase::asking);
  url_ready();
  opened();
  REQUIRE(phase() == Phase::open);
}

}  // namespace openline
