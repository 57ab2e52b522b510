#pragma once

// Speech: what a line that speaks openline.1 (PROTOCOL.md) says and hears on its connections. It
// joins protocol, inbox and delivery; the connection itself is the machine's business.

#include <openline/base/ids.hpp>
#include <openline/base/position.hpp>
#include <openline/base/random.hpp>
#include <openline/base/time.hpp>
#include <openline/client/delivery.hpp>
#include <openline/client/kept_runs.hpp>
#include <openline/client/reports.hpp>
#include <openline/connection/heartbeat.hpp>
#include <openline/inbox/inbox.hpp>
#include <openline/ports/platform.hpp>
#include <openline/protocol/server_frame.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace openline {

/// A frame that came in. A binary one has a handle, under which the host keeps it as well.
struct Frame {
  Handle handle;
  std::string bytes;
  [[nodiscard]] bool is_text() const { return handle == Handle{}; }
};

enum class Heard : std::uint8_t {
  nothing,  // that the client needs to know of
  room,     // the server takes more messages now
  welcome,  // the line may be called open
  fault,    // the server does not speak as it should
};

class Speech {
 public:
  /// From the open event to WELCOME.
  static constexpr Duration welcome_timeout = Duration::seconds(5);
  /// What was asked for stands behind a look that comes late, if it has come.
  static constexpr Duration grace = Duration::seconds(1);

  /// What it has to tell goes into `reports`; all of them outlive it.
  Speech(Platform& platform, Delivery& delivery, Reports& reports);

  /// See ol_line_subscribe.
  [[nodiscard]] std::optional<StreamId> subscribe(std::string name, std::optional<Position> from);
  void resubscribe(StreamId id, std::optional<Position> from);
  void unsubscribe(StreamId id);

  /// The socket is open: says HELLO and waits for WELCOME.
  void greet(SocketId socket);
  [[nodiscard]] bool is_greeting() const { return welcome_due_ != Instant::never(); }
  /// On this or an earlier connection.
  [[nodiscard]] bool was_welcomed() const { return was_welcomed_; }
  /// Takes a frame of the socket that was greeted last.
  /// Its bytes are kept, if anything in them is for a stream.
  [[nodiscard]] Heard hear(Frame frame);
  /// The runs that have been reported since they were cleared.
  [[nodiscard]] KeptRuns& runs() { return runs_; }
  /// The line is open: passes on what WELCOME said, and sends what was not settled. False: it
  /// settles what was never sent.
  [[nodiscard]] bool begin();
  /// The silence that WELCOME allows.
  [[nodiscard]] HeartbeatOptions heartbeat(const HeartbeatOptions& asked) const;
  /// Asks the server for a sign of life.
  void ping();
  /// The connection is gone.
  void end();
  /// The line is closed or has failed: what is under way has no known end, and another client
  /// begins.
  void give_up();

  /// When an answer will have been waited for too long; then the connection is faulty.
  [[nodiscard]] Instant next_due() const;
  /// Is it now? Whoever looks far too late is let look once more.
  [[nodiscard]] bool is_overdue();
  /// What GOAWAY asked for, from now on.
  [[nodiscard]] std::optional<Duration> come_back_after() const;

 private:
  [[nodiscard]] Heard hear_batch(Frame& frame);
  [[nodiscard]] bool may_come_now(const ServerFrame& frame) const;
  Heard take(Welcome& welcome);
  Heard take(const Ack& ack);
  Heard take(const Nack& nack);
  Heard take(const Reply& reply);
  Heard take(const Subscribed& frame);
  Heard take(const Resync& resync);
  Heard take(const Goaway& goaway);
  Heard take(const HeartbeatFrame& frame);
  Heard take(const UnknownFrame& frame);

  void hear_answer(const SubscribeAnswer& answer);
  Heard settle(std::uint64_t seq);
  void ask_for_all();
  bool say(std::string_view frame);

  Platform& platform_;
  Delivery& delivery_;
  Reports& reports_;
  SplitMix64 random_;
  Inbox inbox_;
  KeptRuns runs_;
  std::string client_id_;
  SocketId socket_;                         // the one that was greeted last, while it lives
  Instant welcome_due_ = Instant::never();  // HELLO has left, and this is for its answer
  Welcome welcome_;                         // the newest one
  bool was_welcomed_ = false;               // ever
  bool is_begun_ = false;                   // it has been acted on
  Instant come_back_at_ = Instant::never();
  Instant grace_until_;  // nothing is overdue before that
};

}  // namespace openline
