#include <simulation/openline1/page.hpp>

#include <openline/base/assert.hpp>
#include <openline/client/options.hpp>

#include <utility>
#include <variant>

namespace openline::conversation {
namespace {

class PageSockets final : public SocketPort {
 public:
  PageSockets(Page& page, Network& network, std::size_t index)
      : page_{page}, network_{network}, index_{index} {}

  bool open(SocketId socket, const SocketRequest& /*request*/) override {
    network_.open(index_, socket);
    return true;
  }
  SendOutcome send(SocketId /*socket*/, Handle /*value*/) override {
    return SendOutcome::failed;  // the lines of this world do not speak plainly
  }
  SendOutcome send_text(SocketId socket, const TextParts& parts) override {
    return page_.send_text(socket, parts);
  }
  void close(SocketId socket, std::uint16_t code, std::string_view /*reason*/) override {
    network_.close(index_, socket, code);
  }
  void discard(SocketId socket) override { network_.discard(index_, socket); }
  void set_binary_type(SocketId /*socket*/, BinaryType /*type*/) override {}
  double buffered_amount(SocketId /*socket*/) override { return 0; }

 private:
  Page& page_;
  Network& network_;
  std::size_t index_;
};

class PageClock final : public ClockPort {
 public:
  PageClock(Page& page, World& world) : page_{page}, world_{world} {}
  Instant now() override { return world_.now(); }
  void wake_at(Instant at) override { page_.wake_at(at); }

 private:
  Page& page_;
  World& world_;
};

class PageRandom final : public RandomPort {
 public:
  explicit PageRandom(World& world) : world_{world} {}
  std::uint64_t seed() override { return world_.chance().next(); }

 private:
  World& world_;
};

}  // namespace

Page::Page(const Scene& scene, std::size_t index, std::string user)
    : scene_{scene},
      world_{scene.world},
      index_{index},
      user_{std::move(user)},
      invariants_{PageScene{scene.world, scene.broker, scene.ledger, scene.verdict}},
      application_{scene, *this, index} {
  client_ = std::make_unique<Client>(
      draw_config(),
      Platform{std::make_unique<PageSockets>(*this, scene.network, index),
               std::make_unique<PageClock>(*this, world_), std::make_unique<PageRandom>(world_)});
}

ClientConfig Page::draw_config() {
  Chance& chance = world_.chance();
  OptionValues values = default_option_values();
  const auto set = [&](Option option, double value) {
    values[static_cast<std::size_t>(option)] = value;
  };
  set(Option::reconnect_delay_min, chance.between(0, 500));
  set(Option::reconnect_delay_max, chance.between(1'000, 4'000));
  set(Option::reconnect_base_delay, chance.between(100, 1'000));
  set(Option::reconnect_stable_after, chance.between(500, 5'000));
  set(Option::connect_timeout, chance.between(6'000, 12'000));
  set(Option::close_timeout, chance.between(500, 5'000));
  if (chance.one_in(3)) {
    set(Option::queue_messages_max, chance.between(2, 20));
    set(Option::queue_overflow, chance.below(3));
  }
  if (chance.one_in(4)) {
    set(Option::queue_ttl, chance.between(300, 10'000));
  }
  const auto options = make_client_options(values);
  OL_ASSERT(options.has_value());
  ClientConfig config;
  config.options = options.value();
  config.protocols = "openline.1";
  config.speaks_openline_1 = true;
  return config;
}

void Page::hear_open(SocketId socket) {
  client_->socket_opened(socket);
  work();
}

void Page::hear_unspoken(SocketId socket) {
  client_->socket_unspoken(socket);
  work();
}

void Page::hear_frame(SocketId socket, const std::string& bytes, bool is_binary) {
  if (client_ == nullptr) {
    return;
  }
  world_.trace().note(is_binary ? "page gets a batch" : "page gets",
                      static_cast<std::uint32_t>(index_), is_binary ? "" : bytes);
  if (is_binary) {
    invariants_.learn(BatchHeard{socket, bytes});
    client_->socket_frame(socket, {hold(bytes), bytes});
  } else {
    invariants_.learn(FrameHeard{socket, read_control(bytes)});
    client_->socket_frame(socket, {Handle{}, bytes});
  }
  work();
}

void Page::hear_close(SocketId socket, CloseCode code) {
  if (client_ == nullptr) {
    return;
  }
  world_.trace().note("page hears close", socket.value, code);
  if (code == close_abnormal) {
    client_->socket_errored(socket);
  }
  client_->socket_closed(socket, {code, code != close_abnormal, ""});
  work();
}

Handle Page::hold(std::string text) {
  newest_handle_ += 1;
  held_[newest_handle_] = std::move(text);
  return {newest_handle_};
}

void Page::free(Handle handle) {
  if (held_.erase(handle.value) == 0) {
    scene_.verdict.violate("handles_freed", "a handle is freed twice", handle.value);
  }
}

const std::string* Page::find(Handle handle) const {
  const auto found = held_.find(handle.value);
  return found == held_.end() ? nullptr : &found->second;
}

void Page::work() {
  constexpr int rounds_max = 1'000;
  for (int round = 0; round < rounds_max; ++round) {
    client_->pump();
    if (client_->reports().empty()) {
      invariants_.settle();
      return;
    }
    Reports reports;
    client_->move_reports(reports);
    for (const Report& report : reports) {
      world_.trace().note("page", static_cast<std::uint32_t>(index_), report.index());
      world_.trace().note(report);
      invariants_.learn_report(report);
      application_.hear(report);
    }
  }
  scene_.verdict.violate("liveness", "the client reports without end", rounds_max);
}

void Page::leave() {
  client_->close(1000, "bye");
  work();
  client_.reset();
}

SendOutcome Page::send_text(SocketId socket, const TextParts& parts) {
  std::string text{parts.head};
  const bool is_message = !(parts.value == Handle{});
  if (is_message) {
    const std::string* value = find(parts.value);
    if (value == nullptr) {
      scene_.verdict.violate("handles_freed", "a freed handle is sent", parts.value.value);
      return SendOutcome::failed;
    }
    text += *value;
  }
  text += parts.tail;
  const Json frame = read_control(text);
  if (is_message && offered_.insert(parts.value.value).second &&
      world_.strikes(Fault::unsendable, 200)) {
    return SendOutcome::failed;
  }
  const SendOutcome outcome = scene_.network.send(index_, socket, text);
  world_.trace().note(outcome == SendOutcome::sent ? "page says" : "page cannot say",
                      static_cast<std::uint32_t>(index_), text);
  if (outcome == SendOutcome::sent) {
    if (is(frame, ToServer::hello)) {
      client_id_ = frame[1]["c"].get<std::string>();
    }
    invariants_.learn(FrameSaid{socket, frame, parts.value, text.size()});
  } else {
    invariants_.learn(FrameUnsaid{socket});
  }
  return outcome;
}

void Page::wake_at(Instant at) {
  alarm_ += 1;
  if (at == Instant::never()) {
    return;
  }
  // setTimeout rings in the millisecond after, or when a busy or hidden page lets it.
  Duration late = world_.chance().milliseconds(0, 3);
  if (world_.strikes(Fault::alarm_late, 60)) {
    late = world_.chance().milliseconds(500, 20'000);
  }
  world_.at(std::max(at, world_.now()) + late, [this, number = alarm_] {
    if (number == alarm_ && client_ != nullptr) {
      client_->woken();
      work();
    }
  });
}

}  // namespace openline::conversation
