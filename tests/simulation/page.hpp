#pragma once

// Page: hidden and shown, frozen and thawed, stored and restored, online and offline, asleep. It
// holds back what the page would see while it is frozen, and schedules what the page tells of it.

#include <openline/connection/page.hpp>

#include <simulation/network.hpp>
#include <simulation/world.hpp>

#include <vector>

namespace openline {

class Page {
 public:
  Page(World& world, Network& network) : world_{world}, network_{network} {}

  void act();
  [[nodiscard]] bool is_frozen() const { return is_frozen_; }
  void hold(const WorldEvent& event) { held_.push_back(event); }
  void thaw();
  void show();
  /// The network is back, and the page is told.
  void network_returns();
  /// Shown, awake, online.
  void recover();

 private:
  void tell(PageSignal signal, Duration after = {});
  void hide();
  void freeze();
  void store();
  void go_offline();
  void flap();
  void sleep();

  World& world_;
  Network& network_;
  std::vector<WorldEvent> held_;
  bool is_hidden_ = false;
  bool is_frozen_ = false;
  bool is_stored_ = false;
  bool is_offline_ = false;
};

}  // namespace openline
