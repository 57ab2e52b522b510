#include <simulation/invariants/codes_obeyed.hpp>

namespace openline {
namespace {

/// A table of its own: the one of the client is what is judged.
bool is_rejection(CloseCode code) {
  switch (code) {
    case 1002:
    case 1003:
    case 1007:
    case 1008:
    case 1009:
    case 1010:
    case 4422:
      return true;
    default:
      return false;
  }
}

}  // namespace

void CodesObeyed::learn(const StatusReport& report) {
  const bool leaves_open = story_.phase_before == Phase::open && report.phase != Phase::open;
  if (leaves_open && story_.is_stable()) {
    refreshed_ = Answer::no;
  }
  if (report.phase == Phase::closed || report.phase == Phase::resting ||
      story_.phase_before == Phase::closing) {
    refreshed_ = Answer::no;  // the next open() begins anew; what was renewed may be old later
  }
  const bool gives_up = story_.phase_before == Phase::refreshing && report.phase != Phase::asking &&
                        report.phase != Phase::resting;
  if (gives_up) {
    // Ready, but the budget makes it wait: then they stay renewed.
    refreshed_ = ready_at_ == now() ? Answer::unknown : Answer::no;
  }
}

void CodesObeyed::learn(const CredentialsReport& report) {
  judge_.require(refreshed_ != Answer::yes, "asked for credentials again", report.socket.value);
  // A handler may have begun anew before this was passed on.
  refreshed_ = story_.ended_at == now() ? Answer::unknown : Answer::yes;
}

void CodesObeyed::learn(const CredentialsReady& fact) {
  if (fact.socket == story_.attempt) {
    ready_at_ = now();
  }
}

void CodesObeyed::learn(const CloseReport& report) {
  code_ = report.code;
  const StatusReport& status = story_.status;
  if (story_.phase_before == Phase::closing || status.phase == Phase::closed ||
      story_.ended_at == now()) {
    return;  // the application ended it, whatever the code
  }
  if (is_rejection(report.code)) {
    judge_.require(status.failure == Failure::rejected, "tried again though rejected", report.code);
  } else if (report.code == 4403) {
    judge_.require(status.failure == Failure::auth, "tried again though forbidden", report.code);
  } else if (report.code == 4401) {
    const bool has_failed = status.failure == Failure::auth;
    judge_.require(has_failed || status.phase == Phase::refreshing,
                   "neither asked for credentials nor given up", report.code);
    judge_.require(!has_failed || refreshed_ != Answer::no, "new credentials were not asked for",
                   report.code);
  } else {
    judge_.require(status.failure == Failure::none || status.failure == Failure::attempts ||
                       status.failure == Failure::url,
                   "given up though it may help", report.code);
  }
}

void CodesObeyed::settle() {
  const ConnectionState& state = story_.state();
  if (state.phase == Phase::open && story_.is_stable() && state.deadline == Instant::never()) {
    refreshed_ = Answer::no;
  }
  switch (state.failure) {
    case Failure::none:
    case Failure::attempts:  // see AttemptCount
      return;
    case Failure::auth:
      return judge_.require(code_ == 4401 || code_ == 4403, "no code asked for that", code_);
    case Failure::rejected:
      return judge_.require(is_rejection(code_), "no code asked for that", code_);
    case Failure::url:
      return judge_.require(refused_ == state.socket, "nobody refused the URL", state.socket.value);
    case Failure::protocol:
      return judge_.require(false, "nobody spoke openline.1", state.socket.value);
  }
}

}  // namespace openline
