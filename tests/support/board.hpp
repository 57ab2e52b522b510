#pragma once

// Board: an inbox with one subscription, to the stream "board", for the tests of inbox.hpp.

#include <openline/inbox/inbox.hpp>

#include <support/catch.hpp>

#include <cstdint>
#include <optional>
#include <utility>

namespace openline {

struct Board {
  static constexpr Instant now = Instant::from_milliseconds(1'000);

  Inbox inbox;
  StreamId id;

  explicit Board(std::optional<Position> from = std::nullopt)
      : id{inbox.add("board", std::move(from)).value_or(StreamId{})} {
    REQUIRE_FALSE(id == StreamId{});
  }
  [[nodiscard]] Subscription& only() {
    REQUIRE(inbox.subscriptions().size() == 1);
    return inbox.subscriptions().front();
  }
  [[nodiscard]] StreamPhase phase() { return only().phase; }
  void ask() { inbox.note_asked(only()); }
  const Subscription* grant(const Grant& grant) { return inbox.grant("board", grant); }
  /// Live under index 3, known up to e1/10.
  void go_live() {
    ask();
    REQUIRE(grant({3, {"e1", 10}, true}) != nullptr);
  }
  RunVerdict take(std::uint64_t first, std::uint64_t last, std::uint64_t index = 3) {
    return inbox.take({index, first, last}, now).verdict;
  }
};

}  // namespace openline
