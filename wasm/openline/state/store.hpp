#pragma once

// StateStore: the states of one line. Messages go in as JSON text, and what changed comes out as
// JSON text, of that alone which somebody observes. It knows no stream and no socket.

#include <openline/state/spec.hpp>

#include <cstdint>
#include <string>
#include <string_view>

namespace openline {

/// What of a state crosses with each delta; bits.
enum : std::uint32_t { observe_values = 1, observe_keys = 2 };

class StateStore {
 public:
  static constexpr std::size_t states_max = 1'000;
  static constexpr std::size_t watches_max = 100'000;  // of a state
  static constexpr std::size_t faults_max = 32;        // between two deltas; the rest are counted

  /// `seed` of the hash, so that nobody can choose keys that collide.
  explicit StateStore(std::uint64_t seed);

  /// The number of a new, empty state, above 0 and never used again; 0: too many.
  [[nodiscard]] std::uint32_t add(StateSpec spec);
  void remove(std::uint32_t state);
  [[nodiscard]] bool is_empty() const;

  /// A message of the state's stream, whose offset there is `offset`. True if the next delta has
  /// something to tell now. A message that is no good changes nothing, and the delta tells of it.
  bool take(std::uint32_t state, std::string_view payload, std::uint64_t offset);
  /// A message of a line without streams: for every state that it matches.
  bool take_all(std::string_view text);

  /// Replaces all that the state holds. `value`: a JSON array of rows (collection, log), or the
  /// value (latest, document). Rows count as told; `text()` is a JSON array with the id of each
  /// row, 0 for one that was not taken, or empty for a value.
  bool seed(std::uint32_t state, std::string_view value);

  /// Which of observe_* the deltas have of it from now on.
  void observe(std::uint32_t state, std::uint32_t what);
  /// Observes the row with this key, whether or not there is one. Its number, above 0; 0: too many.
  [[nodiscard]] std::uint32_t watch(std::uint32_t state, std::string_view key);
  void unwatch(std::uint32_t state, std::uint32_t watch);

  /// Writes the whole state as an entry of a delta, and all of it counts as told.
  void read(std::uint32_t state);
  /// Writes the row's JSON; nothing when there is none.
  void read_row(std::uint32_t state, std::string_view key);
  /// Writes all that changed since the last time; nothing when nothing did.
  void take_delta();

  /// What was written last. Good until the next call.
  [[nodiscard]] std::string_view text() const;
};

}  // namespace openline
