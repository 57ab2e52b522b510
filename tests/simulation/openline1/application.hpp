#pragma once

// Application of a page: it sends messages, subscribes and lets go, and after a RESYNC it fetches a
// snapshot, position first and content second, and goes on from there.

#include <openline/base/ids.hpp>
#include <openline/base/position.hpp>
#include <openline/client/report.hpp>

#include <simulation/openline1/server.hpp>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>

namespace openline::conversation {

class Page;

/// What the application knows of a stream.
struct View {
  StreamId id;
  std::uint32_t version = 0;     // one more with each (new) subscription
  std::optional<Position> at;    // everything up to here is known
  std::optional<Position> base;  // the content begins behind it; none: it is complete
  std::map<std::uint32_t, std::uint32_t> content;  // of a keyed stream
  bool is_lost = false;                            // the snapshot is being fetched
};

class Application {
 public:
  Application(const Scene& scene, Page& page, std::size_t index)
      : scene_{scene}, world_{scene.world}, page_{page}, index_{index} {}

  void begin();
  void act();
  void hear(const Report& report);
  /// The line shall be open, whatever it did before.
  void want_open();

  [[nodiscard]] const std::map<std::string, View>& views() const { return views_; }
  /// Does it know of something beyond what the stream has?
  [[nodiscard]] bool is_beyond(const Stream& stream) const;
  /// Snapshots that are being fetched are begun anew.
  void doubt_snapshots() { doubts_ += 1; }

 private:
  using Snapshot = std::function<void(const Position&, std::map<std::uint32_t, std::uint32_t>)>;

  void send_many(std::uint32_t count, std::size_t padding);
  void change_streams();
  void subscribe(const std::string& name);
  void subscribe_after_snapshot(const std::string& name);
  void unsubscribe(const std::string& name);
  void resubscribe_after_snapshot(const std::string& name, Duration wait);
  void fetch(const std::string& name, Duration wait, Snapshot then);
  void begin_view(const std::string& name, StreamId id, const std::optional<Position>& from);

  void take(const SubscribedReport& report);
  void take(const ResyncReport& report);
  void take(const DeniedReport& report);
  void take(const PublicationsReport& report);
  void take(const DropReport& report);
  void take(const FrameReadReport& report);
  void take(const SettledReport& report);
  void take(const StatusReport& report);
  void take(const UrlReport& report);
  void take(const MessageReport& report);
  template <class Other>
  void take(const Other& /*report*/) {}

  [[nodiscard]] View* find(StreamId id);

  Scene scene_;
  World& world_;
  Page& page_;
  std::size_t index_;
  std::map<std::string, View> views_;  // by stream
  std::uint32_t newest_version_ = 0;
  std::uint32_t doubts_ = 0;
};

}  // namespace openline::conversation
