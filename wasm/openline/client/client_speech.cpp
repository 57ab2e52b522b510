// The half of the client that a line needs which speaks openline.1.

#include <openline/client/client.hpp>

#include <utility>

namespace openline {

Speech* Client::speech() {
  pump();
  return speech_ ? &*speech_ : nullptr;
}

void Client::begin_turn() {
  if (speech_) {
    speech_->runs().clear();
  }
}

/// A socket may be called open once the server has said WELCOME.
void Client::greet(SocketId socket) {
  if (state_.phase == Phase::opening && state_.socket == socket) {
    speech_->greet(socket);
    set_alarm();
  }
}

void Client::take(const FrameInput& input, std::string& bytes) {
  const bool is_greeting = state_.phase == Phase::opening && speech_ && speech_->is_greeting();
  const bool is_current =
      state_.socket == input.socket && (state_.phase == Phase::open || is_greeting);
  if (!speech_ || !is_current) {
    if (input.handle != Handle{}) {
      reports_.add(DropReport{input.handle, DropCause::stale});
    }
    return;
  }
  follow(speech_->hear({input.handle, std::move(bytes)}));
  if (state_.phase == Phase::open) {
    note_life(input.socket);
  }
  set_alarm();
}

void Client::follow(Heard heard) {
  switch (heard) {
    case Heard::nothing:
      return;
    case Heard::room:
      sender_.flush(state_.socket, clock_.now());
      return;
    case Heard::welcome:
      begin_speech();
      return;
    case Heard::fault:
      advance(SocketFaulty{state_.socket});
      return;
  }
}

void Client::begin_speech() {
  HeartbeatOptions& heartbeat = config_.options.connection.heartbeat;
  heartbeat = speech_->heartbeat(heartbeat);
  advance(SocketOpened{state_.socket});
  // What it brings is told behind the open event.
  follow(speech_->begin() ? Heard::room : Heard::fault);
}

void Client::after_step_of_speech(const ConnectionState& before) {
  const bool had_connection = before.phase == Phase::opening || before.phase == Phase::open;
  const bool is_same = state_.socket == before.socket &&
                       (state_.phase == Phase::opening || state_.phase == Phase::open);
  if (had_connection && !is_same) {
    speech_->end();
  }
  const bool is_over = state_.phase == Phase::closed || state_.phase == Phase::failed;
  if (is_over && state_.phase != before.phase) {
    speech_->give_up();
  }
}

}  // namespace openline
