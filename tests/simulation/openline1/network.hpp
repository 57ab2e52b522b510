#pragma once

// Network of a conversation: the sockets between pages and servers. Within a connection nothing is
// doubled or overtaken (TCP); a connection may end at any frame, fall silent, or be over for one of
// its ends only.

#include <openline/base/ids.hpp>
#include <openline/connection/close_code.hpp>
#include <openline/ports/socket_port.hpp>

#include <simulation/openline1/world.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace openline::conversation {

class Page;
class Server;

class Network {
 public:
  explicit Network(World& world) : world_{world} {}
  Network(const Network&) = delete;
  Network& operator=(const Network&) = delete;
  void join(Page& page) { pages_.push_back(&page); }
  void join(Server& server) { servers_.push_back(&server); }

  // What a page asks of a socket of its own.
  void open(std::size_t page, SocketId socket);
  [[nodiscard]] SendOutcome send(std::size_t page, SocketId socket, std::string text);
  void close(std::size_t page, SocketId socket, CloseCode code);
  void discard(std::size_t page, SocketId socket);

  // What a server asks of a link.
  void send_down(std::uint32_t link, std::string bytes, bool is_binary);
  void close_down(std::uint32_t link, CloseCode code);
  struct Place {
    std::size_t server = 0;
    std::uint32_t link = 0;
  };
  [[nodiscard]] Place newest_link_of(std::size_t page) const;
  [[nodiscard]] std::uint64_t unsent(std::uint32_t link) const { return links_[link].unsent; }

  // What happens out there.
  void act();
  /// Both ends lose it, with what is on its way.
  void cut(std::uint32_t link);
  /// The server is gone, with all of its sockets.
  void cut_all_of(std::size_t server);
  /// All of them, and nothing arrives any more.
  void cut_all();
  void heal();

 private:
  struct Link {
    std::size_t page = 0;
    SocketId socket;
    std::size_t server = 0;
    bool is_open = false;                     // for the page: it may send
    bool is_heard = true;                     // for the page: it is told of what comes
    bool leaks = false;                       // discarded, and heard of nevertheless
    bool is_served = false;                   // the server has it
    bool is_silent = false;                   // nothing comes or goes
    Duration delay;                           // one way
    std::uint64_t rate = 0;                   // bytes a second that come down; 0: any
    std::uint64_t unsent = 0;                 // bytes that have not come down yet
    Instant down_at;                          // when the last of what is on its way arrives
    Instant held_until;                       // what comes up arrives then at the earliest
    Instant up_at;                            //
    Instant down_ends_at = Instant::never();  // what arrives later is lost
    Instant up_ends_at = Instant::never();
  };

  [[nodiscard]] Link* find(std::size_t page, SocketId socket);
  void knock(std::uint32_t link);
  void answer(std::uint32_t link);
  /// When something that leaves now arrives.
  [[nodiscard]] Instant comes_down_at(Link& link, std::size_t bytes) const;
  void hold_up(Link& link);
  void go_up(std::uint32_t link, std::string text);
  void come_down(std::uint32_t link, const std::string& bytes, bool is_binary);
  void end_for_page(std::uint32_t link, Duration after, CloseCode code);
  void end_for_server(std::uint32_t link, Duration after);
  [[nodiscard]] std::uint32_t number_of(const Link& link) const {
    return static_cast<std::uint32_t>(&link - links_.data());
  }

  World& world_;
  std::vector<Page*> pages_;
  std::vector<Server*> servers_;
  std::vector<Link> links_;                                             // by number
  std::vector<std::size_t> last_server_ = std::vector<std::size_t>(8);  // of each page
  bool is_slow_ = false;
  Instant foreign_until_;  // something between that speaks another subprotocol
};

}  // namespace openline::conversation
