#pragma once

// Network: the sockets of the simulated browser and what lies between them and the server. Within a
// connection nothing is lost, doubled or overtaken (TCP); connections end, hang and fall silent.

#include <openline/client/client.hpp>
#include <openline/ports/socket_port.hpp>

#include <simulation/server.hpp>
#include <simulation/world.hpp>

#include <cstdint>
#include <memory>
#include <vector>

namespace openline {

class Invariants;

class Network {
 public:
  static constexpr std::uint32_t ping_bytes = 8;  // gone in a millisecond, unless a link is slow

  Network(World& world, Server& server, HeartbeatAnswer heartbeat)
      : world_{world}, server_{server}, heartbeat_{heartbeat}, links_(1) {}
  void watched_by(Invariants& invariants) { invariants_ = &invariants; }
  [[nodiscard]] std::unique_ptr<SocketPort> port();

  // What the client asks of its port.
  [[nodiscard]] bool open(SocketId socket);
  [[nodiscard]] SendOutcome send(SocketId socket, Handle value);
  void close(SocketId socket, CloseCode code);
  void discard(SocketId socket);
  [[nodiscard]] std::uint64_t unsent(SocketId socket);

  /// The host sends a ping itself. False if it cannot.
  [[nodiscard]] bool send_ping(SocketId socket);
  /// What the client is to hear now. False if there is nothing to hear any more.
  [[nodiscard]] bool deliver(const WorldEvent& event, Client& client);

  // What happens out there.
  void end(const WorldEvent& event);
  void close_by_server(const WorldEvent& event);
  void answer_ping(SocketId socket);
  void carry_out(const ServerAct& act);
  void act();
  /// The network went down or came back.
  void set_down(bool is_down);
  /// After a long sleep the server has let go of its clients.
  void note_sleep();
  /// The end of all faults but one: a silent link stays silent if a heartbeat can tell.
  void heal(bool has_heartbeat);

  [[nodiscard]] bool has_open();
  /// A message could go out and in on this socket now.
  [[nodiscard]] bool is_well(SocketId socket) const;
  /// Bytes in the newest socket, as far as anybody has looked.
  [[nodiscard]] std::uint64_t unsent_of_newest() const { return links_.back().unsent(); }

 private:
  enum class Ready : std::uint8_t { connecting, open, closing, closed };
  struct Link {
    Ready ready = Ready::closed;
    bool is_forgotten = true;   // discarded
    bool leaks = false;         // though discarded, it may still be heard of
    bool is_ended = false;      // the close event was delivered
    bool is_silent = false;     // nothing comes and goes
    bool is_stalled = false;    // the same, but it may come and go later
    Duration delay;             // one way
    Instant inbound_at;         // when the last of what is on its way arrives
    Instant outbound_at;        //
    std::uint64_t queued = 0;   // thousandths of a byte that have not left
    std::uint64_t drained = 0;  // bytes a second
    Instant drained_at;
    std::vector<WorldEvent> held;  // what arrived while it was stalled

    [[nodiscard]] std::uint64_t unsent() const { return (queued + 999) / 1'000; }  // bytes
    void add(std::uint64_t bytes) { queued += bytes * 1'000; }
  };

  [[nodiscard]] Link* find(SocketId socket);
  [[nodiscard]] SocketId live() const;
  void begin_handshake(SocketId socket);
  void schedule_inbound(SocketId socket, Duration after, WorldEvent event);
  void speak(SocketId socket, std::uint32_t messages);
  void break_link(SocketId socket);
  [[nodiscard]] std::uint32_t quick_drain();
  void hold_upload_up(Link& link);
  void slow_upload_down(Link& link);
  void drain(Link& link) const;
  [[nodiscard]] bool is_heard(Link& link, const WorldEvent& event);
  void note_open(SocketId socket, Link& link);

  World& world_;
  Server& server_;
  HeartbeatAnswer heartbeat_;
  Invariants* invariants_ = nullptr;
  std::vector<Link> links_;                     // by socket
  std::uint32_t newest_message_ = 0x80000000U;  // what comes in is numbered apart from what goes
  bool is_down_ = false;
  bool is_slow_ = false;
};

}  // namespace openline
