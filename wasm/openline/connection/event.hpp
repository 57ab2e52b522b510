#pragma once

// What can happen to a connection. Each event of a socket bears the SocketId of its attempt, so
// that late events of an abandoned one are told apart in one place.

#include <openline/base/ids.hpp>
#include <openline/base/time.hpp>
#include <openline/connection/close_code.hpp>
#include <openline/connection/page.hpp>

#include <optional>
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
/// The application has renewed its credentials.
struct CredentialsReady {
  SocketId socket;
};
/// The application could not renew them: a failed attempt.
struct CredentialsFailed {
  SocketId socket;
};
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
/// Something came in that counts as life. Not needed without a heartbeat.
struct SocketHeard {
  SocketId socket;
};
/// The ping that SendPing asked for was given to the socket.
struct PingSent {
  SocketId socket;
};
/// The server does not speak as it should: the connection is of no use.
struct SocketFaulty {
  SocketId socket;
  bool is_wrong = true;  // false: it may only be slow, so the line does not fail for it
};
struct SocketErrored {
  SocketId socket;
};
struct SocketClosed {
  SocketId socket;
  CloseCode code = close_abnormal;
  std::optional<Duration> retry_after = std::nullopt;  // what the server asked for in the reason
};
/// The application says how long it wants to wait for the next attempt.
struct WaitChosen {
  Duration wait;
};
/// The page told something of itself.
struct PageSignalled {
  PageSignal signal = PageSignal::online;
};
/// The alarm rang, perhaps early.
struct Woken {};

using ConnectionEvent =
    std::variant<OpenRequested, CloseRequested, ReconnectRequested, CredentialsReady,
                 CredentialsFailed, UrlReady, UrlFailed, SocketRefused, SocketOpened, SocketHeard,
                 PingSent, SocketErrored, SocketClosed, PageSignalled, Woken, SocketFaulty,
                 WaitChosen>;

}  // namespace openline
