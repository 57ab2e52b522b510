// What the frames of the server lead to.

#include <openline/client/speech.hpp>

#include <openline/protocol/client_frame.hpp>

#include <cstdint>

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
  if (!answer.is_granted) {
    const Subscription* found =
        answer.is_unasked ? inbox_.end(answer.stream) : inbox_.deny(answer.stream);
    if (found != nullptr) {
      reports_.add(DeniedReport{found->id, answer.code, reports_.keep(answer.text)});
    }
    return;
  }
  const Grant grant{answer.index, answer.top, answer.recovered};
  const Subscription* found = inbox_.grant(answer.stream, grant);
  if (found == nullptr) {
    if (!inbox_.has(answer.stream)) {
      say(openline::unsubscribe(answer.stream));  // let go of before WELCOME
    }
    return;
  }
  if (found->phase == StreamPhase::lost) {
    reports_.add(ResyncReport{found->id, reports_.keep(answer.top)});
  } else {
    reports_.add(SubscribedReport{found->id, reports_.keep(*found->at)});
  }
}

Heard Speech::take(const Resync& resync) {
  if (const Subscription* lost = inbox_.resync(resync.index)) {
    reports_.add(ResyncReport{lost->id, reports_.keep(resync.top)});
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
