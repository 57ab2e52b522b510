#pragma once

// Inbox: which streams the application wants, how far each is known, and which run of publications
// may come next. It knows numbers and names; publications themselves never pass through it.

#include <openline/base/ids.hpp>
#include <openline/base/position.hpp>
#include <openline/base/time.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace openline {

enum class StreamPhase : std::uint8_t {
  wanted,      // not asked for on the present connection yet
  asked,       // HELLO or SUBSCRIBE has left
  live,        // runs come in
  recovering,  // a gap: RECOVER has left
  lost,        // the history could not cover a gap; the application must subscribe anew
  denied,      // the server refuses it
};

struct Subscription {
  StreamId id;
  std::string name;
  std::optional<Position> at;  // everything up to here is known; none: from now on
  StreamPhase phase = StreamPhase::wanted;
  std::uint64_t index = 0;                // live, recovering: what stands for it on the connection
  Instant answer_due = Instant::never();  // recovering: the connection is faulty then
};

/// The publications `first` to `last` of what `index` stands for.
struct RunSpan {
  std::uint64_t index = 0;
  std::uint64_t first = 0;
  std::uint64_t last = 0;
};

enum class RunVerdict : std::uint8_t {
  accepted,
  ignored,  // known already, or of no subscription that takes anything
  gap,      // something between is missing: RECOVER is to be sent, once
};

/// The server's answer to a subscription that it grants.
struct Grant {
  std::uint64_t index = 0;
  Position top;
  bool is_recovered = false;
};

class Inbox {
 public:
  static constexpr std::size_t streams_max = 1'000;
  static constexpr std::size_t name_bytes_max = 256;
  static constexpr std::size_t epoch_bytes_max = 64;
  static constexpr std::uint64_t offset_max = 9'007'199'254'740'991;  // 2^53 - 1
  /// From RECOVER to its answer.
  static constexpr Duration answer_timeout = Duration::seconds(10);

  /// A new subscription, in place of the one to a stream of that name; none when there are too many
  /// or the name, the epoch or the offset is out of bounds.
  [[nodiscard]] std::optional<StreamId> add(std::string name, std::optional<Position> from);
  /// The same subscription from elsewhere on. False for one that is not there.
  bool restart(StreamId id, std::optional<Position> from);
  /// Forgets it. Answers its name if the server knows of it.
  std::optional<std::string> remove(StreamId id);

  /// The connection is gone, and its indices with it; positions stay.
  void disconnect();
  /// HELLO or SUBSCRIBE for it has left.
  void note_asked(Subscription& subscription);

  /// Answers about the stream of that name. Null: nobody waits for this answer any more, or not for
  /// this one.
  [[nodiscard]] Subscription* grant(std::string_view name, const Grant& grant);
  [[nodiscard]] Subscription* deny(std::string_view name);
  /// A subscription that was granted has ended, unasked. Null: another one has been asked for.
  [[nodiscard]] Subscription* end(std::string_view name);
  /// RESYNC. Null: nothing was expected under this index.
  [[nodiscard]] Subscription* resync(std::uint64_t index);

  struct Taken {
    RunVerdict verdict = RunVerdict::ignored;
    const Subscription* subscription = nullptr;  // accepted, gap: whose run it is
  };
  [[nodiscard]] Taken take(const RunSpan& run, Instant now);

  [[nodiscard]] bool has(std::string_view name) { return find(name) != nullptr; }

  /// When a RECOVER will have waited for too long.
  [[nodiscard]] Instant next_due() const;
  [[nodiscard]] std::vector<Subscription>& subscriptions() { return subscriptions_; }
  [[nodiscard]] const std::vector<Subscription>& subscriptions() const { return subscriptions_; }

 private:
  /// Answers on their way for streams of that name: only the last one counts.
  struct Unanswered {
    std::string name;
    std::uint32_t count = 0;
  };

  [[nodiscard]] Subscription* find(StreamId id);
  [[nodiscard]] Subscription* find(std::string_view name);
  [[nodiscard]] Subscription* find_index(std::uint64_t index);
  [[nodiscard]] Subscription* find_answered(std::string_view name);

  std::vector<Subscription> subscriptions_;
  std::vector<Unanswered> unanswered_;
  StreamId newest_;
};

}  // namespace openline
