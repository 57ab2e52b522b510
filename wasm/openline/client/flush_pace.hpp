#pragma once

// FlushPace: how much of what waits a socket is given at once. What it has taken and not sent is
// lost with it, and nobody learns how much that was; so it gets portions. A WebSocket has no event
// for its bufferedAmount: while one is full it is looked at again and again. Pure.

#include <openline/base/ids.hpp>
#include <openline/base/time.hpp>

#include <cstdint>

namespace openline {

class FlushPace {
 public:
  /// As much as waits at most unless an application asks for more: one portion is all then.
  static constexpr std::uint64_t high_water = 1'048'576;
  /// A full socket is given more once it holds less than this.
  static constexpr std::uint64_t low_water = 262'144;
  static constexpr Duration look_every = Duration::milliseconds(10);

  /// A full socket is not looked at sooner.
  [[nodiscard]] bool may_look(SocketId socket, Instant now) const {
    return !is_full(socket) || now >= look_at_;
  }
  /// How many bytes the socket is given now; `unsent`: how many it holds.
  [[nodiscard]] std::uint64_t room(SocketId socket, std::uint64_t unsent) const {
    if (!is_full(socket)) {
      return high_water;  // it has just opened, and holds a greeting at most
    }
    return unsent < low_water ? high_water - unsent : 0;
  }
  /// The socket was given what it takes, and more waits.
  void pause(SocketId socket, Instant now) {
    full_ = socket;
    look_at_ = now + look_every;
  }
  void go_on() { look_at_ = Instant::never(); }
  /// When the socket is to be looked at again.
  [[nodiscard]] Instant next_look(SocketId socket) const {
    return is_full(socket) ? look_at_ : Instant::never();
  }

 private:
  [[nodiscard]] bool is_full(SocketId socket) const {
    return full_ == socket && look_at_ != Instant::never();
  }

  SocketId full_;
  Instant look_at_ = Instant::never();
};

}  // namespace openline
