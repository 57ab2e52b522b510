#include <openline/client/speech.hpp>

#include <openline/base/match.hpp>
#include <openline/client/client_id.hpp>
#include <openline/protocol/batch.hpp>
#include <openline/protocol/client_frame.hpp>

#include <algorithm>
#include <utility>
#include <variant>

namespace openline {

Speech::Speech(Platform& platform, Delivery& delivery, Reports& reports)
    : platform_{platform},
      delivery_{delivery},
      reports_{reports},
      random_{platform.random->seed()},
      client_id_{make_client_id(*platform.random)} {}

std::optional<StreamId> Speech::subscribe(std::string name, std::optional<Position> from) {
  const std::optional<StreamId> id = inbox_.add(std::move(name), std::move(from));
  if (id) {
    ask_for_all();
  }
  return id;
}

void Speech::resubscribe(StreamId id, std::optional<Position> from) {
  if (inbox_.restart(id, std::move(from))) {
    ask_for_all();
  }
}

void Speech::unsubscribe(StreamId id) {
  const std::optional<std::string> name = inbox_.remove(id);
  if (name && is_begun_) {
    say(openline::unsubscribe(*name));
  }
}

void Speech::greet(SocketId socket) {
  end();
  socket_ = socket;
  welcome_due_ = platform_.clock->now() + welcome_timeout;
  std::vector<StreamRequest> requests;
  for (const Subscription& each : inbox_.subscriptions()) {
    if (each.phase == StreamPhase::wanted) {
      requests.push_back({each.name, each.at});
    }
  }
  const Hello said = hello(client_id_, delivery_.first_seq(), requests);
  if (!say(said.frame)) {
    return;
  }
  std::size_t named = 0;
  for (Subscription& each : inbox_.subscriptions()) {
    if (each.phase == StreamPhase::wanted && named < said.streams_written) {
      inbox_.note_asked(each);
      named += 1;
    }
  }
}

Heard Speech::hear(Frame frame) {
  if (!frame.is_text()) {
    const Heard heard = hear_batch(frame);
    reports_.add(FrameReadReport{frame.handle});
    return heard;
  }
  ServerFrame said;
  if (read_server_frame(frame.bytes, said) || !may_come_now(said)) {
    return Heard::fault;
  }
  return match(said, [this](auto& each) { return take(each); });
}

/// Until WELCOME the server says nothing else.
bool Speech::may_come_now(const ServerFrame& frame) const {
  return is_begun_ || std::holds_alternative<Welcome>(frame) ||
         std::holds_alternative<UnknownFrame>(frame);
}

Heard Speech::hear_batch(Frame& frame) {
  const auto runs = split_batch(frame.bytes);
  if (!runs || !is_begun_) {
    return Heard::fault;
  }
  for (const Run& run : runs.value()) {
    const Inbox::Taken taken =
        inbox_.take({run.index, run.first, run.last}, platform_.clock->now());
    if (taken.verdict == RunVerdict::accepted) {
      reports_.add(PublicationsReport{taken.subscription->id, frame.handle, run.count,
                                      static_cast<std::uint32_t>(run.payload_begin),
                                      static_cast<std::uint32_t>(run.payload_size), run.last,
                                      runs_.add(run)});
    } else if (taken.verdict == RunVerdict::gap) {
      say(recover(run.index, *taken.subscription->at));
    }
  }
  runs_.keep(std::move(frame.bytes));
  return Heard::nothing;
}

Heard Speech::take(Welcome& welcome) {
  if (!is_greeting()) {
    return Heard::fault;
  }
  welcome_due_ = Instant::never();
  welcome_ = std::move(welcome);
  return Heard::welcome;
}

bool Speech::begin() {
  const DeliveryTerms terms{welcome_.ack, welcome_.max, welcome_.win};
  is_begun_ = true;
  was_welcomed_ = true;
  for (const SubscribeAnswer& each : welcome_.s) {
    hear_answer(each);
  }
  ask_for_all();
  return delivery_.resume(socket_, terms);
}

HeartbeatOptions Speech::heartbeat(const HeartbeatOptions& asked) const {
  HeartbeatOptions options = asked;
  options.interval = welcome_.hb;
  options.timeout = welcome_.idle - welcome_.hb;
  return options;
}

void Speech::ping() { say(openline::heartbeat(delivery_.ack(), true)); }

void Speech::end() {
  socket_ = SocketId{};
  welcome_due_ = Instant::never();
  is_begun_ = false;
  come_back_at_ = Instant::never();
  grace_until_ = Instant{};
  inbox_.disconnect();
  delivery_.hold();
}

void Speech::give_up() {
  // The server would wait for ever for the messages that never come.
  if (delivery_.give_up()) {
    client_id_ = make_client_id(*platform_.random);
  }
}

Instant Speech::next_due() const {
  return std::max(std::min(welcome_due_, inbox_.next_due()), grace_until_);
}

bool Speech::is_overdue() {
  const Instant now = platform_.clock->now();
  const Instant due = next_due();
  if (now < due) {
    return false;
  }
  // A page that was blocked or asleep has the answer behind this very look, if it came.
  if (now - due > lateness_max_shown && grace_until_ == Instant{}) {
    grace_until_ = now + grace;
    return false;
  }
  return true;
}

std::optional<Duration> Speech::come_back_after() const {
  if (come_back_at_ == Instant::never()) {
    return std::nullopt;
  }
  return std::max(come_back_at_ - platform_.clock->now(), Duration{});
}

/// SUBSCRIBE for all that HELLO did not name.
void Speech::ask_for_all() {
  if (!is_begun_) {
    return;
  }
  for (Subscription& each : inbox_.subscriptions()) {
    if (each.phase == StreamPhase::wanted && say(openline::subscribe({each.name, each.at}))) {
      inbox_.note_asked(each);
    }
  }
}

/// A control frame. False: the socket is closing, and the next connection begins anew.
bool Speech::say(std::string_view frame) {
  return platform_.sockets->send_text(socket_, {frame, Handle{}, {}}) == SendOutcome::sent;
}

}  // namespace openline
