#include <openline/client/command_executor.hpp>

#include <openline/base/match.hpp>

#include <variant>

namespace openline {

std::optional<ConnectionEvent> CommandExecutor::execute(const ConnectionCommand& command) {
  return match(command, [this](const auto& each) { return carry_out(each); });
}

CommandExecutor::Outcome CommandExecutor::carry_out(const RefreshCredentials& command) {
  reports_.add(CredentialsReport{command.socket});
  return {};
}

CommandExecutor::Outcome CommandExecutor::carry_out(const AskUrl& command) {
  reports_.add(UrlReport{command.socket});
  return {};
}

CommandExecutor::Outcome CommandExecutor::carry_out(const OpenSocket& command) {
  if (sockets_.open(command.socket, {url_, protocols_, binary_type_})) {
    return {};
  }
  return SocketRefused{command.socket};
}

CommandExecutor::Outcome CommandExecutor::carry_out(const CloseSocket& command) {
  sockets_.close(command.socket, command.code, close_reason_);
  return {};
}

CommandExecutor::Outcome CommandExecutor::carry_out(const DiscardSocket& command) {
  sockets_.discard(command.socket);
  return {};
}

CommandExecutor::Outcome CommandExecutor::carry_out(const SendPing& command) {
  reports_.add(PingReport{command.socket});
  return {};
}

CommandExecutor::Outcome CommandExecutor::carry_out(const ReportOpened& /*command*/) {
  reports_.add(OpenReport{});
  return {};
}

CommandExecutor::Outcome CommandExecutor::carry_out(const ReportErrored& /*command*/) {
  reports_.add(ErrorReport{});
  return {};
}

CommandExecutor::Outcome CommandExecutor::carry_out(const ReportClosed& command) {
  // A close event brought its reason along; a socket that we dropped ourselves has none.
  const bool is_from_event = closed_how_.code == command.code && !command.is_own;
  CloseReport report{command.code, command.code == close_normal, {}, command.is_own};
  if (is_from_event) {
    report = closed_how_;
    report.reason = reports_.keep(closed_how_.reason);
  }
  reports_.add(report);
  return {};
}

CommandExecutor::Outcome CommandExecutor::carry_out(const ReportOutage& command) {
  reports_.add(OutageReport{command.down});
  return {};
}

}  // namespace openline
