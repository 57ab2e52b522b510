#pragma once

// Server: what the other end of the network does. It only decides; Network carries it out.

#include <openline/base/time.hpp>
#include <openline/connection/close_code.hpp>

#include <simulation/world.hpp>

#include <cstdint>

namespace openline {

/// How a handshake goes.
struct Handshake {
  enum class Fate : std::uint8_t { accepted, refused, hangs };
  Fate fate = Fate::accepted;
  Duration after;
};

/// A close frame, or 1006 for a connection that just ends.
struct ServerClose {
  CloseCode code = close_abnormal;
  std::uint32_t asked = 0;  // {"retryAfterMs":asked - 1}; 0: no such reason
};

/// What it does of its own accord.
struct ServerAct {
  enum class Kind : std::uint8_t { nothing, speaks, falls_silent, closes };
  Kind kind = Kind::nothing;
  std::uint32_t messages = 0;
  ServerClose close;
};

class Server {
 public:
  Server(World& world, Duration connect_timeout)
      : world_{world}, connect_timeout_{connect_timeout} {}

  [[nodiscard]] Handshake handshake();
  /// Does it close the connection that it has just accepted?
  [[nodiscard]] bool closes_at_once() const {
    return mood_ == Mood::drops || mood_ == Mood::overloaded || mood_ == Mood::distrusts;
  }
  [[nodiscard]] ServerClose close_of_mood();
  [[nodiscard]] ServerAct act(bool has_client);
  [[nodiscard]] bool answers_pings() const { return !is_deaf_; }
  void recover() {
    mood_ = Mood::well;
    is_deaf_ = false;
  }

 private:
  enum class Mood : std::uint8_t { well, refuses, hangs, late, drops, overloaded, distrusts };

  void change_mood();
  [[nodiscard]] ServerClose some_close();
  [[nodiscard]] ServerClose with_wish(CloseCode code, std::uint32_t chance);

  World& world_;
  Duration connect_timeout_;
  Mood mood_ = Mood::well;
  bool is_deaf_ = false;
};

}  // namespace openline
