#pragma once

// Broker: what all servers of a conversation share. It numbers and keeps publications, knows up to
// where messages of each client were handled, and whose turn it is. Beside that stands a record of
// all that was ever published, which no fault touches: invariants judge by it.

#include <openline/base/position.hpp>

#include <simulation/openline1/codec.hpp>
#include <simulation/openline1/world.hpp>

#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace openline::conversation {

struct Entry {
  std::uint64_t offset = 0;
  std::uint32_t key = 0;    // of a keyed stream
  std::uint32_t value = 0;  // never published twice
};

/// Which publication of which message of a client this is.
struct Origin {
  std::string client;
  std::uint64_t seq = 0;
  std::uint32_t ordinal = 0;
  friend auto operator<=>(const Origin&, const Origin&) = default;
};

struct Newest {
  std::string epoch;
  Entry entry;
};

struct Stream {
  std::string name;
  bool is_keyed = false;
  std::string epoch;
  std::uint64_t top = 0;
  std::size_t history_max = 8;
  std::deque<Entry> history;
  std::map<std::string, std::map<std::uint64_t, Entry>> record;  // by epoch and offset
  std::map<std::uint32_t, Newest> newest;                        // by key, whatever was forgotten
};

class Broker {
 public:
  explicit Broker(World& world) : world_{world} {}
  Broker(const Broker&) = delete;
  Broker& operator=(const Broker&) = delete;

  void add_stream(std::string name, bool is_keyed);
  [[nodiscard]] std::vector<Stream>& streams() { return streams_; }
  [[nodiscard]] const std::vector<Stream>& streams() const { return streams_; }
  /// Null for a name that is none.
  [[nodiscard]] Stream* find(const std::string& name);
  [[nodiscard]] const Stream* find(const std::string& name) const;
  [[nodiscard]] std::uint32_t key_of(std::uint32_t value) const { return keys_.at(value); }
  [[nodiscard]] static Position position(const Stream& stream) {
    return {stream.epoch, stream.top};
  }

  /// Whoever is told of publications; a stream's are told in order.
  std::function<void(const Stream&, const Entry&, const std::optional<Origin>&)> on_published;
  /// May it be published to now?
  std::function<bool(const Stream&)> is_writable;
  /// False: nothing was published, now or before. The same origin is published once.
  [[nodiscard]] bool publish(Stream& stream, std::uint32_t key, const std::optional<Origin>& from);
  /// What came after the position; nothing if that cannot be told.
  [[nodiscard]] std::optional<std::vector<Entry>> read(const Stream& stream, const Position& after);

  // What may befall it.
  void forget_all(bool is_overtaking);
  void shorten(Stream& stream, std::size_t history_max);
  void roll_back(Stream& stream, std::uint64_t count);

  // Clients, by user and client id.
  [[nodiscard]] std::optional<std::uint64_t> cursor(const std::string& client) const;
  void commit(const std::string& client, std::uint64_t seq) { cursors_[client] = seq; }
  void forget_cursor(const std::string& client) { cursors_.erase(client); }
  /// What the client of this message was told, until it is known to have heard it.
  struct Answer {
    std::uint64_t seq = 0;
    Json frame;
  };
  void keep_answer(const std::string& client, Answer answer) {
    answers_[client].push_back(std::move(answer));
  }
  void forget_answers(const std::string& client, std::uint64_t up_to);
  [[nodiscard]] const std::deque<Answer>& answers(const std::string& client) {
    return answers_[client];
  }
  struct Claim {
    std::size_t server = 0;
    std::uint32_t link = 0;
  };
  /// The newest connection of a client; answers the one before.
  std::optional<Claim> claim(const std::string& client, const Claim& by);

  /// A message of this client is being handled.
  void begin(const std::string& client) { busy_[client] = {}; }
  [[nodiscard]] bool is_busy(const std::string& client) const { return busy_.count(client) > 0; }
  void finish(const std::string& client);
  /// At once, or as soon as no message of this client is being handled.
  void when_idle(const std::string& client, std::function<void()> then);

 private:
  World& world_;
  std::vector<Stream> streams_;
  std::map<Origin, std::uint32_t> origins_;
  std::map<std::string, std::uint64_t> cursors_;
  std::map<std::string, std::deque<Answer>> answers_;
  std::map<std::string, Claim> claims_;
  std::map<std::string, std::vector<std::function<void()>>> busy_;
  std::vector<std::uint32_t> keys_{0};  // by value
  std::uint32_t newest_epoch_ = 0;
};

}  // namespace openline::conversation
