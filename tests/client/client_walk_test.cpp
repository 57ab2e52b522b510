#include <openline/client/client.hpp>

#include <openline/base/random.hpp>

#include <support/catch.hpp>
#include <support/client_on_fakes.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <set>
#include <variant>

using namespace openline;

namespace {

ClientConfig config_of_walks(std::uint64_t seed) {
  ClientConfig config;
  config.options.sender.outbox = {8, 500, Duration::seconds(20), static_cast<Overflow>(seed % 3)};
  config.options.sender.message_bytes_max = 200;
  config.options.heartbeat = static_cast<HeartbeatAnswer>(seed / 3 % 3);
  const bool has_heartbeat = config.options.heartbeat != HeartbeatAnswer::none;
  config.options.connection.heartbeat.interval = Duration::seconds(has_heartbeat ? 6 : 0);
  config.options.connection.hidden = static_cast<HiddenPolicy>(seed / 9 % 3);
  return config;
}

/// Does to a client what an application and a network do, in random order, and keeps account of
/// every value: none is lost, none doubled, none overtaken.
class Walk {
 public:
  explicit Walk(std::uint64_t seed) : line_{config_of_walks(seed), seed}, random_{seed} {}

  void step_once() {
    do_something();
    work_through();
  }

  /// Whatever happened before: the page is there, the server takes the line, and nothing waits.
  void end_open() {
    line_->page_signalled(PageSignal::shown);
    line_->page_signalled(PageSignal::restored);
    work_through();
    line_->reconnect();
    line_.sockets().outcomes.clear();
    work_through();
    while (phase() == Phase::waiting) {  // for the budget
      line_.clock().advance(line_.clock().alarm() - line_.clock().now());
      REQUIRE(line_.clock().take_alarm());
      line_->woken();
      work_through();
    }
    line_->url_ready(line_.socket(), "wss://example.test/line");
    line_->socket_opened(line_.socket());
    work_through();
    CHECK(phase() == Phase::open);
    CHECK(line_->outbox().is_empty());
    CHECK(waiting_.empty());
  }

  [[nodiscard]] Phase phase() const { return line_.phase(); }
  [[nodiscard]] std::size_t sent_count() { return line_.sockets().sent.size(); }

 private:
  void work_through() {
    line_->pump();
    for (const Report& report : line_->reports()) {
      std::visit([this](const auto& each) { note(each); }, report);
    }
    line_->clear_reports();
    check();
  }

  std::uint64_t draw(std::uint64_t count) { return random_.next() % count; }

  void do_something() {
    switch (draw(28)) {
      case 0:
        return draw(4) == 0 ? line_->close(close_none, "") : line_->open();
      case 1:
        return phase() == Phase::failed || draw(6) == 0 ? line_->reconnect() : line_->open();
      case 2:
        return line_->socket_errored(some_socket());
      case 3:
        return lose();
      case 4:
        return line_.sockets().lose();  // the close event is still on its way
      case 5:
        return line_.sockets().outcomes.push_back(SendOutcome::failed);
      case 6:
        return pass_time();
      case 7:
      case 8:
        return message();
      case 9:
      case 10:
        return answer_url();
      case 11:
      case 12:
        return line_->socket_opened(some_socket());
      case 13:
        return line_->page_signalled(static_cast<PageSignal>(draw(page_signal_count)));
      case 14:
        return draw(2) == 0 ? line_->credentials_ready(some_socket())
                            : line_->credentials_failed(some_socket());
      case 15:
        return draw(3) == 0 ? line_->socket_replied(some_socket())
                            : line_->ping_sent(some_socket());
      case 16:
        return adopt();
      default:
        return send();
    }
  }

  SocketId some_socket() {
    const bool is_stale = draw(4) == 0 && line_.socket().value > 0;
    return is_stale ? SocketId{line_.socket().value - 1} : line_.socket();
  }

  void answer_url() {
    const SocketId socket = some_socket();
    const std::uint64_t answer = draw(12);
    return answer == 0   ? line_->url_refused(socket)
           : answer == 1 ? line_->url_failed(socket)
                         : line_->url_ready(socket, "wss://example.test/line");
  }

  void lose() {
    constexpr CloseCode codes[] = {1000, 1006, 1006, 1012, 4401, 4401};
    const SocketId socket = some_socket();
    if (line_.sockets().live == socket) line_.sockets().lose();
    const char* reason = draw(6) == 0 ? R"({"retryAfterMs":2500})" : "gone";
    line_->socket_closed(socket, {codes[draw(std::size(codes))], false, reason});
  }

