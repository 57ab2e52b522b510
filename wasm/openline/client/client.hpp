#pragma once

// Client: the only junction. It joins the connection machine and the outbox to the three ports and
// collects what the application is to hear. It never calls the application.

#include <openline/base/bounded_queue.hpp>
#include <openline/base/ids.hpp>
#include <openline/base/random.hpp>
#include <openline/client/command_executor.hpp>
#include <openline/client/options.hpp>
#include <openline/client/reports.hpp>
#include <openline/client/sender.hpp>
#include <openline/client/speech.hpp>
#include <openline/client/turn_clock.hpp>
#include <openline/connection/connection_machine.hpp>
#include <openline/outbox/outbox.hpp>
#include <openline/ports/platform.hpp>
#include <openline/state/store.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <variant>

namespace openline {

struct ClientConfig {
  ClientOptions options;
  std::string protocols;  // joined by commas
  BinaryType binary_type = BinaryType::blob;
  bool speaks_openline_1 = false;  // PROTOCOL.md; else plainly
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

  // What comes in is queued first.

  void open() { notice(OpenRequested{}); }
  void close(CloseCode code, std::string reason) { enqueue({CloseInput{code}, std::move(reason)}); }
  void reconnect() { notice(ReconnectRequested{}); }
  /// While it waits for its next attempt: how long that is to be, from now on.
  void choose_wait(Duration wait) { notice(WaitChosen{wait}); }
  void credentials_ready(SocketId socket) { notice(CredentialsReady{socket}); }
  /// The application could not renew them: a failed attempt.
  void credentials_failed(SocketId socket) { notice(CredentialsFailed{socket}); }
  void url_ready(SocketId socket, std::string url) { enqueue({UrlInput{socket}, std::move(url)}); }
  /// The application could not say the URL: a failed attempt.
  void url_failed(SocketId socket) { notice(UrlFailed{socket}); }
  /// What the application said is no URL of a WebSocket: the line fails.
  void url_refused(SocketId socket) { notice(SocketRefused{socket}); }
  /// Of the next socket, joined by commas.
  void set_protocols(std::string protocols) { executor_.set_protocols(std::move(protocols)); }
  void set_binary_type(BinaryType type);

  /// Takes the value over unless it is refused or must be measured. Runs pump() first, so that it
  /// decides on the present state.
  [[nodiscard]] SendResult send(Handle value, const MessageSize& size);
  /// Takes over a message of so many bytes that has waited with the host for `age`.
  [[nodiscard]] SendResult adopt(Handle value, std::uint64_t bytes, Duration age);

  /// Where a line that speaks openline.1 subscribes to streams; null on another one. Runs pump()
  /// first.
  [[nodiscard]] Speech* speech();

  /// What the host keeps of what comes in; it says what is for which state.
  [[nodiscard]] StateStore& states();
  /// Gives a state the publications of a run (PublicationsReport), without the first `skip`. True
  /// if the states have something to tell. Nothing for a run from before begin_turn().
  bool feed(std::uint32_t state, std::uint32_t run, std::uint32_t skip);
  /// The host has dealt with all that was reported before.
  void begin_turn();

  void page_signalled(PageSignal signal) { notice(PageSignalled{signal}); }
  void socket_opened(SocketId socket) { notice(SocketOpened{socket}); }
  void socket_message(SocketId socket, Handle value) { enqueue({MessageInput{socket, value}, {}}); }
  /// openline.1: a frame came in.
  void socket_frame(SocketId socket, Frame frame) {
    enqueue({FrameInput{socket, frame.handle}, std::move(frame.bytes)});
  }
  /// openline.1: the server has not selected it.
  void socket_unspoken(SocketId socket) { notice(SocketFaulty{socket}); }
  /// HeartbeatAnswer::reply: a message that came in, or is about to, is the reply to a ping.
  void socket_replied(SocketId socket) { notice(SocketHeard{socket}); }
  /// Answers PingReport: the ping was given to the socket.
  void ping_sent(SocketId socket) { notice(PingSent{socket}); }
  void socket_errored(SocketId socket) { notice(SocketErrored{socket}); }
  void socket_closed(SocketId socket, const CloseReport& how) {
    enqueue({ClosedInput{socket, how.code, how.was_clean}, std::string{how.reason}});
  }
  void woken() { notice(Woken{}); }

  /// Works through all that has come in, to the end. Calls from within a port are ignored.
  void pump();

  [[nodiscard]] const Reports& reports() const { return reports_; }
  /// Behind those that are there.
  void move_reports(Reports& there) { there.append(reports_); }
  void clear_reports() { reports_.clear(); }

  [[nodiscard]] const ConnectionState& state() const { return state_; }
  [[nodiscard]] const Outbox& outbox() const { return sender_.outbox(); }
  /// Payload bytes that wait in the outbox and in the socket (WHATWG bufferedAmount).
  [[nodiscard]] double buffered_amount();

 private:
  struct CloseInput {
    CloseCode code;  // text: the reason
  };
  struct UrlInput {
    SocketId socket;  // text: the URL
  };
  struct MessageInput {
    SocketId socket;
    Handle value;
  };
  struct FrameInput {
    SocketId socket;
    Handle handle;  // text: the bytes
  };
  struct ClosedInput {
    SocketId socket;
    CloseCode code;
    bool was_clean;  // text: the reason
  };
  using What =
      std::variant<ConnectionEvent, CloseInput, UrlInput, MessageInput, FrameInput, ClosedInput>;
  /// The text lies beside the rest, so that only it needs more than its bytes moved.
  struct Input {
    What what;
    std::string text;
  };

  void enqueue(Input input);
  void notice(const ConnectionEvent& event) { enqueue({event, {}}); }
  void take(const ConnectionEvent& event, std::string& text);
  void take(const CloseInput& input, std::string& reason);
  void take(const UrlInput& input, std::string& url);
  void take(const MessageInput& input, std::string& text);
  void take(const FrameInput& input, std::string& bytes);
  void take(const ClosedInput& input, std::string& reason);

  void advance(const ConnectionEvent& event);
  void carry_out(const ConnectionCommand& command);
  void after_step(const ConnectionState& before);
  void greet(SocketId socket);
  void follow(Heard heard);
  void begin_speech();
  void after_step_of_speech(const ConnectionState& before);
  void note_life(SocketId socket);
  bool flush_if_due();
  void set_alarm();
  [[nodiscard]] std::uint64_t unsent_for(const ConnectionEvent& event);

  ClientConfig config_;
  Platform platform_;
  TurnClock& clock_;  // of the platform
  SplitMix64 random_;
  ConnectionState state_;
  Instant alarm_ = Instant::never();  // what the clock was asked for and has not rung yet
  Reports reports_;
  CommandExecutor executor_;
  Sender sender_;
  std::optional<Speech> speech_;
  std::optional<StateStore> states_;  // once the host has asked for it
  BoundedQueue<Input> inputs_{inputs_max};
  bool is_pumping_ = false;
};

}  // namespace openline
