#pragma once

// What a line tells the application, in order. The host takes reports after pump() has returned, so
// no code of the application ever runs beneath the core. Texts are those of Reports.

#include <openline/base/ids.hpp>
#include <openline/base/position.hpp>
#include <openline/base/time.hpp>
#include <openline/connection/close_code.hpp>
#include <openline/connection/state.hpp>

#include <cstdint>
#include <string_view>
#include <variant>

namespace openline {

struct StatusReport {
  Phase phase = Phase::idle;
  Failure failure = Failure::none;
  std::uint32_t attempt = 0;
  Instant retry_at = Instant::never();  // waiting: when; otherwise never
  friend constexpr bool operator==(const StatusReport&, const StatusReport&) = default;
};
[[nodiscard]] constexpr StatusReport status_of(const ConnectionState& state) {
  const Instant retry_at = state.phase == Phase::waiting ? state.deadline : Instant::never();
  return {state.phase, state.failure, state.attempt, retry_at};
}
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
  std::string_view reason;
  bool is_own = false;  // the line let it go by itself, and will be back
  friend constexpr bool operator==(const CloseReport&, const CloseReport&) = default;
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

// What only a line that speaks openline.1 has to tell.

/// The server has granted a subscription; what comes after `at` follows.
struct SubscribedReport {
  StreamId stream;
  PositionView at;
  friend constexpr bool operator==(const SubscribedReport&, const SubscribedReport&) = default;
};
/// Something is missing that the server no longer has. Nothing more comes in on this stream until
/// the application subscribes anew.
struct ResyncReport {
  StreamId stream;
  PositionView top;
  friend constexpr bool operator==(const ResyncReport&, const ResyncReport&) = default;
};
/// The server refuses the subscription, or has ended it.
struct DeniedReport {
  StreamId stream;
  std::uint32_t code = 0;
  std::string_view text;
  friend constexpr bool operator==(const DeniedReport&, const DeniedReport&) = default;
};
/// Publications of a stream came in: where they lie in the frame.
struct PublicationsReport {
  StreamId stream;
  Handle frame;
  std::uint32_t count = 0;
  std::uint32_t begin = 0;  // of the payloads, which commas part
  std::uint32_t size = 0;
  std::uint64_t last = 0;  // the offset that the stream is known up to now
  std::uint32_t run = 0;   // its number, for Client::feed
  friend constexpr bool operator==(const PublicationsReport&, const PublicationsReport&) = default;
};
/// Nothing of this frame is needed any more; the host frees its handle.
struct FrameReadReport {
  Handle frame;
  friend constexpr bool operator==(const FrameReadReport&, const FrameReadReport&) = default;
};
/// What the server's handler answered to a message that is about to be settled.
struct ReplyReport {
  Handle value;
  std::string_view json;
  friend constexpr bool operator==(const ReplyReport&, const ReplyReport&) = default;
};
enum class Settlement : std::uint8_t {
  acked,
  rejected,   // by the server
  too_large,  // more than a frame may have there; it was not sent
  unknown,    // sent, and given up: it may have been handled
};
/// A message that was taken has found its end; the host frees its handle.
struct SettledReport {
  Handle value;
  Settlement how = Settlement::acked;
  std::uint32_t code = 0;  // rejected
  std::string_view text;
  friend constexpr bool operator==(const SettledReport&, const SettledReport&) = default;
};

using Report = std::variant<StatusReport, CredentialsReport, UrlReport, OpenReport, MessageReport,
                            PingReport, ErrorReport, CloseReport, OutageReport, DropReport,
                            FlushReport, SubscribedReport, ResyncReport, DeniedReport,
                            PublicationsReport, FrameReadReport, ReplyReport, SettledReport>;

}  // namespace openline
