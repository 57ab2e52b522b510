#include <simulation/network.hpp>

#include <support/catch.hpp>
#include <simulation/client_in_world.hpp>
#include <simulation/invariants/invariants.hpp>

#include <memory>
#include <variant>
#include <vector>

using namespace openline;

namespace {

constexpr SocketId first{1};

/// A client, a well server and a network without faults, and what the client reported.
class QuietLine {
 public:
  QuietLine() : client_{make_client(ClientOptions{}, world, network)}, invariants_{scene()} {
    network.watched_by(invariants_);
    world.end_faults();
    client_->open();
    client_->pump();
    client_->url_ready(first, "wss://example.test/line");
    client_->pump();
    run_for(Duration::seconds(1));
  }

  void run_for(Duration duration) {
    world.schedule(duration, {.what = Happening::page_acts});
    for (WorldEvent event = world.next(); event.what != Happening::page_acts;
         event = world.next()) {
      take(event);
    }
  }
  [[nodiscard]] Phase phase() const { return client_->state().phase; }
  [[nodiscard]] std::vector<std::uint32_t> messages() {
    std::vector<std::uint32_t> found;
    for (const Report& report : client_->reports()) {
      if (const auto* message = std::get_if<MessageReport>(&report)) {
        found.push_back(message->value.value);
      }
    }
    return found;
  }
  void speak(std::uint32_t count) { network.carry_out({ServerAct::Kind::speaks, count, {}}); }

  World world{1, false};
  Server server{world, Duration::seconds(10)};
  Network network{world, server, HeartbeatAnswer::none};

 private:
  Scene scene() { return {world, network, *client_, options_, verdict_}; }
  void take(const WorldEvent& event) {
    if (event.what == Happening::link_ends) {
      network.end(event);
    } else if (event.what >= Happening::socket_opens && is_seen_by_page(event.what)) {
      const bool is_heard = network.deliver(event, *client_);
      heard += is_heard ? 1 : 0;
      client_->pump();
    } else if (event.what == Happening::alarm_rings && world.take_alarm(event)) {
      client_->woken();
      client_->pump();
    }
  }

  ClientOptions options_;
  Verdict verdict_;
  std::unique_ptr<Client> client_;
  Invariants invariants_;

 public:
  int heard = 0;
};

}  // namespace

TEST_CASE("network: a well server accepts", "[simulation]") {
  const QuietLine line;
  CHECK(line.phase() == Phase::open);
}

TEST_CASE("network: messages of one connection arrive all, once and in order", "[simulation]") {
  QuietLine line;
  const std::size_t before = line.messages().size();
  line.speak(50);
  line.run_for(Duration::seconds(10));
  const std::vector<std::uint32_t> messages = line.messages();
  REQUIRE(messages.size() == before + 50);
  for (std::size_t i = 1; i < messages.size(); ++i) {
    CHECK(messages[i] == messages[i - 1] + 1);
  }
}

TEST_CASE("network: on a silent connection nothing comes and nobody is told", "[simulation]") {
  QuietLine line;
  const int heard = line.heard;
  line.network.carry_out({ServerAct::Kind::falls_silent, 0, {}});
  line.speak(5);
  line.run_for(Duration::seconds(100));
  CHECK(line.heard == heard);
  CHECK(line.phase() == Phase::open);
  CHECK(line.network.send(first, Handle{1}) == SendOutcome::sent);
}

TEST_CASE("network: what a stalled connection held back arrives afterwards", "[simulation]") {
  QuietLine line;
  const std::size_t before = line.messages().size();
  line.network.set_down(true);
  line.speak(5);
  line.run_for(Duration::seconds(20));
  CHECK(line.messages().size() == before);
  line.network.set_down(false);
  line.run_for(Duration::seconds(1));
  CHECK(line.messages().size() == before + 5);
}

TEST_CASE("network: a connection ends after the messages that were on their way", "[simulation]") {
  QuietLine line;
  const std::size_t before = line.messages().size();
  line.speak(5);
  line.network.close_by_server({.socket = first.value, .value = 4'403});
  line.run_for(Duration::seconds(1));
  CHECK(line.messages().size() == before + 5);
  CHECK(line.phase() == Phase::failed);
  CHECK(line.network.send(first, Handle{1}) == SendOutcome::not_open);
}

TEST_CASE("network: nothing is heard of a discarded socket", "[simulation]") {
  QuietLine line;
  const int heard = line.heard;
  line.speak(5);
  line.network.discard(first);
  line.run_for(Duration::seconds(100));
  CHECK(line.heard == heard);
}
