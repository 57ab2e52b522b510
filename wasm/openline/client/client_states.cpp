// The part of the client that a line needs which keeps states.

#include <openline/client/client.hpp>
#include <openline/protocol/batch.hpp>

namespace openline {

StateStore& Client::states() {
  if (!states_) {
    states_.emplace(platform_.random->seed());
  }
  return *states_;
}

bool Client::feed(std::uint32_t state, std::uint32_t run, std::uint32_t skip) {
  const KeptRun* kept = speech_ ? speech_->runs().find(run) : nullptr;
  if (kept == nullptr || !states_) {
    return false;
  }
  bool has_news = false;
  RunPayloads payloads{speech_->runs().frame_of(*kept), kept->run};
  // Where newer publications of a key have made older ones needless the offsets are not known one
  // by one; counted back from the last, each is the greatest that it can be.
  const std::uint64_t before = kept->run.last - kept->run.count;
  for (std::uint32_t i = 1; const auto payload = payloads.next(); ++i) {
    if (i > skip) {
      has_news = states_->take(state, *payload, before + i) || has_news;
    }
  }
  return has_news;
}

}  // namespace openline
