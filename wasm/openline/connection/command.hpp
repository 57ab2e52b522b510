#pragma once

// What the connection machine wants done. The client carries commands out in their order.

#include <openline/base/assert.hpp>
#include <openline/base/ids.hpp>
#include <openline/base/time.hpp>
#include <openline/connection/close_code.hpp>

#include <array>
#include <cstddef>
#include <variant>

namespace openline {

/// Ask the application to renew its credentials; the server no longer takes those of this socket.
struct RefreshCredentials {
  SocketId socket;
  friend constexpr bool operator==(RefreshCredentials, RefreshCredentials) = default;
};
/// Ask the application for the URL of this attempt.
struct AskUrl {
  SocketId socket;
  friend constexpr bool operator==(AskUrl, AskUrl) = default;
};
struct OpenSocket {
  SocketId socket;
  friend constexpr bool operator==(OpenSocket, OpenSocket) = default;
};
/// Start the closing handshake and wait for the close event.
struct CloseSocket {
  SocketId socket;
  CloseCode code = close_none;
  friend constexpr bool operator==(CloseSocket, CloseSocket) = default;
};
/// Close and forget.
struct DiscardSocket {
  SocketId socket;
  friend constexpr bool operator==(DiscardSocket, DiscardSocket) = default;
};
/// Send the application's ping, and answer with PingSent.
struct SendPing {
  SocketId socket;
  friend constexpr bool operator==(SendPing, SendPing) = default;
};
struct ReportOpened {
  friend constexpr bool operator==(ReportOpened, ReportOpened) = default;
};
struct ReportErrored {
  friend constexpr bool operator==(ReportErrored, ReportErrored) = default;
};
/// The application learns that the socket of the present attempt is gone.
struct ReportClosed {
  CloseCode code = close_abnormal;
  bool is_own = false;  // the line let it go by itself and will be back: the page is away
  friend constexpr bool operator==(ReportClosed, ReportClosed) = default;
};
/// The line is open again after it was lost.
struct ReportOutage {
  Duration down;
  friend constexpr bool operator==(ReportOutage, ReportOutage) = default;
};

using ConnectionCommand =
    std::variant<RefreshCredentials, AskUrl, OpenSocket, CloseSocket, DiscardSocket, SendPing,
                 ReportOpened, ReportErrored, ReportClosed, ReportOutage>;

/// The commands of one step; no step needs more than `count_max`.
class CommandList {
 public:
  static constexpr std::size_t count_max = 4;

  void add(ConnectionCommand command) {
    OL_ASSERT(count_ < count_max);
    commands_[count_++] = command;
  }
  [[nodiscard]] const ConnectionCommand* begin() const { return commands_.data(); }
  [[nodiscard]] const ConnectionCommand* end() const { return commands_.data() + count_; }
  [[nodiscard]] std::size_t size() const { return count_; }

 private:
  std::array<ConnectionCommand, count_max> commands_;
  std::size_t count_ = 0;
};

}  // namespace openline
