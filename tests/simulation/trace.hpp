#pragma once

// Trace: all that happened in a run, as words of eight bytes, lowest first, in one 64-bit FNV-1a
// hash. Equal hashes mean equal runs, natively and in wasm. It prints as well if it is asked to.

#include <openline/base/time.hpp>
#include <openline/client/report.hpp>

#include <simulation/event_heap.hpp>

#include <cstdint>
#include <string>
#include <string_view>

namespace openline {

class Trace {
 public:
  explicit Trace(bool is_printing) : is_printing_{is_printing} {}

  [[nodiscard]] std::uint64_t hash() const { return hash_; }
  [[nodiscard]] bool is_printing() const { return is_printing_; }

  void word(std::uint64_t word) {
    for (int i = 0; i < 8; ++i) {
      hash_ = (hash_ ^ (word & 0xffU)) * 0x100000001b3U;
      word >>= 8U;
    }
  }
  /// Something happens in the world.
  void note(const WorldEvent& event, Instant now);
  /// The client calls a port, or the application the client: a verb, and what it is about.
  void note(const char* verb, std::uint32_t subject, std::uint64_t object);
  void note(const Report& report);
  /// A frame, or another text: a verb, whose it is, and its bytes.
  void note(const char* verb, std::uint32_t subject, std::string_view text);
  /// Printed only.
  void say(std::string_view text) const;

 private:
  void print(const std::string& line) const;

  bool is_printing_;
  std::uint64_t hash_ = 0xcbf29ce484222325U;  // the offset basis of FNV-1a
};

}  // namespace openline
