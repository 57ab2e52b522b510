#pragma once

// What a line tells the application, in order. The host takes reports after pump() has returned, so
// no code of the application ever runs beneath the core.

#include <openline/base/ids.hpp>
#include <openline/base/time.hpp>
#include <openline/connection/close_code.hpp>
#include <openline/connection/state.hpp>

#include <cstdint>
#include <string>
#include <variant>

namespace openline {

struct StatusReport {
  Phase phase = Phase::idle;
  Failure failure = Failure::none;
  std::uint32_t attempt = 0;
  Instant retry_at = Instant::never();  // waiting: when; otherwise never
  friend constexpr bool operator==(const StatusReport&, const StatusReport&) = default;
};
/// The application is to renew its credentials and to answer with credentials_ready or
/// credentials_failed for this socket.
struct CredentialsReport {
  SocketId socket;
  friend constexpr bool operator==(const CredentialsReport&, const CredentialsReport&) = default;
};
/// The application is to answer with url_ready or url_failed for this socket.
struct UrlReport {
  SocketId socket;
  friend constexpr bool operator==(const UrlReport&, const UrlReport&) = default;
};
struct OpenReport {
  friend constexpr bool operator==(const OpenReport&, const OpenReport&) = default;
};
/// A message came in; its value is the application's from here on.
struct MessageReport {
  Handle value;
  friend constexpr bool operator==(const MessageReport&, const MessageReport&) = default;
};
struct ErrorReport {
  friend constexpr bool operator==(const ErrorReport&, const ErrorReport&) = default;
};
struct CloseReport {
  CloseCode code = close_abnormal;
  bool was_clean = false;
  std::string reason;
  bool is_own = false;  // the line let it go by itself, and will be back
  friend bool operator==(const CloseReport&, const CloseReport&) = default;
};

/// The host is to send the application's ping on this socket now and to answer with ping_sent.
struct PingReport {
  SocketId socket;
  friend constexpr bool operator==(const PingReport&, const PingReport&) = default;
};
/// The line is open again after it was lost for so long.
struct OutageReport {
  Duration down;
  friend constexpr bool operator==(const OutageReport&, const OutageReport&) = default;
};

enum class DropCause : std::uint8_t {
  stale,       // came in from a socket that is abandoned or closing
  closed,      // waited in the outbox when the application closed the line
  unsendable,  // the platform refused the value
  expired,     // waited in the outbox for longer than it may
  overflow,    // made room in the outbox for a newer one
};
/// A value will not be passed on; the host frees its handle.
struct DropReport {
  Handle value;
  DropCause cause = DropCause::stale;
  friend constexpr bool operator==(const DropReport&, const DropReport&) = default;
};
/// A message that waited was handed to the socket.
struct FlushReport {
  Handle value;
  friend constexpr bool operator==(const FlushReport&, const FlushReport&) = default;
};

using Report =
    std::variant<StatusReport, CredentialsReport, UrlReport, OpenReport, MessageReport, PingReport,
                 ErrorReport, CloseReport, OutageReport, DropReport, FlushReport>;

}  // namespace openline
