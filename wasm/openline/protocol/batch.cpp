#include <openline/protocol/batch.hpp>

#include <openline/base/assert.hpp>
#include <openline/protocol/limits.hpp>

#include <algorithm>

namespace openline {
namespace {

constexpr std::uint8_t batch_opcode = 11;
constexpr std::size_t varint_bytes_max = 8;

/// Reads a frame from left to right. The first fault ends it: what follows reads as 0.
class BatchReader {
 public:
  explicit BatchReader(std::string_view frame) : frame_{frame} {}

  [[nodiscard]] bool is_at_end() const { return fault_ || at_ == frame_.size(); }
  [[nodiscard]] std::size_t offset() const { return at_; }
  [[nodiscard]] const std::optional<FrameFault>& fault() const { return fault_; }

  void fail(FrameProblem problem) {
    if (!fault_) fault_ = FrameFault{problem, at_};
  }

  std::uint8_t byte() {
    if (at_ == frame_.size()) fail(FrameProblem::cut_off);
    return fault_ ? 0 : static_cast<std::uint8_t>(frame_[at_++]);
  }

  /// Unsigned LEB128.
  std::uint64_t number() {
    std::uint64_t value = 0;
    std::uint64_t bits = 0x80;
    for (std::size_t i = 0; i < varint_bytes_max && (bits & 0x80U) != 0; ++i) {
      bits = byte();
      value |= (bits & 0x7fU) << (7 * i);
    }
    if ((bits & 0x80U) != 0 || value > integer_max) fail(FrameProblem::out_of_range);
    return value;
  }

  void pass(std::uint64_t size) {
    if (size > frame_.size() - at_) fail(FrameProblem::cut_off);
    if (!fault_) at_ += static_cast<std::size_t>(size);
  }

 private:
  std::string_view frame_;
  std::size_t at_ = 0;
  std::optional<FrameFault> fault_;
};

/// The lengths are read a second time, since the payloads begin only after the last of them.
void pass_payloads(BatchReader& reader, BatchReader lengths, std::uint32_t count) {
  for (std::uint32_t i = 0; i < count && !reader.fault(); ++i) {
    if (i > 0 && reader.byte() != ',') reader.fail(FrameProblem::no_comma);
    reader.pass(lengths.number());
  }
}

Run read_run(BatchReader& reader) {
  Run run;
  run.index = reader.number();
  run.first = reader.number();
  run.last = reader.number();
  const std::uint64_t count = reader.number();
  const bool is_in_order = run.first >= 1 && run.first <= run.last;
  if (!is_in_order || count > run.last - run.first + 1) {
    reader.fail(FrameProblem::out_of_range);
    return run;
  }
  run.lengths_begin = reader.offset();
  const BatchReader lengths = reader;
  // Each publication takes at least a byte of length, so a count that lies ends with the frame.
  for (; run.count < count && !reader.fault(); ++run.count) {
    if (reader.number() == 0) reader.fail(FrameProblem::out_of_range);  // no JSON is that short
  }
  run.payload_begin = reader.offset();
  pass_payloads(reader, lengths, run.count);
  run.payload_size = reader.offset() - run.payload_begin;
  return run;
}

}  // namespace

Result<std::vector<Run>, FrameFault> split_batch(std::string_view frame) {
  BatchReader reader{frame};
  if (reader.byte() != batch_opcode) {
    reader.fail(FrameProblem::wrong_shape);
  }
  std::vector<Run> runs;
  do {
    if (runs.size() == runs_max) {
      reader.fail(FrameProblem::out_of_range);
    }
    runs.push_back(read_run(reader));
  } while (!reader.is_at_end() && !reader.fault());
  if (reader.fault()) {
    return *reader.fault();
  }
  return runs;
}

RunPayloads::RunPayloads(std::string_view frame, const Run& run)
    : lengths_{frame.substr(run.lengths_begin, run.payload_begin - run.lengths_begin)},
      payloads_{frame.substr(run.payload_begin, run.payload_size)},
      left_{run.count} {}

std::optional<std::string_view> RunPayloads::next() {
  if (left_ == 0) {
    return std::nullopt;
  }
  --left_;
  BatchReader reader{lengths_};
  const auto size = static_cast<std::size_t>(reader.number());
  lengths_.remove_prefix(reader.offset());
  OL_ASSERT(!reader.fault() && size <= payloads_.size());
  const std::string_view payload = payloads_.substr(0, size);
  payloads_.remove_prefix(std::min(size + 1, payloads_.size()));  // and the comma
  return payload;
}

}  // namespace openline
