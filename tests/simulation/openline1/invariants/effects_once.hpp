#pragma once

// At the servers each message takes effect at most once, and those of a client in the order in
// which they were sent.

#include <simulation/openline1/ledger.hpp>
#include <simulation/verdict.hpp>

#include <cstdint>
#include <map>
#include <string>

namespace openline::conversation {

class EffectsOnce {
 public:
  EffectsOnce(const Ledger& ledger, Verdict& verdict)
      : ledger_{ledger}, judge_{verdict, "effects_once"} {}

  void learn_handled(const std::string& client, std::uint32_t message) {
    const MessageFate& fate = ledger_.of(message);
    judge_.require(fate.effects + fate.rejections == 1, "handled twice", message);
    std::uint32_t& newest = newest_[client];
    judge_.require(message >= newest, "handled behind a later one", message);
    newest = message;
  }

 private:
  const Ledger& ledger_;
  Judge judge_;
  std::map<std::string, std::uint32_t> newest_;  // by user and client id
};

}  // namespace openline::conversation
