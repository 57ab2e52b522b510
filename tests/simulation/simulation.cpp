#include <simulation/simulation.hpp>

#include <simulation/client_in_world.hpp>
#include <simulation/options_of_seed.hpp>

namespace openline {
namespace {

bool is_of_socket(Happening what) {
  return what >= Happening::socket_opens && what <= Happening::socket_closes;
}

}  // namespace

Simulation::Simulation(std::uint64_t seed, bool is_printing)
    : world_{seed, is_printing},
      options_{draw_options(world_.chance())},
      server_{world_, options_.connection.connect_timeout},
      network_{world_, server_, options_.heartbeat},
      page_{world_, network_},
      client_{make_client(options_, world_, network_)},
      invariants_{Scene{world_, network_, *client_, options_, verdict_}},
      application_{{world_, network_, *client_, invariants_}, options_} {
  network_.watched_by(invariants_);
}

Outcome Simulation::run() {
  begin();
  run_with_faults();
  const bool is_cut_off = world_.chance().one_in(8);  // the page goes in the midst of it
  if (!is_cut_off) {
    run_in_calm();
  }
  end();
  return {world_.trace().hash(), events_,         world_.faults(),
          verdict_.invariant(),  verdict_.what(), world_.coverage()};
}

void Simulation::begin() {
  world_.coverage().note(StatusReport{});  // idle, which no client reports
  application_.bring_messages();
  application_.open();
  work();
  world_.schedule(Duration{}, {.what = Happening::application_acts});
  world_.schedule(Duration::milliseconds(500), {.what = Happening::server_acts});
  world_.schedule(Duration::milliseconds(700), {.what = Happening::network_acts});
  world_.schedule(Duration::milliseconds(900), {.what = Happening::page_acts});
}

void Simulation::run_with_faults() {
  while (goes_on() && (events_ < events_min || world_.faults() < faults_min)) {
    take_next();
  }
}

void Simulation::run_in_calm() {
  world_.end_faults();
  server_.recover();
  network_.heal(options_.connection.heartbeat.is_on());
  page_.recover();
  invariants_.learn(CalmBegins{});
  while (goes_on() && !invariants_.has_proved_liveness()) {
    take_next();
    if (client_->state().phase == Phase::failed || client_->state().phase == Phase::closed) {
      application_.want_open();
      work();
    }
  }
  if (verdict_.is_good() && events_ >= events_max) {
    verdict_.violate("liveness", "too many events", static_cast<std::int64_t>(events_));
  }
}

void Simulation::end() {
  client_.reset();
  if (verdict_.is_good()) {
    invariants_.check_end();
  }
}

void Simulation::take_next() {
  if (is_bundling_ && !(world_.is_next_due() && is_of_socket(world_.next_happening()))) {
    work();
  }
  const WorldEvent event = world_.next();
  if (page_.is_frozen()) {
    world_.disturb();  // nothing can be noticed in time
  }
  if (!happen(event)) {
    return;
  }
  events_ += 1;
  // Several events may wait for the client before it is asked to work through them.
  if (is_of_socket(event.what) && world_.is_next_due() && world_.chance().one_in(2)) {
    is_bundling_ = true;
  } else {
    work();
  }
}

void Simulation::work() {
  is_bundling_ = false;
  drain();
  if (verdict_.is_good()) {
    invariants_.settle();
  }
}

/// False if nobody noticed anything.
bool Simulation::happen(const WorldEvent& event) {
  if (!is_seen_by_page(event.what)) {
    return happen_outside(event);
  }
  const bool is_farewell = event.what == Happening::page_signals &&
                           event.value == static_cast<std::uint32_t>(PageSignal::stored);
  if (page_.is_frozen() && !is_farewell) {
    page_.hold(event);
    return false;
  }
  return happen_to_page(event);
}

bool Simulation::happen_to_page(const WorldEvent& event) {
  if (is_of_socket(event.what)) {
    return network_.deliver(event, *client_);
  }
  if (event.what == Happening::alarm_rings) {
    return ring(event);
  }
  world_.trace().note(event, world_.now());
  if (event.what == Happening::url_answered) {
    application_.answer_url(event);
  } else if (event.what == Happening::credentials_answered) {
    application_.answer_credentials(event);
  } else if (event.what == Happening::page_signals) {
    signal(static_cast<PageSignal>(event.value));
  } else if (event.value == 1) {
    application_.want_open();
  } else {
    application_.act();
    world_.schedule(world_.chance().milliseconds(0, 2'500), {.what = Happening::application_acts});
  }
  return true;
}

bool Simulation::ring(const WorldEvent& event) {
  const Instant alarm = world_.alarm();
  if (!world_.take_alarm(event)) {
    return false;
  }
  world_.trace().note(event, world_.now());
  invariants_.learn(Rang{world_.now() - alarm});
  client_->woken();
  return true;
}

void Simulation::signal(PageSignal signal) {
  invariants_.learn(PageSignalled{signal});
  client_->page_signalled(signal);
}

bool Simulation::happen_outside(const WorldEvent& event) {
  world_.trace().note(event, world_.now());
  switch (event.what) {
    case Happening::page_thaws:
      page_.thaw();
      return true;
    case Happening::page_shows:
      page_.show();
      return true;
    case Happening::network_returns:
      page_.network_returns();
      return true;
    case Happening::link_ends:
      network_.end(event);
      return true;
    case Happening::server_gets_ping:
      network_.answer_ping({event.socket});
      return true;
    case Happening::server_drops:
    case Happening::page_acts:
    case Happening::network_acts:
    case Happening::server_acts:
      return world_.is_faulty() && make_trouble(event);
    case Happening::alarm_rings:
    case Happening::url_answered:
    case Happening::credentials_answered:
    case Happening::application_acts:
    case Happening::socket_opens:
    case Happening::message_comes:
    case Happening::socket_errs:
    case Happening::socket_closes:
    case Happening::page_signals:
      return false;
  }
  return false;
}

/// Whoever makes trouble does so again some time.
bool Simulation::make_trouble(const WorldEvent& event) {
  if (event.what == Happening::server_drops) {
    network_.close_by_server(event);
    return true;
  }
  Duration again;
  if (event.what == Happening::page_acts) {
    page_.act();
    again = world_.chance().milliseconds(200, 10'000);
  } else if (event.what == Happening::network_acts) {
    network_.act();
    again = world_.chance().milliseconds(1'000, 25'000);
  } else {
    network_.carry_out(server_.act(network_.has_open()));
    again = world_.chance().milliseconds(100, 5'000);
  }
  world_.schedule(again, {.what = event.what});
  return true;
}

/// The host: the client works, then the application hears of it, and may call the client again.
void Simulation::drain() {
  constexpr int rounds_max = 1'000;
  for (int round = 0; round < rounds_max; ++round) {
    client_->pump();
    if (client_->reports().empty()) {
      return;
    }
    reports_.clear();
    client_->move_reports(reports_);
    for (const Report& report : reports_) {
      world_.trace().note(report);
      world_.coverage().note(report);
      invariants_.learn_report(report);
      application_.hear(report);
    }
  }
  verdict_.violate("liveness", "the client reports without end", rounds_max);
}

Outcome run_seed(std::uint64_t seed, bool is_printing) {
  return Simulation{seed, is_printing}.run();
}

}  // namespace openline
