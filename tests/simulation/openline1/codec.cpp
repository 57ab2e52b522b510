#include <simulation/openline1/codec.hpp>

#include <cstddef>

namespace openline::conversation {
namespace {

constexpr char batch_opcode = 11;

void append_varint(std::string& out, std::uint64_t value) {
  for (; value >= 128; value /= 128) {
    out += static_cast<char>(value % 128 + 128);
  }
  out += static_cast<char>(value);
}

std::optional<std::uint64_t> take_varint(std::string_view& from) {
  std::uint64_t value = 0;
  std::uint64_t weight = 1;
  for (int i = 0; i < 8 && !from.empty(); ++i, weight *= 128) {
    const auto byte = static_cast<unsigned char>(from.front());
    from.remove_prefix(1);
    value += byte % 128 * weight;
    if (byte < 128) {
      return value;
    }
  }
  return std::nullopt;
}

bool take_payloads(std::string_view& from, std::uint64_t count, BatchRun& run) {
  std::vector<std::size_t> sizes;
  for (std::uint64_t i = 0; i < count; ++i) {
    const auto size = take_varint(from);
    if (!size || *size == 0) {
      return false;
    }
    sizes.push_back(*size);
  }
  for (const std::size_t size : sizes) {
    if (!run.payloads.empty()) {
      if (from.empty() || from.front() != ',') {
        return false;
      }
      from.remove_prefix(1);
    }
    if (size > from.size()) {
      return false;
    }
    run.payloads.emplace_back(from.substr(0, size));
    from.remove_prefix(size);
  }
  return true;
}

}  // namespace

std::string write_batch(const std::vector<BatchRun>& runs) {
  std::string out(1, batch_opcode);
  for (const BatchRun& run : runs) {
    for (const std::uint64_t number : {run.index, run.first, run.last}) {
      append_varint(out, number);
    }
    append_varint(out, run.payloads.size());
    for (const std::string& payload : run.payloads) {
      append_varint(out, payload.size());
    }
    for (std::size_t i = 0; i < run.payloads.size(); ++i) {
      out += (i == 0 ? "" : ",") + run.payloads[i];
    }
  }
  return out;
}

std::optional<std::vector<BatchRun>> read_batch(std::string_view frame) {
  if (frame.size() < 2 || frame.front() != batch_opcode) {
    return std::nullopt;
  }
  frame.remove_prefix(1);
  std::vector<BatchRun> runs;
  while (!frame.empty()) {
    const auto index = take_varint(frame);
    const auto first = take_varint(frame);
    const auto last = take_varint(frame);
    const auto count = take_varint(frame);
    if (!index || !first || !last || !count || *first == 0 || *first > *last ||
        *count > *last - *first + 1) {
      return std::nullopt;
    }
    BatchRun& run = runs.emplace_back(BatchRun{*index, *first, *last, {}});
    if (!take_payloads(frame, *count, run)) {
      return std::nullopt;
    }
  }
  return runs;
}

Json read_control(std::string_view text) {
  Json frame = Json::parse(text, nullptr, false);
  return frame.is_array() && !frame.empty() && frame[0].is_number_unsigned() ? frame : Json{};
}

}  // namespace openline::conversation
