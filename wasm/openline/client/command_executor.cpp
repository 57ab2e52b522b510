#include <openline/client/command_executor.hpp>

#include <variant>

namespace openline {

std::optional<ConnectionEvent> CommandExecutor::execute(const ConnectionCommand& command) {
  return std::visit([this](const auto& each) { return carry_out(each); }, command);
}

CommandExecutor::Outcome CommandExecutor::carry_out(const RefreshCredentials& command) {
  reports_.emplace_back(CredentialsReport{command.socket});
  return {};
}

CommandExecutor::Outcome CommandExecutor::carry_out(const AskUrl& command) {
  reports_.emplace_back(UrlReport{command.socket});
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
  reports_.emplace_back(PingReport{command.socket});
  return {};
}

CommandExecutor::Outcome CommandExecutor::carry_out(const ReportOpened& /*command*/) {
  reports_.emplace_back(OpenReport{});
  return {};
}

CommandExecutor::Outcome CommandExecutor::carry_out(const ReportErrored& /*command*/) {
  reports_.emplace_back(ErrorReport{});
  return {};
}

CommandExecutor::Outcome CommandExecutor::carry_out(const ReportClosed& command) {
  // A close event brought its reason along; a socket that we dropped ourselves has none.
  const bool is_from_event = closed_how_.code == command.code && !command.is_own;
  const CloseReport ours{command.code, command.code == close_normal, {}, command.is_own};
  reports_.emplace_back(is_from_event ? closed_how_ : ours);
  return {};
}

CommandExecutor::Outcome CommandExecutor::carry_out(const ReportOutage& command) {
  reports_.emplace_back(OutageReport{command.down});
  return {};
}

}  // namespace openline
