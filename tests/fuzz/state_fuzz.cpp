// libFuzzer: whatever a server sends to a state of rows and whatever a page does with it, it agrees
// with a model, and JavaScript knows what it observes. Bytes that are no choices are taken as they
// are: then nothing may crash, and what is answered is JSON. Run: node scripts/fuzz.js state_fuzz

#include <openline/state/store.hpp>

#include <support/rows_walk.hpp>
#include <fuzz/bytes.hpp>

#include <nlohmann/json.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace {

using namespace openline;
using fuzz::Bytes;
using fuzz::require;

void walk_through(Bytes& bytes) {
  RowsWalk walk{[&](std::uint32_t count) { return bytes.choice(count); }};
  for (int step = 0; step < 500 && !bytes.is_empty(); ++step) {
    walk.step();
  }
  walk.end();
  require(walk.broken().empty(), walk.broken().c_str());
}

/// The first line is a spec, each other one a message.
void take_lines(std::string_view text) {
  const std::size_t end = text.find('\n');
  auto spec = read_state_spec(text.substr(0, end));
  if (!spec || end == std::string_view::npos) {
    return;
  }
  StateStore store{1};
  const std::uint32_t state = store.add(*spec);
  store.observe(state, observe_values | observe_keys);
  for (text.remove_prefix(end + 1); !text.empty();) {
    const std::size_t size = text.find('\n');
    store.take(state, text.substr(0, size), 1);
    text.remove_prefix(size == std::string_view::npos ? text.size() : size + 1);
    store.take_delta();
    const bool is_json = nlohmann::json::accept(store.text());
    // The oracle refuses numbers that no double can hold, and surrogates that stand alone.
    const bool is_beyond = store.text().find_first_of("eE\\") != std::string_view::npos;
    require(store.text().empty() || is_json || is_beyond, "a delta is JSON");
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size > 0 && data[0] == '{') {
    take_lines({reinterpret_cast<const char*>(data), size});
  } else {
    Bytes bytes{data, size};
    walk_through(bytes);
  }
  return 0;
}
