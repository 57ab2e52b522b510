#include <bindings/line_table.hpp>

#include <algorithm>
#include <utility>

namespace openline {

void LineTable::add(LineId id, std::unique_ptr<Client> client) {
  lines_.push_back({id, std::move(client), {}, {}, {}});
}

void LineTable::remove(LineId id) {
  if (Line* found = find(id)) {
    // Out of the list first: what its end leads to may name it again, and must not find it.
    const Line ended = std::move(*found);
    lines_.erase(lines_.begin() + (found - lines_.data()));
  }
}

Line* LineTable::find(LineId id) {
  const auto found = std::lower_bound(
      lines_.begin(), lines_.end(), id,
      [](const Line& line, LineId wanted) { return line.id.value < wanted.value; });
  return found != lines_.end() && found->id == id ? &*found : nullptr;
}

LineTable& lines() {
  static LineTable all;
  return all;
}

}  // namespace openline
