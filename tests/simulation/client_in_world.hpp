#pragma once

// A real client whose clock and chance are a world's, and whose sockets are a network's.

#include <openline/client/client.hpp>
#include <openline/client/options.hpp>

#include <simulation/network.hpp>
#include <simulation/world.hpp>

#include <memory>

namespace openline {

[[nodiscard]] std::unique_ptr<Client> make_client(const ClientOptions& options, World& world,
                                                  Network& network);

}  // namespace openline
