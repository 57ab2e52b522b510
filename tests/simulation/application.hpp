#pragma once

// Application: who uses the client, and the host between them. It opens and closes, sends numbered
// messages, answers questions well, late, badly or never, and calls the client from its handlers.

#include <openline/client/client.hpp>

#include <simulation/network.hpp>
#include <simulation/world.hpp>

#include <cstdint>

namespace openline {

class Invariants;

enum class UrlAnswer : std::uint8_t { ready, failed, refused };

class Application {
 public:
  struct Parts {
    World& world;
    Network& network;
    Client& client;
    Invariants& invariants;
  };
  Application(const Parts& parts, const ClientOptions& options)
      : world_{parts.world},
        network_{parts.network},
        client_{parts.client},
        invariants_{parts.invariants},
        options_{options} {}

  /// What the host held before there was a core.
  void bring_messages();
  void act();
  void answer_url(const WorldEvent& event);
  void answer_credentials(const WorldEvent& event);
  void hear(const Report& report);
  /// After the faults: it wants the line open, whatever it did before.
  void want_open();

  void open();
  void close();
  void reconnect();
  void send();

 private:
  void hear_status(const StatusReport& report);
  void be_asked_for_url(SocketId socket);
  void be_asked_for_credentials(SocketId socket);
  void be_asked_for_ping(SocketId socket);
  void act_from_handler();

  World& world_;
  Network& network_;
  Client& client_;
  Invariants& invariants_;
  const ClientOptions& options_;
  std::uint32_t newest_message_ = 0;
};

}  // namespace openline
