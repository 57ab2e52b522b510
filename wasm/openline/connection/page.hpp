#pragma once

// What a page tells of itself and its network. Hints, and often wrong ones: `navigator.onLine` is
// false beside a server on the same machine, and a page that was frozen may have lost its socket or
// not. They bring attempts and probes forward; none of them ends an open connection, but for
// `stored` (the socket of a stored page is lost anyway) and where the application asks for it.

#include <openline/base/time.hpp>

#include <cstddef>
#include <cstdint>

namespace openline {

/// WHATWG HTML (online, offline, pagehide, pageshow), Page Visibility, Page Lifecycle.
enum class PageSignal : std::uint8_t {
  online,
  offline,
  shown,     // visibilitychange to visible
  hidden,    // visibilitychange to hidden
  resumed,   // resume: no longer frozen. Freezing itself needs no answer
  stored,    // pagehide with `persisted`: into the back/forward cache
  restored,  // pageshow with `persisted`: out of it
};
inline constexpr std::size_t page_signal_count = 7;

/// What a line does while its page is hidden.
enum class HiddenPolicy : std::uint8_t {
  keep,   // the same as while it is shown
  pause,  // an open connection is kept, a lost one is tried again when the page is shown
  close,  // the connection is closed, and opened again when the page is shown
};

/// What the page last said.
struct PageState {
  bool is_offline = false;
  bool is_hidden = false;
  bool is_stored = false;   // in the back/forward cache
  bool is_resting = false;  // hidden for so long that HiddenPolicy takes effect
  Instant rests_at = Instant::never();
  friend constexpr bool operator==(const PageState&, const PageState&) = default;
};

}  // namespace openline
