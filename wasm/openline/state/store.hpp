#pragma once

// StateStore: the states of one line. Messages go in as JSON text, and what changed comes out as
// JSON text, of that alone which somebody observes. It knows no stream and no socket.

#include <openline/state/key_hash.hpp>
#include <openline/state/observed.hpp>
#include <openline/state/problem.hpp>
#include <openline/state/router.hpp>
#include <openline/state/rows_state.hpp>
#include <openline/state/spec.hpp>
#include <openline/state/value_state.hpp>
#include <openline/state/watches.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace openline {

class StateStore {
 public:
  static constexpr std::size_t states_max = 1'000;
  static constexpr std::size_t watches_max = Watches::watches_max;  // of a state
  static constexpr std::size_t faults_max = 32;  // between two deltas; the rest are counted

  /// `seed` of the hash, so that nobody can choose keys that collide.
  explicit StateStore(std::uint64_t seed);

  /// The number of a new, empty state, above 0 and never used again; 0: too many.
  [[nodiscard]] std::uint32_t add(StateSpec spec);
  void remove(std::uint32_t state);
  [[nodiscard]] bool is_empty() const { return states_.empty(); }

  /// A message of the state's stream, whose offset there is `offset`. True if the next delta has
  /// something to tell now. A message that is no good changes nothing, and the delta tells of it.
  bool take(std::uint32_t state, std::string_view payload, std::uint64_t offset);
  /// A message of a line without streams: for every state that it matches.
  bool take_all(std::string_view text);

  /// Replaces all that the state holds. `value`: a JSON array of rows (collection, log), or the
  /// value (latest, document). Values count as told, but for a row that several elements make;
  /// keys and the rows of watches do not. `text()` is a JSON array with the id of each row, 0 for
  /// one that was not taken, of a value an empty one. The next delta tells what is wrong with the
  /// first row that is no good. False when the whole is no good: then nothing has changed.
  bool seed(std::uint32_t state, std::string_view value);

  /// Which of observe_* the deltas have of it from now on. The next one has what of that is not
  /// told yet, so that a reader may read first and observe later.
  void observe(std::uint32_t state, std::uint32_t what);
  /// Observes the row with this key, whether or not there is one. Its number, above 0; 0: too many.
  [[nodiscard]] std::uint32_t watch(std::uint32_t state, std::string_view key);
  void unwatch(std::uint32_t state, std::uint32_t watch);

  /// Writes the whole state as an entry of a delta, with values and keys, and all of it counts as
  /// told. What was evicted and what went wrong is left to the next delta.
  void read(std::uint32_t state);
  /// Writes the row's JSON; nothing when there is none.
  void read_row(std::uint32_t state, std::string_view key);
  /// Writes all that changed since the last time; nothing when nothing did.
  void take_delta();

  /// What was written last. Good until the next call.
  [[nodiscard]] std::string_view text() const { return text_; }

 private:
  /// One of `rows` and `value` is there.
  struct State {
    std::uint32_t number = 0;
    bool has_stream = false;
    std::unique_ptr<Router> router;
    std::unique_ptr<RowsState> rows;
    std::unique_ptr<ValueState> value;
  };
  struct Fault {
    std::uint32_t state = 0;
    StateFault fault;
    std::uint64_t offset = 0;
  };

  [[nodiscard]] State* find(std::uint32_t number);
  [[nodiscard]] RowsState* find_rows(std::uint32_t number);
  std::optional<StateFault> take_into(State& state, std::string_view message);
  void note_fault(const State& state, const StateFault& fault, std::uint64_t offset);
  [[nodiscard]] static bool has_news(const State& state);
  void note_news(const State& state);
  void append_faults();

  KeyHash hash_;
  std::vector<State> states_;  // by number
  std::uint32_t newest_ = 0;
  std::vector<Fault> faults_;
  std::uint64_t faults_more_ = 0;
  bool has_news_ = false;  // the next delta may have something
  std::string text_;
};

}  // namespace openline
