#pragma once

// The id under which a server knows a line of a page: 128 random bits, never stored.

#include <openline/ports/random_port.hpp>

#include <string>

namespace openline {

/// 22 characters of base64url (RFC 4648 section 5), without padding.
[[nodiscard]] std::string make_client_id(RandomPort& random);

}  // namespace openline
