#include <simulation/client_in_world.hpp>

#include <utility>

namespace openline {
namespace {

class WorldClock final : public ClockPort {
 public:
  explicit WorldClock(World& world) : world_{world} {}
  Instant now() override { return world_.now(); }
  void wake_at(Instant at) override { world_.set_alarm(at); }

 private:
  World& world_;
};

class WorldRandom final : public RandomPort {
 public:
  explicit WorldRandom(World& world) : world_{world} {}
  std::uint64_t seed() override { return world_.chance().next(); }

 private:
  World& world_;
};

}  // namespace

std::unique_ptr<Client> make_client(const ClientOptions& options, World& world, Network& network) {
  ClientConfig config;
  config.options = options;
  return std::make_unique<Client>(std::move(config),
                                  Platform{network.port(), std::make_unique<WorldClock>(world),
                                           std::make_unique<WorldRandom>(world)});
}

}  // namespace openline
