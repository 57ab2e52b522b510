#pragma once

// Server: one process that speaks openline.1 as PROTOCOL.md says, and no better: it passes on what
// it hears from the broker without looking for holes, which are the client's to notice.

#include <simulation/openline1/broker.hpp>
#include <simulation/openline1/codec.hpp>
#include <simulation/openline1/ledger.hpp>
#include <simulation/openline1/network.hpp>
#include <simulation/openline1/world.hpp>
#include <simulation/verdict.hpp>

#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace openline::conversation {

/// What the servers of a world have in common.
struct Scene {
  World& world;
  Network& network;
  Broker& broker;
  Ledger& ledger;
  Verdict& verdict;
  std::uint32_t frame_bytes_max = 0;
  /// Where a server waits for the end of a message that another connection of the client brought:
  /// before WELCOME, or before the next message.
  bool waits_at_hello = false;
};

class Server {
 public:
  Server(const Scene& scene, std::size_t index);
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  [[nodiscard]] bool is_up() const { return is_up_ && !is_going_; }
  /// The other processes, which hear of it when a client comes back here.
  void know(std::vector<Server*> all) { all_ = std::move(all); }

  // What comes of the network.
  void accept(std::uint32_t link, const std::string& user);
  void receive(std::uint32_t link, const std::string& text);
  void lose(std::uint32_t link);
  /// What comes of the broker.
  void hear(const Stream& stream, const Entry& entry);

  // What may befall it.
  void act();
  void crash();
  void deploy();
  void recover();

  /// Names of the streams that this link would be told of.
  [[nodiscard]] std::vector<std::string> streams_of(std::uint32_t link) const;

 private:
  struct Feed {
    std::uint64_t index = 0;
    Position at;  // sent up to here
    bool is_stopped = false;
    bool is_lagging = false;
  };
  struct Received {
    std::uint64_t seq = 0;
    Json payload;
  };
  struct Connection {
    std::uint32_t link = 0;
    std::string user;
    std::string client;  // user and client id; empty before HELLO
    bool is_welcomed = false;
    bool is_closed = false;  // frames of it are ignored
    Instant heard_at;
    // Frames are taken one after the other, though some take time.
    bool is_busy = false;
    std::deque<Json> waiting;
    // Publications.
    std::uint64_t next_index = 0;
    std::map<std::string, Feed> feeds;  // by stream
    std::vector<BatchRun> runs;         // to be flushed
    Instant slow_since = Instant::never();
    // Messages.
    std::uint64_t received = 0;
    std::uint64_t cursor = 0;
    // Those from here on may come again, though they are handled: their answers may be unheard.
    std::uint64_t unheard_after = 0;
    std::uint64_t answered = 0;  // up to here on this connection
    std::deque<Received> queue;
    bool is_handling = false;
    bool is_ack_due = false;
    std::uint32_t unacked = 0;
  };
  struct Handling {
    std::uint32_t link = 0;
    std::string client;
    Received message;
  };

  [[nodiscard]] Connection* find(std::uint32_t link);
  /// Unless the process has crashed meanwhile.
  void after(Duration wait, std::function<void()> what);
  void send(const Connection& to, const Json& frame);
  void close(Connection& connection, CloseCode code);
  void reject_frame(Connection& connection, const char* what);
  void take(Connection& connection, const Json& frame);
  void take_waiting(std::uint32_t link);
  void be_busy(Connection& connection, std::function<void()> then);
  void watch_silence(std::uint32_t link);
  void close_late_greeter(std::uint32_t link);
  void make_trouble(Connection& connection);

  // server_greeting.cpp
  void greet(Connection& connection, const Json& hello);
  void supersede(std::uint32_t link);
  void welcome(std::uint32_t link, const Json& hello);
  void go_when_done(std::uint32_t link, int patience);

  // server_streams.cpp
  struct Replay {
    std::string stream;
    std::uint64_t index = 0;
  };
  [[nodiscard]] Json subscribe(Connection& connection, const Json& request);
  void replay(Connection& connection, const std::string& stream);
  void recover(Connection& connection, const Json& frame);
  void resync(Connection& connection, const Stream& stream, Feed& feed);
  void forward(Connection& connection, const Stream& stream, const Entry& entry);
  void send_history(Connection& connection, const Stream& stream, Feed& feed);
  void add_run(Connection& connection, BatchRun run);
  void flush(std::uint32_t link);
  void look_for_missed();
  void look_for_missed(Connection& connection);
  void cut_if_too_slow(Connection& connection);
  void end_some_stream(Connection& connection);

  // server_messages.cpp
  void receive_message(Connection& connection, const Json& frame);
  void handle_next(std::uint32_t link);
  void finish(const Handling& handling);
  [[nodiscard]] bool publish_for(const Handling& handling);
  void commit(const Handling& handling);
  void keep_answer(const Handling& handling);
  void answer(Connection& connection, std::uint64_t up_to);
  void fail(const Handling& handling);
  void owe_ack(Connection& connection);
  void acknowledge(std::uint32_t link);

  Scene scene_;
  World& world_;
  Broker& broker_;
  std::size_t index_;
  std::vector<Server*> all_;
  std::map<std::uint32_t, Connection> connections_;  // by link
  std::vector<std::string> handled_now_;             // clients
  std::uint32_t generation_ = 0;
  bool is_up_ = true;
  bool is_going_ = false;
  Instant feed_at_;  // when the last publication on its way arrives
  std::uint32_t hb_;
  std::uint32_t idle_;
  std::uint32_t window_;
};

}  // namespace openline::conversation
