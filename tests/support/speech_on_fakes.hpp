#pragma once

// SpeechOnFakes: a Speech whose socket the fakes hold open, and what it reported, in words.

#include <openline/client/speech.hpp>

#include <support/catch.hpp>
#include <support/fake_platform.hpp>
#include <support/speaking_line.hpp>

#include <string>
#include <utility>
#include <vector>

namespace openline {

using Texts = std::vector<std::string>;

inline constexpr SocketId it{1};

struct SpeechOnFakes {
  FakePlatform fakes;
  Platform platform = fakes.ports();
  Reports reported;
  Delivery delivery{*platform.sockets, reported};
  Speech speech{platform, delivery, reported};

  SpeechOnFakes() {
    REQUIRE(platform.sockets->open(it, SocketRequest{"ws://here", "", BinaryType::blob}));
  }
  Heard hear(const std::string& text) { return speech.hear({{}, text}); }
  Heard welcome(const std::string& answers = "", const WelcomeTerms& terms = {}) {
    return hear(welcome_frame(answers, terms));
  }
  void begin(const std::string& answers = "", const WelcomeTerms& terms = {}) {
    speech.greet(it);
    REQUIRE(welcome(answers, terms) == Heard::welcome);
    REQUIRE(speech.begin());
    texts();
    reports();
  }
  Texts texts() { return std::exchange(fakes.sockets->texts, {}); }
  std::string reports() { return describe_all(std::exchange(reported, {})); }
  [[nodiscard]] Instant now() const { return fakes.clock->now(); }
};

}  // namespace openline
