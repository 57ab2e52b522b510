#pragma once

// Client: the only junction. It joins the connection machine and the outbox to the three ports and
// collects what the application is to hear. It never calls the application.

#include <openline/base/bounded_queue.hpp>
#include <openline/base/ids.hpp>
#include <openline/base/random.hpp>
#include <openline/client/options.hpp>
#include <openline/client/report.hpp>
#include <openline/client/sender.hpp>
#include <openline/connection/connection_machine.hpp>
#include <openline/outbox/outbox.hpp>
#include <openline/ports/platform.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <variant>
#include <vector>

namespace openline {

struct ClientConfig {
  ClientOptions options;
  std::string protocols;  // joined by commas
  BinaryType binary_type = BinaryType::blob;
};

class Client {
 public:
  /// More inputs than a host can bring in between two calls of pump().
  static constexpr std::size_t inputs_max = 1'024;

  Client(ClientConfig config, Platform platform);
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;
  /// Discards the socket and cancels the alarm. The host frees the handles that are still waiting.
  ~Client();

  void open();
  void close(CloseCode code, std::string reason);
  void reconnect();
  void credentials_ready(SocketId socket);
  /// The application could not renew them: a failed attempt.
  void credentials_failed(SocketId socket);
  void url_ready(SocketId socket, std::string url);
  /// The application could not say the URL: a failed attempt.
  void url_failed(SocketId socket);
  /// What the application said is no URL of a WebSocket: the line fails.
  void url_refused(SocketId socket);
  void set_binary_type(BinaryType type);

  /// Takes the value over unless it is refused or must be measured. Runs pump() first, so that it
  /// decides on the present state.
  [[nodiscard]] SendResult send(Handle value, const MessageSize& size);
  /// Takes over a message of so many bytes that has waited with the host for `age`.
  [[nodiscard]] SendResult adopt(Handle value, std::uint64_t bytes, Duration age);

  void page_signalled(PageSignal signal);
  void socket_opened(SocketId socket);
  void socket_message(SocketId socket, Handle value);
  /// HeartbeatAnswer::reply: a message that came in, or is about to, is the reply to a ping.
  void socket_replied(SocketId socket);
  /// Answers PingReport: the ping was given to the socket.
  void ping_sent(SocketId socket);
  void socket_errored(SocketId socket);
  void socket_closed(SocketId socket, CloseReport how);
  void woken();

  /// Works through all that has come in, to the end. Calls from within a port are ignored.
  void pump();

  [[nodiscard]] const std::vector<Report>& reports() const { return reports_; }
  void clear_reports() { reports_.clear(); }

  [[nodiscard]] const ConnectionState& state() const { return state_; }
  [[nodiscard]] const Outbox& outbox() const { return sender_.outbox(); }
  /// Payload bytes that wait in the outbox and in the socket (WHATWG bufferedAmount).
  [[nodiscard]] double buffered_amount();

 private:
  struct CloseInput {
    CloseCode code;
    std::string reason;
  };
  struct UrlInput {
    SocketId socket;
    std::string url;
  };
  struct MessageInput {
    SocketId socket;
    Handle value;
  };
  struct ClosedInput {
    SocketId socket;
    CloseReport how;
  };
  using Input = std::variant<ConnectionEvent, CloseInput, UrlInput, MessageInput, ClosedInput>;

  void enqueue(Input input);
  void take(const ConnectionEvent& event);
  void take(CloseInput& input);
  void take(UrlInput& input);
  void take(const MessageInput& input);
  void take(ClosedInput& input);

  void advance(const ConnectionEvent& event);
  void carry_out(const RefreshCredentials& command);
  void carry_out(const AskUrl& command);
  void carry_out(const OpenSocket& command);
  void carry_out(const CloseSocket& command);
  void carry_out(const DiscardSocket& command);
  void carry_out(const SendPing& command);
  void carry_out(const ReportOpened& command);
  void carry_out(const ReportErrored& command);
  void carry_out(const ReportClosed& command);
  void carry_out(const ReportOutage& command);
  void after_step(const ConnectionState& before);
  void note_life(SocketId socket);
  void set_alarm();
  [[nodiscard]] std::uint64_t unsent_for(const ConnectionEvent& event);

  ClientConfig config_;
  Platform platform_;
  SplitMix64 random_;
  ConnectionState state_;
  Instant alarm_ = Instant::never();  // what the clock was asked for and has not rung yet
  std::vector<Report> reports_;
  Sender sender_;
  BoundedQueue<Input> inputs_{inputs_max};
  std::string url_;
  std::string close_reason_;
  CloseReport closed_how_;  // of the close event that is being taken
  bool is_pumping_ = false;
};

}  // namespace openline
