#include <openline/client/client.hpp>

#include <openline/base/assert.hpp>
#include <openline/base/match.hpp>
#include <openline/connection/close_reason.hpp>

#include <algorithm>
#include <memory>
#include <utility>

namespace openline {
namespace {

/// The clock of the platform, which stands still within a turn from now on.
TurnClock& with_turns(Platform& platform) {
  auto clock = std::make_unique<TurnClock>(std::move(platform.clock));
  TurnClock& slow = *clock;
  platform.clock = std::move(clock);
  return slow;
}

}  // namespace

Client::Client(ClientConfig config, Platform platform)
    : config_{std::move(config)},
      platform_{std::move(platform)},
      clock_{with_turns(platform_)},
      random_{platform_.random->seed()},
      executor_{*platform_.sockets, reports_, std::move(config_.protocols)},
      sender_{*platform_.sockets, reports_, config_.options.sender} {
  executor_.set_binary_type(config_.binary_type);
  if (config_.speaks_openline_1) {
    executor_.set_binary_type(BinaryType::arraybuffer);
    // Anything that comes in is life; how often is what WELCOME says.
    config_.options.heartbeat = HeartbeatAnswer::message;
    speech_.emplace(platform_, sender_.keep_until_settled(), reports_);
  }
}

Client::~Client() {
  sender_.flush_held(state_, clock_.now());
  if (has_socket(state_.phase)) {
    platform_.sockets->discard(state_.socket);
  }
  clock_.wake_at(Instant::never());
}

void Client::enqueue(Input input) {
  // A host pumps after every call, but not while it passes reports on: an application that calls
  // again and again from there must not fill the queue.
  if (inputs_.is_full()) {
    pump();
  }
  const bool is_taken = inputs_.push(std::move(input));
  OL_ASSERT(is_taken);
}

void Client::pump() {
  if (is_pumping_) {
    return;
  }
  is_pumping_ = true;
  clock_.go_on();
  while (!inputs_.is_empty()) {
    Input input = inputs_.pop();
    match(input.what, [&](const auto& each) { take(each, input.text); });
  }
  is_pumping_ = false;
}

void Client::take(const ConnectionEvent& event, std::string& /*text*/) {
  if (std::holds_alternative<Woken>(event)) {
    alarm_ = Instant::never();  // it rings once
    sender_.drop_expired(clock_.now());
    flush_if_due();
  }
  if (speech_ && std::holds_alternative<SocketOpened>(event)) {
    greet(std::get_if<SocketOpened>(&event)->socket);
    return;
  }
  advance(event);
  if (speech_ && speech_->is_overdue()) {
    // A server that has welcomed this line before speaks well enough, and is only slow.
    advance(SocketFaulty{state_.socket, !speech_->was_welcomed()});
  }
  set_alarm();
}

void Client::take(const CloseInput& input, std::string& reason) {
  sender_.flush_held(state_, clock_.now());
  executor_.set_close_reason(std::move(reason));
  advance(CloseRequested{input.code});
  executor_.set_close_reason({});
}

void Client::take(const UrlInput& input, std::string& url) {
  executor_.set_url(std::move(url));  // used only if the machine then opens the socket
  advance(UrlReady{input.socket});
}

void Client::take(const MessageInput& input, std::string& /*text*/) {
  // WHATWG: once the closing handshake has begun no message event is fired, so only an open socket
  // may deliver; what an abandoned one still says ends here.
  const bool is_current = state_.phase == Phase::open && state_.socket == input.socket;
  if (is_current) {
    reports_.add(MessageReport{input.value});
    note_life(input.socket);
  } else {
    reports_.add(DropReport{input.value, DropCause::stale});
  }
}

void Client::take(const ClosedInput& input, std::string& reason) {
  std::optional<Duration> retry_after = retry_after_in(reason);
  if (speech_ && !retry_after && input.socket == state_.socket) {
    retry_after = speech_->come_back_after();
  }
  executor_.set_closed_how({input.code, input.was_clean, reason});
  advance(SocketClosed{input.socket, input.code, retry_after});
  executor_.set_closed_how(CloseReport{});
}

// A step of the machine, and what it wants done.

void Client::advance(const ConnectionEvent& event) {
  const ConnectionState before = state_;
  const StepInputs inputs{clock_.now(), random_.next(), unsent_for(event)};
  const Transition transition = step(config_.options.connection, state_, event, inputs);
  state_ = transition.state;
  // Status first: whoever hears of open or close finds the line in its new state (WHATWG
  // readyState).
  if (!(status_of(state_) == status_of(before))) {
    reports_.add(status_of(state_));
  }
  for (const ConnectionCommand& command : transition.commands) {
    carry_out(command);
  }
  after_step(before);
}

void Client::carry_out(const ConnectionCommand& command) {
  if (speech_ && std::holds_alternative<SendPing>(command)) {
    speech_->ping();
    ping_sent(state_.socket);
    return;
  }
  if (const auto outcome = executor_.execute(command)) {
    notice(*outcome);
  }
}

void Client::after_step(const ConnectionState& before) {
  if (state_.phase == Phase::open && before.phase != Phase::open) {
    sender_.flush(state_.socket, clock_.now());
  }
  if (state_.phase == Phase::closed && before.phase != Phase::closed) {
    sender_.drop_all();
  }
  if (speech_) {
    after_step_of_speech(before);
  }
  set_alarm();
}

/// A message came in: life, perhaps, and a chance to look at the clock, whose timers may be held
/// back. An answer that is waited for may stand right behind it: the alarm judges that.
void Client::note_life(SocketId socket) {
  if (flush_if_due()) {
    set_alarm();
  }
  if (config_.options.heartbeat == HeartbeatAnswer::message) {
    advance(SocketHeard{socket});
  }
  const bool is_on = config_.options.heartbeat != HeartbeatAnswer::none;
  if (is_on && !state_.heartbeat.is_awaiting && clock_.now() >= alarm_) {
    advance(Woken{});
  }
}

/// What waited behind a full socket: there may be room by now.
bool Client::flush_if_due() {
  if (state_.phase != Phase::open || clock_.now() < sender_.next_flush(state_.socket)) {
    return false;
  }
  sender_.flush(state_.socket, clock_.now());
  return true;
}

/// Only where it matters: asking a browser's socket costs more than a step.
std::uint64_t Client::unsent_for(const ConnectionEvent& event) {
  const bool matters =
      std::holds_alternative<Woken>(event) || std::holds_alternative<PingSent>(event);
  if (!matters || state_.phase != Phase::open || !config_.options.connection.heartbeat.is_on()) {
    return 0;
  }
  return static_cast<std::uint64_t>(platform_.sockets->buffered_amount(state_.socket));
}

void Client::set_alarm() {
  // Compared with the alarm and not with the deadline before: an alarm that rang early, or led to
  // the same instant, is gone and must be set again.
  Instant wanted = std::min(wake_time(state_), sender_.next_expiry());
  if (state_.phase == Phase::open) {
    wanted = std::min(wanted, sender_.next_flush(state_.socket));
  }
  if (speech_) {
    wanted = std::min(wanted, speech_->next_due());
  }
  if (wanted != alarm_) {
    alarm_ = wanted;
    clock_.wake_at(alarm_);
  }
}

SendResult Client::send(Handle value, const MessageSize& size) {
  pump();
  // A pump from within the port must not move the line on before the fate of `value` is known.
  const bool was_pumping = std::exchange(is_pumping_, true);
  const SendResult result = sender_.send(state_, {value, size}, clock_.now());
  is_pumping_ = was_pumping;
  set_alarm();
  return result;
}

SendResult Client::adopt(Handle value, std::uint64_t bytes, Duration age) {
  pump();
  const bool was_pumping = std::exchange(is_pumping_, true);
  const Instant now = clock_.now();
  const SendResult result = sender_.adopt(state_, {value, {bytes, true}}, {now - age, now});
  is_pumping_ = was_pumping;
  set_alarm();
  return result;
}

void Client::set_binary_type(BinaryType type) {
  executor_.set_binary_type(type);
  if (has_socket(state_.phase)) {
    platform_.sockets->set_binary_type(state_.socket, type);
  }
}

double Client::buffered_amount() {
  const auto waiting = static_cast<double>(sender_.outbox().bytes());
  return has_socket(state_.phase) ? waiting + platform_.sockets->buffered_amount(state_.socket)
                                  : waiting;
}

}  // namespace openline
