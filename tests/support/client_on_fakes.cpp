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

void ClientOnFakes::lose(CloseCode code) {
  sockets().lose();
  client_->socket_closed(socket(), {code, code != close_abnormal, ""});
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
    if (phase != Phase::asking) {
      url_ready();
      if (phase == Phase::waiting || phase == Phase::failed) {
        lose(phase == Phase::failed ? 4403 : close_abnormal);
      } else if (phase != Phase::opening) {
        opened();
        if (phase == Phase::closing) {
          close();
        }
      }
    }
  }
  REQUIRE(this->phase() == phase);
  client_->clear_reports();
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
