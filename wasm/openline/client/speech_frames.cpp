// What the frames of the server lead to.

#include <openline/client/speech.hpp>

#include <openline/protocol/client_frame.hpp>

#include <cstdint>
#include <variant>

namespace openline {

Heard Speech::take(const Ack& ack) { return settle(ack.seq); }
Heard Speech::take(const HeartbeatFrame& frame) {
  // An ack may have been lost with the socket that it came on: this one makes up for it.
  const Heard heard = settle(frame.ack);
  say(openline::heartbeat(delivery_.ack(), false));
  return heard;
}

Heard Speech::settle(std::uint64_t seq) {
  return delivery_.settle(seq) ? Heard::room : Heard::fault;
}

Heard Speech::take(const Nack& nack) {
  return delivery_.reject(nack.seq, nack.code, nack.text) ? Heard::room : Heard::fault;
}

Heard Speech::take(const Reply& reply) {
  delivery_.reply(reply.seq, reply.value);
  return Heard::nothing;
}

Heard Speech::take(const Subscribed& frame) {
  hear_answer(frame.answer);
  return Heard::nothing;
}

void Speech::hear_answer(const SubscribeAnswer& answer) {
  if (const auto* denied = std::get_if<Denied>(&answer)) {
    const Subscription* found =
        denied->is_unasked ? inbox_.end(denied->stream) : inbox_.deny(denied->stream);
    if (found != nullptr) {
      reports_.emplace_back(DeniedReport{found->id, denied->code, denied->text});
    }
    return;
  }
  const Granted& granted = *std::get_if<Granted>(&answer);
  const Grant grant{granted.index, granted.top, granted.recovered};
  const Subscription* found = inbox_.grant(granted.stream, grant);
  if (found == nullptr) {
    if (!inbox_.has(granted.stream)) {
      say(openline::unsubscribe(granted.stream));  // let go of before WELCOME
    }
    return;
  }
  if (found->phase == StreamPhase::lost) {
    reports_.emplace_back(ResyncReport{found->id, granted.top});
  } else {
    reports_.emplace_back(SubscribedReport{found->id, *found->at});
  }
}

Heard Speech::take(const Resync& resync) {
  if (const Subscription* lost = inbox_.resync(resync.index)) {
    reports_.emplace_back(ResyncReport{lost->id, resync.top});
  }
  return Heard::nothing;
}

Heard Speech::take(const Goaway& goaway) {
  delivery_.hold();
  const auto spread = static_cast<std::uint64_t>(goaway.spread.count());
  const auto share = static_cast<std::int64_t>(random_.next() % (spread + 1));
  come_back_at_ = platform_.clock->now() + goaway.after + Duration::milliseconds(share);
  return Heard::nothing;
}

Heard Speech::take(const UnknownFrame& /*frame*/) { return Heard::nothing; }

}  // namespace openline
