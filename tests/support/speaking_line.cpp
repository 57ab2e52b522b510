#include <support/speaking_line.hpp>

#include <utility>

namespace openline {

ClientConfig speaking(ClientConfig config) {
  config.speaks_openline_1 = true;
  config.protocols = "openline.1";
  return config;
}

std::string welcome_frame(const std::string& answers, const WelcomeTerms& terms) {
  return R"([1,{"v":1,"hb":)" + std::to_string(terms.hb) + R"(,"idle":)" +
         std::to_string(terms.idle) + R"(,"max":)" + std::to_string(terms.max) + R"(,"win":)" +
         std::to_string(terms.win) + R"(,"ack":)" + std::to_string(terms.ack) + R"(,"s":[)" +
         answers + "]}]";
}

std::string batch_frame(std::initializer_list<RunOfTests> runs) {
  std::string frame{'\x0b'};
  for (const RunOfTests& run : runs) {
    const auto count = static_cast<std::uint8_t>(run.payloads.size());
    for (const std::uint8_t number : {run.index, run.first, run.last, count}) {
      frame += static_cast<char>(number);
    }
    for (const std::string& payload : run.payloads) {
      frame += static_cast<char>(payload.size());
    }
    bool is_first = true;
    for (const std::string& payload : run.payloads) {
      frame += (std::exchange(is_first, false) ? "" : ",") + payload;
    }
  }
  return frame;
}

std::uint32_t SpeakingLine::subscribe(const std::string& name, std::optional<Position> from) {
  return (*this)->speech()->subscribe(name, std::move(from)).value_or(StreamId{}).value;
}

void SpeakingLine::unsubscribe(std::uint32_t stream) {
  (*this)->speech()->unsubscribe(StreamId{stream});
}

void SpeakingLine::greet() {
  if (phase() == Phase::idle) {
    open();
  } else if (phase() == Phase::waiting) {
    advance((*this)->state().deadline - clock().now());
  }
  REQUIRE(phase() == Phase::asking);
  url_ready();
  opened();
  REQUIRE(phase() == Phase::opening);
}

void SpeakingLine::welcome(const std::string& answers, const WelcomeTerms& terms) {
  hear(welcome_frame(answers, terms));
}

void SpeakingLine::begin(const std::string& answers, const WelcomeTerms& terms) {
  greet();
  welcome(answers, terms);
  REQUIRE(phase() == Phase::open);
  reports();
  said();
}

void SpeakingLine::begin_again(const std::string& answers, const WelcomeTerms& terms) {
  lose();
  begin(answers, terms);
}

void SpeakingLine::hear_on(SocketId socket, const std::string& text, std::uint32_t handle) {
  (*this)->socket_frame(socket, {Handle{handle}, text});
  (*this)->pump();
}

void SpeakingLine::unspoken() {
  (*this)->socket_unspoken(socket());
  (*this)->pump();
}

std::string SpeakingLine::said() {
  const std::string before_id = R"("c":")";
  std::string all;
  for (std::string& frame : std::exchange(sockets().texts, {})) {
    const std::size_t at = frame.find(before_id);
    if (frame.rfind("[1,", 0) == 0 && at != std::string::npos) {
      client_id_ = frame.substr(at + before_id.size(), 22);
      frame.replace(at + before_id.size(), 22, "…");
    }
    all += (all.empty() ? "" : " ") + frame;
  }
  return all;
}

}  // namespace openline
