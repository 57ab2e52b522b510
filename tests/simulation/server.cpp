#include <simulation/server.hpp>

#include <array>

namespace openline {
namespace {

constexpr std::array<CloseCode, 6> codes_of_drops{1000, 1001, 1006, 1006, 1006, 1011};
constexpr std::array<CloseCode, 3> codes_of_restarts{1001, 1012, 1012};
/// Some of each meaning; see close_code.hpp.
constexpr std::array<CloseCode, 12> other_codes{1000, 1002, 1003, 1005, 1008, 1009,
                                                1011, 3000, 4408, 4422, 4429, 4500};

}  // namespace

Handshake Server::handshake() {
  const Duration soon = world_.chance().milliseconds(0, 20);
  switch (mood_) {
    case Mood::well:
    case Mood::drops:
    case Mood::overloaded:
    case Mood::distrusts:
      return {Handshake::Fate::accepted, soon};
    case Mood::refuses:
      world_.inject(Fault::handshake_refused);
      return {Handshake::Fate::refused, soon};
    case Mood::hangs:
      world_.inject(Fault::handshake_hangs);
      return {Handshake::Fate::hangs, soon};
    case Mood::late:
      world_.inject(Fault::handshake_late);
      return {
          Handshake::Fate::accepted,
          Duration::milliseconds(connect_timeout_.count() * world_.chance().between(7, 20) / 10)};
  }
  return {};
}

ServerClose Server::close_of_mood() {
  world_.inject(Fault::accepted_and_dropped);
  if (mood_ == Mood::overloaded) {
    world_.inject(Fault::server_overloaded);
    return with_wish(1013, 2);
  }
  if (mood_ == Mood::distrusts) {
    world_.inject(Fault::unauthorized);
    return {4401, 0};
  }
  return with_wish(world_.chance().pick(codes_of_drops), 6);
}

ServerAct Server::act(bool has_client) {
  Chance& chance = world_.chance();
  // Without a client there is nobody to be silent or to speak to.
  switch (chance.below(has_client ? 12 : 4)) {
    case 0:
    case 1:
    case 2:
    case 3:
      change_mood();
      return {};
    case 4:
      if (world_.strikes(Fault::server_deaf, 2)) {
        is_deaf_ = true;
      } else {
        is_deaf_ = false;
      }
      return {};
    case 5:
      return {ServerAct::Kind::falls_silent, 0, {}};
    case 6:
      return {ServerAct::Kind::closes, 0, some_close()};
    default:
      return {ServerAct::Kind::speaks, chance.between(1, 6), {}};
  }
}

void Server::change_mood() {
  constexpr std::array<Mood, 12> moods{
      Mood::well,  Mood::well, Mood::well,    Mood::well,  Mood::well,       Mood::refuses,
      Mood::hangs, Mood::late, Mood::refuses, Mood::drops, Mood::overloaded, Mood::distrusts};
  mood_ = world_.chance().pick(moods);
}

ServerClose Server::some_close() {
  Chance& chance = world_.chance();
  switch (chance.below(12)) {
    case 0:
    case 1:
    case 2:
    case 10:
    case 11:
      world_.inject(Fault::server_restart);
      if (chance.one_in(2)) {
        mood_ = Mood::refuses;
      }
      return with_wish(chance.pick(codes_of_restarts), 4);
    case 3:
      world_.inject(Fault::server_overloaded);
      return with_wish(1013, 2);
    case 4:
    case 5:
      world_.inject(Fault::unauthorized);
      return {4401, 0};
    case 6:
      world_.inject(Fault::forbidden);
      return {4403, 0};
    case 7:
      world_.inject(Fault::server_closes);
      return with_wish(chance.pick(other_codes), 4);
    default:
      world_.inject(Fault::connection_lost);
      return {close_abnormal, 0};
  }
}

/// Once in so many times the server says when to come back; seldom it exaggerates.
ServerClose Server::with_wish(CloseCode code, std::uint32_t chance) {
  if (code == close_abnormal || !world_.strikes(Fault::retry_after, chance)) {
    return {code, 0};
  }
  const std::uint32_t most = world_.chance().one_in(10) ? 900'000 : 20'000;
  return {code, world_.chance().below(most) + 1};
}

}  // namespace openline
