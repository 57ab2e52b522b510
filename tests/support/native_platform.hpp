#pragma once

// make_platform for the native build: lines that are made through the ABI run on fakes, too.

#include <support/fake_platform.hpp>

namespace openline {

/// The fakes of the line that was created last.
[[nodiscard]] const FakePlatform& newest_platform();

}  // namespace openline
