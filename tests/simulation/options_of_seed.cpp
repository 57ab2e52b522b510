#include <simulation/options_of_seed.hpp>

#include <openline/base/assert.hpp>

#include <array>
#include <cstddef>

namespace openline {
namespace {

constexpr double infinite = __builtin_inf();

class OptionsOfSeed {
 public:
  explicit OptionsOfSeed(Chance& chance) : chance_{chance} {}

  ClientOptions draw() {
    const bool is_usual = chance_.one_in(6);
    if (is_usual) {
      choose<3>(Option::heartbeat, {0, 1, 2});
    } else {
      draw_reconnect();
      draw_heartbeat();
      draw_queue();
    }
    const auto options = make_client_options(values_);
    OL_ASSERT(options.has_value());
    return options.value();
  }

 private:
  template <std::size_t count>
  void choose(Option option, const std::array<double, count>& choices) {
    values_[static_cast<std::size_t>(option)] = chance_.pick(choices);
  }
  void draw_between(Option option, std::uint32_t min, std::uint32_t max) {
    values_[static_cast<std::size_t>(option)] = chance_.between(min, max);
  }

  void draw_reconnect() {
    choose<4>(Option::reconnect_delay_min, {0, 100, 1'000, 3'000});
    choose<4>(Option::reconnect_delay_max, {3'000, 5'000, 30'000, 60'000});
    choose<4>(Option::reconnect_base_delay, {0, 500, 1'000, 5'000});
    choose<6>(Option::reconnect_attempts, {infinite, infinite, infinite, 0, 3, 10});
    choose<4>(Option::reconnect_stable_after, {0, 500, 5'000, 20'000});
    choose<7>(Option::reconnect_budget_attempts, {120, 120, 120, infinite, 1, 3, 8});
    choose<4>(Option::reconnect_budget_window, {60'000, 1'000, 10'000, 120'000});
    draw_between(Option::connect_timeout, 300, 12'000);
    draw_between(Option::close_timeout, 50, 6'000);
    choose<4>(Option::hidden, {0, 0, 1, 2});
    choose<4>(Option::hidden_after, {0, 1'000, 10'000, 30'000});
  }

  void draw_heartbeat() {
    choose<3>(Option::heartbeat, {0, 1, 2});
    draw_between(Option::heartbeat_interval, 500, chance_.one_in(2) ? 3'000 : 30'000);
    draw_between(Option::heartbeat_timeout, 300, chance_.one_in(2) ? 2'000 : 12'000);
    draw_between(Option::heartbeat_probe_timeout, 300, 5'000);
  }

  void draw_queue() {
    choose<5>(Option::queue_messages_max, {1'000, 16, 4, 1, 0});
    choose<5>(Option::queue_bytes_max, {1'048'576, 5'000, 500, 500, 0});
    choose<5>(Option::queue_ttl, {infinite, infinite, 300, 3'000, 30'000});
    choose<3>(Option::queue_overflow, {0, 1, 2});
    choose<3>(Option::message_bytes_max, {67'108'864, 500, 100});
  }

  Chance& chance_;
  OptionValues values_ = default_option_values();
};

}  // namespace

ClientOptions draw_options(Chance& chance) { return OptionsOfSeed{chance}.draw(); }

}  // namespace openline
