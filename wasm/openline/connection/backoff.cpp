#include <openline/connection/backoff.hpp>

#include <openline/base/assert.hpp>

#include <algorithm>

namespace openline {

Duration backoff_delay(const BackoffOptions& options, std::uint32_t retry, std::uint64_t entropy) {
  OL_ASSERT(options.delay_min <= options.delay_max);
  const auto floor = static_cast<std::uint64_t>(options.delay_min.count());
  const auto room = static_cast<std::uint64_t>(options.delay_max.count()) - floor;
  const auto base = static_cast<std::uint64_t>(options.base.count());

  // base and room are below 2^31 (options.hpp), so with an exponent of at most 31 the shift stays
  // below 2^62, and any later retry is at the cap anyway. Jitter is drawn below the cap, never cut
  // off at it: socket.io adds jitter first and caps afterwards, so from the fifth attempt on all of
  // its clients wait exactly as long as each other.
  const std::uint64_t window = std::min(room, base << std::min(retry, 31U));

  // The bias of the remainder is at most window / 2^64, far below one millisecond in an age.
  const std::uint64_t jitter = entropy % (window + 1);
  return Duration::milliseconds(static_cast<std::int64_t>(floor + jitter));
}

}  // namespace openline
