#include <simulation/invariants/liveness.hpp>

#include <openline/connection/close_reason.hpp>

#include <algorithm>

namespace openline {
namespace {

constexpr Duration close_latest = Duration::seconds(20);     // see Network::end
constexpr Duration answer_latest = Duration::seconds(20);    // see Application
constexpr Duration messages_latest = Duration::seconds(15);  // of a network that was slow
constexpr Duration handshake_longest = Duration::seconds(10);

}  // namespace

void Liveness::learn(const CloseReport& report) {
  has_wished_ = has_wished_ || retry_after_in(report.reason).has_value();
  // A server that is well closes nothing: a connection that was well and stays alive must not end.
  judge_.require(well_since_ == Instant::never() || story_.ended_at == now(),
                 "ended though all is well", story_.attempt.value);
}

void Liveness::learn(const CalmBegins& /*fact*/) {
  calm_since_ = now();
  healed_at_ = now() + messages_latest;
}

bool Liveness::is_well() const {
  const ConnectionState& state = story_.state();
  // A ping that was lost or delayed before may still end the connection.
  const bool is_known = !story_.options().heartbeat.is_on() || story_.heard_at >= healed_at_;
  const bool is_seen = !story_.is_hidden && !story_.is_stored;
  return is_known && is_seen && state.phase == Phase::open &&
         story_.scene.network.is_well(state.socket) && story_.scene.client.outbox().is_empty();
}

Duration Liveness::bound() const {
  // The worst that can be under way when the faults end, one after the other: a silent connection
  // to notice, an old question that nobody answers, a wait as long as a server may ask for or the
  // budget requires, and an attempt that fails for an old reason; then a wait and one that
  // succeeds.
  const ConnectionOptions& options = story_.options();
  const HeartbeatOptions& heartbeat = options.heartbeat;
  const Duration notice =
      heartbeat.is_on() ? heartbeat.interval * 2 + heartbeat.timeout + heartbeat.probe_timeout * 2
                        : Duration{};
  const Duration wait = std::max(options.backoff.delay_max, options.budget.window) +
                        options.backoff.base + hint_gap * 2;
  const Duration wish = has_wished_ ? retry_after_max + options.backoff.base : Duration{};
  return notice + messages_latest + close_latest + options.close_timeout +
         (options.connect_timeout + wait) * 3 + wish + answer_latest + handshake_longest;
}

void Liveness::settle() {
  if (calm_since_ == Instant::never()) {
    return;
  }
  if (!is_well()) {
    well_since_ = Instant::never();
    judge_.require(now() - calm_since_ <= bound(), "not open again in time",
                   (now() - calm_since_).count());
    return;
  }
  if (well_since_ == Instant::never()) {
    well_since_ = now();
  }
  // Long enough for a heartbeat to find fault with it.
  const HeartbeatOptions& heartbeat = story_.options().heartbeat;
  const Duration proof = heartbeat.is_on()
                             ? heartbeat.interval + heartbeat.timeout + heartbeat.probe_timeout
                             : Duration::seconds(1);
  is_proved_ = now() - well_since_ >= proof;
}

}  // namespace openline
