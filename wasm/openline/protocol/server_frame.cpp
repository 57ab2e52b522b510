#include <openline/protocol/server_frame.hpp>

#include <openline/json/reader.hpp>
#include <openline/protocol/limits.hpp>

#include <optional>
#include <variant>

namespace openline {
namespace {

/// Reads what is due, one after the other. After the first fault all of it is empty, so only the
/// end needs to ask whether there was one.
class FrameReader {
 public:
  explicit FrameReader(std::string_view text) : json_{text} {}

  std::optional<FrameFault> read_into(ServerFrame& frame) {
    json_.begin_array();
    const std::uint64_t opcode = element(0);
    switch (opcode) {
      case 1:
        read(frame.emplace<Welcome>());
        break;
      case 3:
        frame.emplace<Ack>().seq = element(0);
        break;
      case 4:
        read(frame.emplace<Nack>());
        break;
      case 5:
        read(frame.emplace<Subscribed>());
        break;
      case 6:
        read(frame.emplace<Resync>());
        break;
      case 8:
        read(frame.emplace<Goaway>());
        break;
      case 9:
        frame.emplace<HeartbeatFrame>().ack = element(0);
        break;
      case 10:
        read(frame.emplace<Reply>());
        break;
      default:
        frame.emplace<UnknownFrame>().opcode = opcode;
        break;
    }
    if (!is_at_end_) {
      json_.skip_rest();
    }
    return json_.finish() ? std::nullopt : std::optional{FrameFault{problem(), json_.offset()}};
  }

 private:
  void read(Nack& nack) {
    nack.seq = element(1);
    nack.code = code_element();
    text_element(nack.text);
  }

  void read(Resync& resync) {
    resync.index = element(0);
    read(resync.top);
  }

  void read(Reply& reply) {
    reply.seq = element(1);
    json_.next_element();
    reply.value = json_.skip_value().value_or("");
  }

  void read(Subscribed& subscribed) {
    read(subscribed.answer);
    if (!subscribed.answer.is_granted) {
      is_at_end_ = !json_.next_element();
      subscribed.answer.is_unasked = !is_at_end_ && json_.read_boolean().value_or(false);
    }
  }

  void read(Goaway& goaway) {
    goaway.code = code_element();
    text_element(goaway.reason);
    goaway.after = time_element();
    goaway.spread = time_element();
  }

  void read(Welcome& welcome) {
    enum Member : unsigned { v = 1, hb = 2, idle = 4, max = 8, win = 16, ack = 32, s = 64 };
    constexpr unsigned all = v | hb | idle | max | win | ack | s;
    unsigned seen = 0;
    json_.next_element();
    json_.begin_object();
    while (const auto name = json_.next_member()) {
      if (*name == "v") {
        integer(protocol_version, protocol_version);
        seen |= v;
      } else if (*name == "hb") {
        welcome.hb = time(1);
        seen |= hb;
      } else if (*name == "idle") {
        welcome.idle = time(1);
        seen |= idle;
      } else if (*name == "max") {
        welcome.max = integer(1);
        seen |= max;
      } else if (*name == "win") {
        welcome.win = integer(1);
        seen |= win;
      } else if (*name == "ack") {
        welcome.ack = integer(0);
        seen |= ack;
      } else if (*name == "s") {
        read(welcome.s);
        seen |= s;
      }
    }
    require(seen == all, JsonFault::kind);
    require(welcome.idle > welcome.hb, JsonFault::range);
  }

  void read(std::vector<SubscribeAnswer>& answers) {
    answers.clear();  // of members with the same name the last one counts
    json_.begin_array();
    while (json_.next_element()) {
      json_.begin_array();
      read(answers.emplace_back());
      json_.skip_rest();
    }
  }

  void read(SubscribeAnswer& answer) {
    text_element(answer.stream);
    require(is_stream_name(answer.stream), JsonFault::range);
    json_.next_element();
    answer.is_granted = json_.peek() != JsonKind::null;
    if (!answer.is_granted) {
      json_.skip_value();
      answer.code = code_element();
      text_element(answer.text);
      return;
    }
    answer.index = integer(0);
    read(answer.top);
    json_.next_element();
    answer.recovered = json_.read_boolean().value_or(false);
  }

  void read(Position& position) {
    text_element(position.epoch);
    require(is_epoch(position.epoch), JsonFault::range);
    position.offset = element(0);
  }

  std::uint64_t integer(std::uint64_t min, std::uint64_t max = integer_max) {
    const std::uint64_t value = json_.read_integer().value_or(min);
    require(value >= min && value <= max, JsonFault::range);
    return value;
  }
  std::uint64_t element(std::uint64_t min, std::uint64_t max = integer_max) {
    json_.next_element();
    return integer(min, max);
  }
  std::uint16_t code_element() { return static_cast<std::uint16_t>(element(0, code_max)); }
  Duration time(std::uint64_t min) {
    return Duration::milliseconds(static_cast<std::int64_t>(integer(min)));
  }
  Duration time_element() {
    json_.next_element();
    return time(0);
  }
  void text_element(std::string& text) {
    json_.next_element();
    text = json_.read_string().value_or("");
  }

  void require(bool condition, JsonFault otherwise) {
    if (!condition) json_.fail(otherwise);
  }

  [[nodiscard]] FrameProblem problem() const {
    switch (json_.fault()) {
      case JsonFault::none:
      case JsonFault::syntax:
        return FrameProblem::not_json;
      case JsonFault::depth:
        return FrameProblem::too_deep;
      case JsonFault::kind:
        return FrameProblem::wrong_shape;
      case JsonFault::range:
        return FrameProblem::out_of_range;
    }
    return FrameProblem::not_json;
  }

  JsonReader json_;
  bool is_at_end_ = false;  // of the frame
};

}  // namespace

std::optional<FrameFault> read_server_frame(std::string_view text, ServerFrame& frame) {
  return FrameReader{text}.read_into(frame);
}

}  // namespace openline
