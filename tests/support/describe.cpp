#include <support/describe.hpp>

#include <variant>

namespace openline {
namespace {

std::string cause_of(DropCause cause) {
  switch (cause) {
    case DropCause::stale:
      return "stale";
    case DropCause::closed:
      return "closed";
    case DropCause::unsendable:
      return "unsendable";
  }
  return "";
}

struct InWords {
  std::string operator()(const AskUrl& c) const { return "ask_url " + describe(c.socket); }
  std::string operator()(const OpenSocket& c) const { return "open_socket " + describe(c.socket); }
  std::string operator()(const CloseSocket& c) const {
    return "close_socket " + describe(c.socket) + " " + std::to_string(c.code);
  }
  std::string operator()(const DiscardSocket& c) const { return "discard " + describe(c.socket); }
  std::string operator()(const ReportOpened& /*c*/) const { return "report_opened"; }
  std::string operator()(const ReportErrored& /*c*/) const { return "report_errored"; }
  std::string operator()(const ReportClosed& c) const {
    return "report_closed " + std::to_string(c.code);
  }

  std::string operator()(const StatusReport& r) const {
    std::string text = "status " + describe(r.phase);
    text += r.failure == Failure::none ? "" : " " + std::string{to_string(r.failure)};
    text += r.attempt == 0 ? "" : " attempt " + std::to_string(r.attempt);
    return text + (r.retry_at == Instant::never() ? "" : " retry at " + describe(r.retry_at));
  }
  std::string operator()(const UrlReport& r) const { return "url " + describe(r.socket); }
  std::string operator()(const OpenReport& /*r*/) const { return "open"; }
  std::string operator()(const MessageReport& r) const { return "message " + describe(r.value); }
  std::string operator()(const ErrorReport& /*r*/) const { return "error"; }
  std::string operator()(const CloseReport& r) const {
    const std::string reason = r.reason.empty() ? "" : " '" + r.reason + "'";
    return "close " + std::to_string(r.code) + (r.was_clean ? " clean" : "") + reason;
  }
  std::string operator()(const DropReport& r) const {
    return "drop " + describe(r.value) + " " + cause_of(r.cause);
  }
  std::string operator()(const FlushReport& r) const { return "flush " + describe(r.value); }
};

}  // namespace

std::string describe(Phase phase) {
  if (phase == Phase::asking) {
    return "asking";
  }
  return phase == Phase::opening ? "opening" : std::string{to_string(phase)};
}

std::string describe(Failure failure) { return std::string{to_string(failure)}; }

std::string describe(SendResult result) {
  switch (result) {
    case SendResult::sent:
      return "sent";
    case SendResult::queued:
      return "queued";
    case SendResult::measure:
      return "measure";
    case SendResult::refused_too_large:
      return "refused_too_large";
    case SendResult::refused_queue_messages:
      return "refused_queue_messages";
    case SendResult::refused_queue_bytes:
      return "refused_queue_bytes";
    case SendResult::refused_closed:
      return "refused_closed";
    case SendResult::refused_failed:
      return "refused_failed";
    case SendResult::refused_unsendable:
      return "refused_unsendable";
  }
  return "";
}

std::string describe(Duration duration) { return std::to_string(duration.count()) + " ms"; }
std::string describe(SocketId socket) { return std::to_string(socket.value); }
std::string describe(Handle value) { return std::to_string(value.value); }

std::string describe(Instant at) {
  return at == Instant::never() ? "never" : std::to_string(at.count());
}

std::string describe(const ConnectionState& state) {
  std::string text = describe(state.phase);
  text += state.failure == Failure::none ? "" : " " + std::string{to_string(state.failure)};
  text += state.reopen ? " reopen" : "";
  text += " socket " + describe(state.socket) + " attempt " + std::to_string(state.attempt);
  return text + " deadline " + describe(state.deadline);
}

std::string describe(const ConnectionCommand& command) { return std::visit(InWords{}, command); }
std::string describe(const Report& report) { return std::visit(InWords{}, report); }

}  // namespace openline
