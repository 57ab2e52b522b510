#pragma once

// Page: what surrounds a real client in a browser. It holds the values that handles stand for, the
// client's one alarm, and its application, and passes on what the network brings.

#include <openline/client/client.hpp>

#include <simulation/openline1/application.hpp>
#include <simulation/openline1/invariants/invariants.hpp>
#include <simulation/openline1/server.hpp>

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace openline::conversation {

class Page {
 public:
  Page(const Scene& scene, std::size_t index, std::string user);
  Page(const Page&) = delete;
  Page& operator=(const Page&) = delete;

  [[nodiscard]] const std::string& user() const { return user_; }
  /// User and client id, as the servers know it.
  [[nodiscard]] std::string client_key() const { return user_ + "/" + client_id_; }
  [[nodiscard]] bool has_handles() const { return !held_.empty(); }
  [[nodiscard]] Client& client() { return *client_; }
  [[nodiscard]] Application& application() { return application_; }
  [[nodiscard]] Invariants& invariants() { return invariants_; }

  // What the network brings.
  void hear_open(SocketId socket);
  void hear_unspoken(SocketId socket);
  void hear_frame(SocketId socket, const std::string& bytes, bool is_binary);
  void hear_close(SocketId socket, CloseCode code);

  /// Keeps a value for the client, and answers what stands for it.
  [[nodiscard]] Handle hold(std::string text);
  void free(Handle handle);
  [[nodiscard]] const std::string* find(Handle handle) const;

  /// The client works through what it has been given, and the application hears of it.
  void work();
  /// The page goes away.
  void leave();

  // What the client asks of its ports.
  [[nodiscard]] SendOutcome send_text(SocketId socket, const TextParts& parts);
  void wake_at(Instant at);

 private:
  [[nodiscard]] ClientConfig draw_config();

  Scene scene_;
  World& world_;
  std::size_t index_;
  std::string user_;
  std::map<std::uint32_t, std::string> held_;
  std::uint32_t newest_handle_ = 0;
  std::set<std::uint32_t> offered_;  // messages, to a socket
  std::uint32_t alarm_ = 0;
  std::string client_id_;  // of the newest HELLO
  Invariants invariants_;
  Application application_;
  std::unique_ptr<Client> client_;
};

}  // namespace openline::conversation
