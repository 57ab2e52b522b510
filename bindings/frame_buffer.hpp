#pragma once

// The buffer that the host writes a frame or a text into. All lines share it: nothing else happens
// between the writing and the call that reads it.

#include <cstdint>
#include <string>
#include <string_view>

namespace openline {

/// The text of the last ol_frame_buffer.
[[nodiscard]] std::string_view frame_text(std::uint32_t size);
/// The same, moved out; the next frame gets a buffer of its own.
[[nodiscard]] std::string take_frame(std::uint32_t size);

}  // namespace openline
