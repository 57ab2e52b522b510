#pragma once

// The options of a simulated client: every one of them varies, and each kind of value occurs often.

#include <openline/client/options.hpp>

#include <simulation/chance.hpp>

namespace openline {

[[nodiscard]] ClientOptions draw_options(Chance& chance);

}  // namespace openline
