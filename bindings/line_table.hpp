#pragma once

// LineTable: the lines of this instance by their number. Numbers are never used again, so a late
// event of a line that is gone finds nothing.

#include <bindings/openline_abi.h>
#include <openline/base/ids.hpp>
#include <openline/base/position.hpp>
#include <openline/client/client.hpp>

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

namespace openline {

struct Line {
  LineId id;
  std::unique_ptr<Client> client;
  Reports reports;  // what the records point into
  std::vector<ol_record> records;
  std::optional<Position> start_after;  // of the next subscription
};

class LineTable {
 public:
  /// A number for a new line, above 0.
  [[nodiscard]] LineId next_id() { return {++newest_}; }
  /// `id` is the newest of next_id().
  void add(LineId id, std::unique_ptr<Client> client);
  /// The line and its client go. Unknown lines are ignored.
  void remove(LineId id);
  /// Null if there is none. Good until a line is added or removed.
  [[nodiscard]] Line* find(LineId id);

 private:
  std::vector<Line> lines_;  // by ascending id
  std::uint32_t newest_ = 0;
};

/// The lines of this instance.
[[nodiscard]] LineTable& lines();

}  // namespace openline
