#pragma once

// What can happen to a connection. Each event of a socket bears the SocketId of its attempt, so
// that late events of an abandoned one are told apart in one place.

#include <openline/base/ids.hpp>
#include <openline/connection/close_code.hpp>

#include <variant>

namespace openline {

/// The application wants the line open.
struct OpenRequested {};
/// The application wants the line closed, for good.
struct CloseRequested {
  CloseCode code = close_none;
};
/// The application wants a fresh connection now, whatever the state.
struct ReconnectRequested {};
/// The application said the URL of this attempt.
struct UrlReady {
  SocketId socket;
};
/// The application could not say the URL (its promise was rejected): a failed attempt.
struct UrlFailed {
  SocketId socket;
};
/// The URL or the request is no good (the host or the platform says so): trying again would end the
/// same way.
struct SocketRefused {
  SocketId socket;
};
struct SocketOpened {
  SocketId socket;
};
struct SocketErrored {
  SocketId socket;
};
struct SocketClosed {
  SocketId socket;
  CloseCode code = close_abnormal;
};
/// The alarm rang, perhaps early.
struct Woken {};

using ConnectionEvent =
    std::variant<OpenRequested, CloseRequested, ReconnectRequested, UrlReady, UrlFailed,
                 SocketRefused, SocketOpened, SocketErrored, SocketClosed, Woken>;

}  // namespace openline
