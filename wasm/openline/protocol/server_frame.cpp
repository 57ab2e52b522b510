#include <openline/protocol/server_frame.hpp>

#include <openline/json/reader.hpp>
#include <openline/protocol/limits.hpp>

#include <optional>
#include <utility>
#include <variant>

namespace openline {
namespace {

/// Reads what is due, one after the other. After the first fault all of it is empty, so only the
/// end needs to ask whether there was one.
class FrameReader {
 public:
  explicit FrameReader(std::string_view text) : json_{text} {}

  Result<ServerFrame, FrameFault> read() {
    json_.begin_array();
    ServerFrame frame = read_frame(element(0));
    if (!is_at_end_) {
      json_.skip_rest();
    }
    if (!json_.finish()) {
      return FrameFault{problem(), json_.offset()};
    }
    return frame;
  }

 private:
  ServerFrame read_frame(std::uint64_t opcode) {
    switch (opcode) {
      case 1:
        return read_welcome();
      case 3:
        return Ack{element(0)};
      case 4: {
        const std::uint64_t seq = element(1);
        const std::uint16_t code = code_element();
        return Nack{seq, code, text_element()};
      }
      case 5:
        return read_subscribed();
      case 6: {
        const std::uint64_t index = element(0);
        return Resync{index, read_position()};
      }
      case 8:
        return read_goaway();
      case 9:
        return HeartbeatFrame{element(0)};
      case 10: {
        const std::uint64_t seq = element(1);
        json_.next_element();
        return Reply{seq, std::string{json_.skip_value().value_or("")}};
      }
      default:
        return UnknownFrame{opcode};
    }
  }

  ServerFrame read_subscribed() {
    Subscribed subscribed{read_answer()};
    auto* denied = std::get_if<Denied>(&subscribed.answer);
    if (denied != nullptr) {
      is_at_end_ = !json_.next_element();
      denied->is_unasked = !is_at_end_ && json_.read_boolean().value_or(false);
    }
    return subscribed;
  }

  ServerFrame read_goaway() {
    Goaway goaway;
    goaway.code = code_element();
    goaway.reason = text_element();
    goaway.after = time_element();
    goaway.spread = time_element();
    return goaway;
  }

  ServerFrame read_welcome() {
    enum Member : unsigned { v = 1, hb = 2, idle = 4, max = 8, win = 16, ack = 32, s = 64 };
    constexpr unsigned all = v | hb | idle | max | win | ack | s;
    Welcome welcome;
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
        welcome.s = read_answers();
        seen |= s;
      }
    }
    require(seen == all, JsonFault::kind);
    require(welcome.idle > welcome.hb, JsonFault::range);
    return welcome;
  }

  std::vector<SubscribeAnswer> read_answers() {
    std::vector<SubscribeAnswer> answers;
    json_.begin_array();
    while (json_.next_element()) {
      json_.begin_array();
      answers.push_back(read_answer());
      json_.skip_rest();
    }
    return answers;
  }

  SubscribeAnswer read_answer() {
    json_.next_element();
    std::string stream{json_.read_string().value_or("")};
    require(is_stream_name(stream), JsonFault::range);
    json_.next_element();
    if (json_.peek() == JsonKind::null) {
      json_.skip_value();
      const std::uint16_t code = code_element();
      return Denied{std::move(stream), code, text_element(), false};
    }
    const std::uint64_t index = integer(0);
    Position top = read_position();
    json_.next_element();
    return Granted{std::move(stream), index, std::move(top), json_.read_boolean().value_or(false)};
  }

  Position read_position() {
    Position position;
    json_.next_element();
    position.epoch = json_.read_string().value_or("");
    require(is_epoch(position.epoch), JsonFault::range);
    position.offset = element(0);
    return position;
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
  std::string text_element() {
    json_.next_element();
    return std::string{json_.read_string().value_or("")};
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

Result<ServerFrame, FrameFault> read_server_frame(std::string_view text) {
  return FrameReader{text}.read();
}

}  // namespace openline
