#pragma once

// CommandExecutor: does what the connection machine wants done, at the sockets and in the reports,
// with what a command itself does not bear: the URL, the words of a close.

#include <openline/base/ids.hpp>
#include <openline/client/reports.hpp>
#include <openline/connection/command.hpp>
#include <openline/connection/event.hpp>
#include <openline/ports/socket_port.hpp>

#include <optional>
#include <string>
#include <utility>

namespace openline {

class CommandExecutor {
 public:
  /// Reports go into `reports`; both outlive it.
  CommandExecutor(SocketPort& sockets, Reports& reports, std::string protocols)
      : sockets_{sockets}, reports_{reports}, protocols_{std::move(protocols)} {}

  /// Of the next socket.
  void set_url(std::string url) { url_ = std::move(url); }
  void set_protocols(std::string protocols) { protocols_ = std::move(protocols); }
  void set_binary_type(BinaryType type) { binary_type_ = type; }
  /// Of the next close that the application asks for.
  void set_close_reason(std::string reason) { close_reason_ = std::move(reason); }
  /// The close event that is being taken; none when it has been. Its text must last until then.
  void set_closed_how(const CloseReport& how) { closed_how_ = how; }

  /// Answers what came of it at once, as an event for the machine.
  std::optional<ConnectionEvent> execute(const ConnectionCommand& command);

 private:
  using Outcome = std::optional<ConnectionEvent>;

  Outcome carry_out(const RefreshCredentials& command);
  Outcome carry_out(const AskUrl& command);
  Outcome carry_out(const OpenSocket& command);
  Outcome carry_out(const CloseSocket& command);
  Outcome carry_out(const DiscardSocket& command);
  Outcome carry_out(const SendPing& command);
  Outcome carry_out(const ReportOpened& command);
  Outcome carry_out(const ReportErrored& command);
  Outcome carry_out(const ReportClosed& command);
  Outcome carry_out(const ReportOutage& command);

  SocketPort& sockets_;
  Reports& reports_;
  std::string protocols_;
  BinaryType binary_type_ = BinaryType::blob;
  std::string url_;
  std::string close_reason_;
  CloseReport closed_how_;
};

}  // namespace openline
