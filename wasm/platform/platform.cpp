#include <openline/ports/platform.hpp>

#include <platform/emscripten_clock.hpp>
#include <platform/emscripten_socket.hpp>
#include <platform/js_library.h>

#include <cstdint>
#include <memory>

namespace openline {
namespace {

class CryptoRandom final : public RandomPort {
 public:
  std::uint64_t seed() override {
    std::uint64_t value = 0;
    ol_js_entropy(&value, sizeof(value));
    return value;
  }
};

}  // namespace

Platform make_platform(LineId line) {
  return {std::make_unique<EmscriptenSocket>(line), std::make_unique<EmscriptenClock>(line),
          std::make_unique<CryptoRandom>()};
}

}  // namespace openline
