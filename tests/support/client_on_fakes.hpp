#pragma once

// ClientOnFakes: a client whose network, clock and chance belong to the test, and what it reported,
// in words. A retry always waits for one second, unless the options say otherwise.

#include <openline/client/client.hpp>

#include <support/catch.hpp>
#include <support/describe.hpp>
#include <support/fake_platform.hpp>

#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace openline {

[[nodiscard]] inline ClientConfig config_of_tests() {
  ClientConfig config;
  config.options.connection.backoff.base = Duration::seconds(0);
  return config;
}

class ClientOnFakes {
 public:
  explicit ClientOnFakes(ClientConfig config = config_of_tests(), std::uint64_t seed = 1)
      : platform_{.seed = seed},
        client_{std::make_unique<Client>(std::move(config), platform_.ports())} {}

  Client* operator->() { return client_.get(); }
  [[nodiscard]] FakeSockets& sockets() { return *platform_.sockets; }
  [[nodiscard]] VirtualClock& clock() { return *platform_.clock; }
  void destroy() { client_.reset(); }

  [[nodiscard]] Phase phase() const { return client_->state().phase; }
  [[nodiscard]] SocketId socket() const { return client_->state().socket; }

  /// What was reported since it was last asked, in words; see describe().
  std::string reports() {
    std::string all = describe_all(client_->reports());
    client_->clear_reports();
    return all;
  }

  // One input each, worked through.
  void open();
  void close(CloseCode code = close_none, const std::string& reason = "");
  void reconnect();
  void url_ready();
  void opened();
  void message(std::uint32_t handle);
  /// The network ends the present socket.
  void lose(CloseCode code = close_abnormal, const std::string& reason = "");
  void signal(PageSignal signal);

  /// Sends a value whose size is known.
  SendResult send(std::uint32_t handle, std::uint64_t bytes = 10) {
    return client_->send(Handle{handle}, {bytes, true});
  }
  /// Sends a text of so many code units, not measured yet.
  SendResult send_unmeasured(std::uint32_t handle, std::uint64_t units = 10) {
    return client_->send(Handle{handle}, {units, false});
  }

  /// Lets time pass; an alarm that is due rings.
  void advance(Duration by);
  /// Brings a new client to the phase, and forgets the reports of the way.
  void reach(Phase phase);
  /// From waiting to open.
  void come_back();

 private:
  void reach_from_asking(Phase phase);

  FakePlatform platform_;
  std::unique_ptr<Client> client_;
};

}  // namespace openline
