#pragma once

// SpeakingLine: a line on fakes that speaks openline.1, and what its server says. Frames of the
// line are told with "…" in place of its client id.

#include <support/client_on_fakes.hpp>

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>

namespace openline {

[[nodiscard]] ClientConfig speaking(ClientConfig config = config_of_tests());

/// What a WELCOME says beside its answers.
struct WelcomeTerms {
  std::uint64_t ack = 0;
  std::uint64_t max = 65'536;
  std::uint64_t win = 256;
  std::uint64_t hb = 25'000;
  std::uint64_t idle = 35'000;
};
/// `answers`: rows of `s`, with commas between them.
[[nodiscard]] std::string welcome_frame(const std::string& answers, const WelcomeTerms& terms = {});

/// A run of a BATCH; `payloads` are JSON texts of less than 128 bytes, and so are the numbers.
struct RunOfTests {
  std::uint8_t index = 0;
  std::uint8_t first = 0;
  std::uint8_t last = 0;
  std::initializer_list<std::string> payloads;
};
[[nodiscard]] std::string batch_frame(std::initializer_list<RunOfTests> runs);

class SpeakingLine : public ClientOnFakes {
 public:
  explicit SpeakingLine(const ClientConfig& config = config_of_tests(), std::uint64_t seed = 1)
      : ClientOnFakes{speaking(config), seed} {}

  /// 0 if it was refused.
  std::uint32_t subscribe(const std::string& name, std::optional<Position> from = std::nullopt);
  void unsubscribe(std::uint32_t stream);

  /// From idle, or from waiting for the next attempt, to HELLO.
  void greet();
  void welcome(const std::string& answers = "", const WelcomeTerms& terms = {});
  /// Both, and forgets what was reported and said.
  void begin(const std::string& answers = "", const WelcomeTerms& terms = {});
  /// The network ends the connection, and the next one begins; likewise.
  void begin_again(const std::string& answers = "", const WelcomeTerms& terms = {});

  /// A frame comes in on the present socket, or on another one.
  void hear(const std::string& text) { hear_on(socket(), text); }
  void hear_on(SocketId socket, const std::string& text, std::uint32_t handle = 0);
  void hear_batch(std::uint32_t handle, std::initializer_list<RunOfTests> runs) {
    hear_on(socket(), batch_frame(runs), handle);
  }
  /// The host finds that the server has not selected the subprotocol.
  void unspoken();

  /// The frames that left since it was last asked, with a blank between them.
  std::string said();
  /// The one of the last HELLO that said() came across.
  [[nodiscard]] const std::string& client_id() const { return client_id_; }

 private:
  std::string client_id_;
};

}  // namespace openline
