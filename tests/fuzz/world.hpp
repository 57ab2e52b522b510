#pragma once

// What the commands of a connection machine did to the world, and what must hold there.

#include <openline/connection/connection_machine.hpp>

#include <fuzz/bytes.hpp>

#include <cstddef>
#include <variant>
#include <vector>

namespace openline::fuzz {

/// At most one socket lives, and only the newest; no window has more attempts than the budget; what
/// is told of open and closed alternates.
class World {
 public:
  World(const ConnectionOptions& options, const Instant& now) : options_{options}, now_{now} {}

  [[nodiscard]] bool has_socket() const { return has_socket_; }
  [[nodiscard]] bool is_told_open() const { return is_told_open_; }

  /// What the browser tells has happened already: a closed socket is gone, a refused one never
  /// was. None is refused once it was open.
  void note(const ConnectionEvent& event) {
    if (const auto* closed = std::get_if<SocketClosed>(&event)) {
      has_socket_ = has_socket_ && closed->socket != socket_;
    }
    const auto* refused = std::get_if<SocketRefused>(&event);
    if (refused != nullptr && !is_told_open_) {
      has_socket_ = has_socket_ && refused->socket != socket_;
    }
  }

  void carry_out(const ConnectionState& after, const ConnectionCommand& command) {
    after_ = &after;
    std::visit([this](const auto& each) { carry_out(each); }, command);
  }

 private:
  void carry_out(const RefreshCredentials& command) {
    require(!has_socket_ && command.socket == asked_, "credentials of a socket that is not lost");
    require(after_->phase == Phase::refreshing, "credentials are awaited");
  }
  void carry_out(const AskUrl& command) {
    require(!has_socket_, "a URL beside a socket");
    require(command.socket.value == asked_.value + 1, "each attempt has the next number");
    asked_ = command.socket;
    attempts_.push_back(now_);
    const std::size_t max = options_.budget.attempts_max;
    if (attempts_.size() > max) {
      const Instant first = attempts_[attempts_.size() - 1 - max];
      require(now_ - first >= options_.budget.window, "the budget holds");
    }
  }
  void carry_out(const OpenSocket& command) {
    require(!has_socket_, "a second socket");
    require(command.socket == asked_, "a socket for the newest attempt");
    has_socket_ = true;
    socket_ = command.socket;
  }
  void carry_out(const CloseSocket& command) {
    require(has_socket_ && command.socket == socket_, "only what lives is closed");
  }
  void carry_out(const DiscardSocket& command) {
    require(has_socket_ && command.socket == socket_, "only what lives is discarded");
    has_socket_ = false;
  }
  void carry_out(const SendPing& command) {
    require(has_socket_ && command.socket == socket_, "a ping on a socket that lives");
    require(is_told_open_ && after_->phase == Phase::open, "a ping on an open line");
    require(options_.heartbeat.is_on(), "a ping with a heartbeat");
  }
  void carry_out(const ReportOpened& /*command*/) {
    require(!is_told_open_, "opened once");
    is_told_open_ = true;
  }
  void carry_out(const ReportErrored& /*command*/) {}
  void carry_out(const ReportClosed& /*command*/) { is_told_open_ = false; }
  void carry_out(const ReportOutage& command) {
    require(is_told_open_ && command.down >= Duration{}, "an outage ends with an open line");
  }

  const ConnectionOptions& options_;
  const Instant& now_;
  const ConnectionState* after_ = nullptr;
  SocketId asked_;
  SocketId socket_;
  bool has_socket_ = false;
  bool is_told_open_ = false;
  std::vector<Instant> attempts_;
};

}  // namespace openline::fuzz
