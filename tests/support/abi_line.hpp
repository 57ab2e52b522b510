#pragma once

// AbiLine: a line that a test makes and drives through the flat ABI alone, on the fakes of
// native_platform. It is destroyed with the test.

#include <bindings/openline_abi.h>
#include <support/native_platform.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace openline {

/// The defaults, as a host writes them; see tests/fixtures/options.json. A retry waits for 1 s.
[[nodiscard]] ol_options abi_options();

/// A record with its text copied out.
struct AbiRecord {
  std::uint32_t kind = 0;
  std::uint32_t a = 0;
  std::uint32_t b = 0;
  std::uint32_t c = 0;
  std::string text;
  double number = 0;
  friend bool operator==(const AbiRecord&, const AbiRecord&) = default;
};

class AbiLine {
 public:
  explicit AbiLine(const ol_options& options = abi_options(), std::uint32_t mode = OL_MODE_BLOB);
  AbiLine(const AbiLine&) = delete;
  AbiLine& operator=(const AbiLine&) = delete;
  ~AbiLine() { ol_line_destroy(id_); }

  [[nodiscard]] std::uint32_t id() const { return id_; }
  [[nodiscard]] FakeSockets& sockets() { return *platform_.sockets; }
  [[nodiscard]] VirtualClock& clock() { return *platform_.clock; }

  /// Pumps and takes all records.
  std::vector<AbiRecord> take();
  void start();    // to opening
  void connect();  // to open
  void close_event(std::uint32_t socket, std::uint32_t code, const std::string& reason = "");

 private:
  std::uint32_t id_;
  FakePlatform platform_;
};

}  // namespace openline
