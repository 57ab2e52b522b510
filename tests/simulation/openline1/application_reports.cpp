// What the application of a page hears; what it does by itself is in application.cpp.

#include <simulation/openline1/application.hpp>

#include <simulation/openline1/page.hpp>

#include <algorithm>
#include <string>
#include <variant>

namespace openline::conversation {

void Application::hear(const Report& report) {
  std::visit([this](const auto& each) { take(each); }, report);
}

View* Application::find(StreamId id) {
  for (auto& [name, view] : views_) {
    if (view.id == id) {
      return &view;
    }
  }
  return nullptr;
}

void Application::take(const SubscribedReport& report) {
  View* view = find(report.stream);
  if (view != nullptr && !view->at) {
    view->at = Position{std::string{report.at.epoch}, report.at.offset};
    view->base = view->at;
  }
}

void Application::take(const ResyncReport& report) {
  for (auto& [name, view] : views_) {
    if (view.id == report.stream) {
      view.is_lost = true;
      const bool is_slow = world_.is_faulty() && world_.chance().one_in(3);
      return resubscribe_after_snapshot(name,
                                        world_.chance().milliseconds(0, is_slow ? 4'000 : 50));
    }
  }
}

void Application::take(const DeniedReport& report) {
  for (auto& [name, view] : views_) {
    if (view.id == report.stream) {
      view.is_lost = true;
      return resubscribe_after_snapshot(name, world_.chance().milliseconds(100, 2'000));
    }
  }
}

void Application::take(const PublicationsReport& report) {
  View* view = find(report.stream);
  const std::string* frame = page_.find(report.frame);
  if (view == nullptr || frame == nullptr) {
    return;  // the invariants say so
  }
  const Json values =
      Json::parse("[" + frame->substr(report.begin, report.size) + "]", nullptr, false);
  page_.invariants().learn(PublicationsRead{report.stream, values, report.last});
  if (!values.is_array() || !view->at) {
    return;
  }
  view->at->offset = report.last;
  for (const Json& value : values) {
    const auto number = value.get<std::uint32_t>();
    view->content[scene_.broker.key_of(number)] = number;
  }
}

void Application::take(const DropReport& report) { page_.free(report.value); }
void Application::take(const FrameReadReport& report) { page_.free(report.frame); }
void Application::take(const SettledReport& report) { page_.free(report.value); }

void Application::take(const MessageReport& report) {
  scene_.verdict.violate("well_spoken", "a plain message is passed on", report.value.value);
  page_.free(report.value);
}

void Application::take(const StatusReport& report) {
  if (report.phase == Phase::failed || report.phase == Phase::closed) {
    world_.after(world_.chance().milliseconds(0, 2'000), [this] {
      const Phase phase = page_.client().state().phase;
      if (phase == Phase::failed || phase == Phase::closed) {
        want_open();
      }
    });
  }
}

void Application::take(const UrlReport& report) {
  world_.after(world_.chance().milliseconds(0, 20), [this, socket = report.socket] {
    page_.client().url_ready(socket, "wss://example.test/line");
    page_.work();
  });
}

}  // namespace openline::conversation
