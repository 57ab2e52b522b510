// libFuzzer: whatever a server sends, as text or in binary, is read to a value within the limits of
// PROTOCOL.md or refused, and as JSON it is judged as a real parser judges it.
// Run: node scripts/fuzz.js frame_fuzz

#include <openline/json/reader.hpp>
#include <openline/protocol/batch.hpp>
#include <openline/protocol/limits.hpp>
#include <openline/protocol/server_frame.hpp>

#include <fuzz/bytes.hpp>
#include <nlohmann/json.hpp>

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <variant>

namespace {

using namespace openline;
using fuzz::require;
using nlohmann::json;

/// The oracle ends at a NUL, takes a byte order mark, refuses lone surrogates and numbers that no
/// double can hold, and knows no limit of depth.
bool is_comparable(std::string_view text) {
  std::size_t opened = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char letter = text[i];
    const bool is_exponent = letter == 'e' || letter == 'E';
    if (is_exponent && i > 0 && text[i - 1] >= '0' && text[i - 1] <= '9') return false;
    if (letter == '\0' || (letter == '\\' && text.substr(i, 2) == "\\u")) return false;
    opened += letter == '[' || letter == '{' ? 1 : 0;
  }
  return opened <= json_depth_max && text.size() <= 300 && text.substr(0, 3) != "\xef\xbb\xbf";
}

void check_json(std::string_view text) {
  JsonReader reader{text};
  const auto value = reader.skip_value();
  const bool is_good = reader.finish();
  require(reader.offset() <= text.size(), "an offset within the text");
  require(!is_good || (value && !value->empty()), "a value has bytes");
  if (is_comparable(text)) {
    require(json::accept(text) == is_good, "JSON is JSON");
  }
}

void check_answer(const SubscribeAnswer& answer) {
  require(is_stream_name(answer.stream), "the name of a stream");
  if (answer.is_granted) {
    require(is_epoch(answer.top.epoch), "an epoch");
    require(answer.top.offset <= integer_max && answer.index <= integer_max, "integers");
  }
}

void check_values(const ServerFrame& frame) {
  if (const auto* welcome = std::get_if<Welcome>(&frame)) {
    require(welcome->hb > Duration{} && welcome->idle > welcome->hb, "times of WELCOME");
    require(welcome->max > 0 && welcome->win > 0 && welcome->ack <= integer_max, "its limits");
    for (const SubscribeAnswer& answer : welcome->s) {
      check_answer(answer);
    }
  } else if (const auto* subscribed = std::get_if<Subscribed>(&frame)) {
    check_answer(subscribed->answer);
  } else if (const auto* resync = std::get_if<Resync>(&frame)) {
    require(is_epoch(resync->top.epoch), "the epoch of RESYNC");
  } else if (const auto* goaway = std::get_if<Goaway>(&frame)) {
    require(goaway->after >= Duration{} && goaway->spread >= Duration{}, "times of GOAWAY");
  } else if (const auto* reply = std::get_if<Reply>(&frame)) {
    JsonReader value{reply->value};
    value.skip_value();
    require(value.finish() && reply->seq >= 1, "the value of REPLY is JSON");
  } else if (const auto* nack = std::get_if<Nack>(&frame)) {
    require(nack->seq >= 1 && nack->seq <= integer_max, "the seq of NACK");
  }
}

void check_frame(std::string_view text) {
  ServerFrame frame;
  if (const auto fault = read_server_frame(text, frame)) {
    require(fault->offset <= text.size(), "a fault within the text");
    return;
  }
  check_values(frame);
  JsonReader reader{text};
  require(reader.peek() == JsonKind::array, "a frame is an array");
  reader.skip_value();
  require(reader.finish(), "a frame is JSON");
}

void check_batch(std::string_view frame) {
  const auto runs = split_batch(frame);
  if (!runs) {
    require(runs.error().offset <= frame.size(), "a fault within the frame");
    return;
  }
  std::size_t end = 1;
  for (const Run& run : runs.value()) {
    require(1 <= run.first && run.first <= run.last && run.last <= integer_max, "offsets");
    require(run.count <= run.last - run.first + 1, "no more publications than offsets");
    require(run.lengths_begin >= end + 4 && run.payload_begin >= run.lengths_begin + run.count,
            "a run behind the one before");
    std::size_t size = 0;
    std::size_t count = 0;
    RunPayloads payloads{frame, run};
    while (const auto payload = payloads.next()) {
      size += payload->size() + (count++ > 0 ? 1 : 0);
      require(!payload->empty(), "a payload has bytes");
    }
    require(count == run.count && size == run.payload_size, "all payloads of the run");
    end = run.payload_begin + run.payload_size;
  }
  require(!runs.value().empty() && end == frame.size(), "runs to the end of the frame");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes{reinterpret_cast<const char*>(data), size};
  check_json(bytes);
  check_frame(bytes);
  check_batch(bytes);
  return 0;
}
