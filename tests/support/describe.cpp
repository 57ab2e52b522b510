#include <support/describe.hpp>

#include <array>
#include <cstddef>
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
    case DropCause::expired:
      return "expired";
    case DropCause::overflow:
      return "overflow";
  }
  return "";
}

std::string settlement_of(Settlement how) {
  switch (how) {
    case Settlement::acked:
      return "acked";
    case Settlement::rejected:
      return "rejected";
    case Settlement::too_large:
      return "too large";
    case Settlement::unknown:
      return "unknown";
  }
  return "";
}

std::string in_words(const PositionView& position) {
  return std::string{position.epoch} + "/" + std::to_string(position.offset);
}

/// What is as it is at first goes without saying.
std::string in_words(const char* name, Instant at, Instant at_first) {
  return at == at_first ? "" : name + describe(at);
}

struct InWords {
  std::string operator()(const RefreshCredentials& c) const {
    return "refresh " + describe(c.socket);
  }
  std::string operator()(const AskUrl& c) const { return "ask_url " + describe(c.socket); }
  std::string operator()(const OpenSocket& c) const { return "open_socket " + describe(c.socket); }
  std::string operator()(const CloseSocket& c) const {
    return "close_socket " + describe(c.socket) + " " + std::to_string(c.code);
  }
  std::string operator()(const DiscardSocket& c) const { return "discard " + describe(c.socket); }
  std::string operator()(const SendPing& c) const { return "send_ping " + describe(c.socket); }
  std::string operator()(const ReportOpened& /*c*/) const { return "report_opened"; }
  std::string operator()(const ReportErrored& /*c*/) const { return "report_errored"; }
  std::string operator()(const ReportClosed& c) const {
    return "report_closed " + std::to_string(c.code);
  }
  std::string operator()(const ReportOutage& c) const {
    return "report_outage " + describe(c.down);
  }

  std::string operator()(const StatusReport& r) const {
    std::string text = "status " + describe(r.phase);
    text += r.failure == Failure::none ? "" : " " + std::string{to_string(r.failure)};
    text += r.attempt == 0 ? "" : " attempt " + std::to_string(r.attempt);
    return text + (r.retry_at == Instant::never() ? "" : " retry at " + describe(r.retry_at));
  }
  std::string operator()(const CredentialsReport& r) const {
    return "credentials " + describe(r.socket);
  }
  std::string operator()(const UrlReport& r) const { return "url " + describe(r.socket); }
  std::string operator()(const OpenReport& /*r*/) const { return "open"; }
  std::string operator()(const MessageReport& r) const { return "message " + describe(r.value); }
  std::string operator()(const SubscribedReport& r) const {
    return "subscribed " + std::to_string(r.stream.value) + " at " + in_words(r.at);
  }
  std::string operator()(const ResyncReport& r) const {
    return "resync " + std::to_string(r.stream.value) + " top " + in_words(r.top);
  }
  std::string operator()(const DeniedReport& r) const {
    return "denied " + std::to_string(r.stream.value) + " " + std::to_string(r.code) + " " +
           std::string{r.text};
  }
  std::string operator()(const PublicationsReport& r) const {
    return "publications " + std::to_string(r.stream.value) + " x" + std::to_string(r.count) +
           " up to " + std::to_string(r.last);
  }
  std::string operator()(const FrameReadReport& r) const { return "read " + describe(r.frame); }
  std::string operator()(const ReplyReport& r) const {
    return "reply " + describe(r.value) + " " + std::string{r.json};
  }
  std::string operator()(const SettledReport& r) const {
    const std::string text{r.text};
    const std::string code = r.code == 0 ? "" : " " + std::to_string(r.code) + " " + text;
    return "settled " + describe(r.value) + " " + settlement_of(r.how) + code;
  }
  std::string operator()(const PingReport& r) const { return "ping " + describe(r.socket); }
  std::string operator()(const OutageReport& r) const { return "outage " + describe(r.down); }
  std::string operator()(const ErrorReport& /*r*/) const { return "error"; }
  std::string operator()(const CloseReport& r) const {
    const std::string reason = r.reason.empty() ? "" : " '" + std::string{r.reason} + "'";
    return "close " + std::to_string(r.code) + (r.was_clean ? " clean" : "") + reason;
  }
  std::string operator()(const DropReport& r) const {
    return "drop " + describe(r.value) + " " + cause_of(r.cause);
  }
  std::string operator()(const FlushReport& r) const { return "flush " + describe(r.value); }
};

}  // namespace

std::string describe(Phase phase) {
  switch (phase) {
    case Phase::refreshing:
      return "refreshing";
    case Phase::asking:
      return "asking";
    case Phase::opening:
      return "opening";
    case Phase::resting:
      return "resting";
    case Phase::idle:
    case Phase::open:
    case Phase::waiting:
    case Phase::closing:
    case Phase::closed:
    case Phase::failed:
      return std::string{to_string(phase)};
  }
  return "";
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

std::string describe(PageSignal signal) {
  constexpr std::array<const char*, page_signal_count> names{
      "online", "offline", "shown", "hidden", "resumed", "stored", "restored"};
  return names[static_cast<std::size_t>(signal)];
}

std::string describe(const PageState& page) {
  std::string text;
  text += page.is_offline ? " offline" : "";
  text += page.is_hidden ? " hidden" : "";
  text += page.is_stored ? " stored" : "";
  text += page.is_resting ? " resting" : "";
  return text + in_words(" rests_at ", page.rests_at, Instant::never());
}

std::string describe(const Heartbeat& heartbeat) {
  std::string text = in_words(" heard_at ", heartbeat.heard_at, Instant{});
  text += in_words(" due ", heartbeat.due, Instant::never());
  text += in_words(" next_probe_at ", heartbeat.next_probe_at, Instant{});
  text += heartbeat.unsent == 0 ? "" : " unsent " + std::to_string(heartbeat.unsent);
  text += heartbeat.is_awaiting ? " awaiting" : "";
  text += heartbeat.is_probe ? " probe" : "";
  return text + (heartbeat.has_grace ? " grace" : "");
}

std::string describe(const ConnectionState& state) {
  std::string text = describe(state.phase);
  text += state.failure == Failure::none ? "" : " " + std::string{to_string(state.failure)};
  text += state.reopen ? " reopen" : "";
  text += " socket " + describe(state.socket) + " attempt " + std::to_string(state.attempt);
  text += " deadline " + describe(state.deadline);
  text += state.backoff_step == 0 ? "" : " step " + std::to_string(state.backoff_step);
  text += in_words(" not_before ", state.not_before, Instant{});
  text += in_words(" spent_until ", state.spent_until, Instant{});
  text += in_words(" hinted_until ", state.hinted_until, Instant{});
  text += in_words(" next_hint_at ", state.next_hint_at, Instant{});
  text += in_words(" lost_at ", state.lost_at, Instant::never());
  text += state.began_offline ? " began_offline" : "";
  text += state.has_refreshed ? " has_refreshed" : "";
  text += state.faults == 0 ? "" : " faults " + std::to_string(state.faults);
  return text + describe(state.page) + describe(state.heartbeat);
}

std::string describe(const ConnectionCommand& command) { return std::visit(InWords{}, command); }
std::string describe(const Report& report) { return std::visit(InWords{}, report); }

}  // namespace openline