  void message() {
    incoming_.push_back(Handle{++newest_});
    line_->socket_message(some_socket(), incoming_.back());
  }

  void pass_time() {
    line_.clock().advance(Duration::milliseconds(static_cast<std::int64_t>(draw(15'000))));
    const bool is_early = draw(4) == 0;
    if (is_early) line_.clock().take_alarm_early();
    if (is_early || line_.clock().take_alarm()) {
      line_->woken();
    }
  }

  void send() {
    line_.sockets().buffered_amount = static_cast<double>(draw(3));
    const Handle value{++newest_};
    const std::uint64_t units = draw(220);
    SendResult result = line_->send(value, {units, false});
    if (result == SendResult::measure) {
      result = line_->send(value, {units + draw(20), true});
      CHECK(result != SendResult::measure);
    }
    if (result == SendResult::queued) {
      waiting_.push_back(value);
    }
  }

  void adopt() {
    const Handle value{++newest_};
    const Duration age = Duration::seconds(static_cast<std::int64_t>(draw(25)));
    if (line_->adopt(value, draw(220), age) == SendResult::queued) waiting_.push_back(value);
  }

  void note(const StatusReport& report) { status_ = report; }
  void note(const CredentialsReport& report) { CHECK(report.socket == line_.socket()); }
  void note(const PingReport& report) { CHECK(report.socket == line_.socket()); }
  void note(const OutageReport& report) { CHECK(report.down >= Duration{}); }
  void note(const UrlReport& report) { CHECK(report.socket == line_.socket()); }
  void note(const OpenReport& /*report*/) {
    CHECK_FALSE(is_open_);
    is_open_ = true;
  }
  void note(const CloseReport& /*report*/) { is_open_ = false; }
  void note(const ErrorReport& /*report*/) {}
  void note(const MessageReport& report) { take(incoming_, report.value); }
  void note(const FlushReport& report) { take(waiting_, report.value); }
  void note(const DropReport& report) {
    take(report.cause == DropCause::stale ? incoming_ : waiting_, report.value);
  }

  /// A line that speaks plainly has nothing else to tell.
  template <class Other>
  void note(const Other& report) {
    FAIL_CHECK(describe(Report{report}));
  }

  /// Values leave in the order in which they came, so it must be the oldest.
  static void take(std::deque<Handle>& values, Handle value) {
    REQUIRE_FALSE(values.empty());
    CHECK(values.front() == value);
    values.pop_front();
  }

  void check() {
    const ConnectionState& state = line_->state();
    CHECK(incoming_.empty());
    const Outbox& outbox = line_->outbox();
    CHECK(outbox.size() == waiting_.size());
    CHECK(outbox.bytes() <= 500);
    const Instant expiry = outbox.is_empty() ? Instant::never() : outbox.front().expires_at;
    CHECK(line_.clock().alarm() == std::min(wake_time(state), expiry));
    CHECK(status_.phase == state.phase);
    CHECK(status_.attempt == state.attempt);
    CHECK(is_open_ == (state.phase == Phase::open || state.phase == Phase::closing));
    CHECK((state.phase != Phase::closed || waiting_.empty()));
    for (; checked_ < sent_count(); ++checked_) {
      CHECK(line_.sockets().sent[checked_].value > last_sent_);
      last_sent_ = line_.sockets().sent[checked_].value;
    }
  }

  ClientOnFakes line_;
  SplitMix64 random_;
  std::uint32_t newest_ = 0;
  std::deque<Handle> incoming_;  // said by a socket, not passed on yet
  std::deque<Handle> waiting_;   // queued, neither sent nor dropped yet
  StatusReport status_;
  bool is_open_ = false;
  std::size_t checked_ = 0;
  std::uint32_t last_sent_ = 0;
};

}  // namespace

TEST_CASE("client: whatever happens, no value is lost, doubled or overtaken", "[client]") {
  std::set<Phase> visited;
  std::size_t sent_count = 0;
  for (std::uint64_t seed = 1; seed <= 200; ++seed) {
    INFO("seed " << seed);
    Walk walk{seed};
    for (int i = 0; i < 600; ++i) {
      INFO("step " << i);
      walk.step_once();
      visited.insert(walk.phase());
    }
    walk.end_open();
    sent_count += walk.sent_count();
  }
  CHECK(visited.size() == phase_count);
  CHECK(sent_count > 2'000);
}
