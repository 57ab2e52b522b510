#include <simulation/application.hpp>

#include <simulation/invariants/invariants.hpp>

#include <algorithm>
#include <variant>

namespace openline {

void Application::bring_messages() {
  Chance& chance = world_.chance();
  std::uint32_t age = 20'000;
  for (std::uint32_t left = chance.below(5); left > 0; --left) {
    newest_message_ += 1;
    age = chance.below(age + 1);  // the oldest comes first
    const Handle value{newest_message_};
    const std::uint64_t bytes = chance.below(200);
    const Duration waited = Duration::milliseconds(age);
    const SendResult result = client_.adopt(value, bytes, waited);
    world_.coverage().note(result);
    invariants_.learn(SendAnswered{value, bytes, result, waited});
  }
}

void Application::act() {
  Chance& chance = world_.chance();
  switch (world_.is_faulty() ? chance.below(40) : 40) {
    case 0:
      return close();
    case 1:
    case 2:
      return open();
    case 3:
      return reconnect();
    case 4:
      // A line that has failed, or that the application closed, is wanted again some time.
      return want_open();
    default:
      for (std::uint32_t left = chance.between(1, 3); left > 0; --left) {
        send();
      }
      return;
  }
}

void Application::want_open() {
  switch (client_.state().phase) {
    case Phase::idle:
    case Phase::closed:
    case Phase::closing:
      return open();
    case Phase::failed:
      return reconnect();
    case Phase::refreshing:
    case Phase::asking:
    case Phase::opening:
    case Phase::open:
    case Phase::waiting:
    case Phase::resting:
      return;
  }
}

void Application::open() {
  invariants_.learn(OpenRequested{});
  world_.trace().note("application opens", 1, 1);
  client_.open();
}

void Application::close() {
  const CloseCode code = world_.chance().one_in(2) ? close_none : close_normal;
  invariants_.learn(CloseRequested{code});
  world_.trace().note("application closes", 1, 2);
  client_.close(code, code == close_none ? "" : "bye");
}

void Application::reconnect() {
  invariants_.learn(ReconnectRequested{});
  world_.trace().note("application reconnects", 1, 3);
  client_.reconnect();
}

void Application::send() {
  newest_message_ += 1;
  const Handle value{newest_message_};
  const std::uint64_t units = world_.chance().below(world_.chance().one_in(8) ? 600 : 120);
  std::uint64_t bytes = units;
  SendResult result = client_.send(value, {units, false});
  if (result == SendResult::measure) {
    world_.coverage().note(result);
    bytes = units + world_.chance().below(40);
    result = client_.send(value, {bytes, true});
  }
  world_.coverage().note(result);
  world_.trace().note("application sends", static_cast<std::uint32_t>(result), value.value);
  invariants_.learn(SendAnswered{value, bytes, result, {}});
}

void Application::hear(const Report& report) {
  if (const auto* url = std::get_if<UrlReport>(&report)) {
    be_asked_for_url(url->socket);
  } else if (const auto* credentials = std::get_if<CredentialsReport>(&report)) {
    be_asked_for_credentials(credentials->socket);
  } else if (const auto* ping = std::get_if<PingReport>(&report)) {
    be_asked_for_ping(ping->socket);
  } else if (const auto* status = std::get_if<StatusReport>(&report)) {
    hear_status(*status);
  } else if (world_.is_faulty() && world_.chance().one_in(60)) {
    act_from_handler();
  }
}

void Application::hear_status(const StatusReport& report) {
  const bool is_over = report.phase == Phase::failed || report.phase == Phase::closed;
  if (is_over && !world_.chance().one_in(4)) {
    world_.schedule(world_.chance().milliseconds(0, 2'000),
                    {.what = Happening::application_acts, .value = 1});
  }
}

void Application::act_from_handler() {
  switch (world_.chance().below(8)) {
    case 0:
      return close();
    case 1:
      return reconnect();
    case 2:
      return open();
    default:
      return send();
  }
}

void Application::be_asked_for_url(SocketId socket) {
  Chance& chance = world_.chance();
  auto answer = UrlAnswer::ready;
  Duration after = chance.one_in(2) ? Duration{} : chance.milliseconds(0, 200);
  if (world_.strikes(Fault::url_never, 30)) {
    return;
  }
  if (world_.strikes(Fault::url_late, 12)) {
    const Duration timeout = options_.connection.connect_timeout;
    after = Duration::milliseconds(timeout.count() * chance.between(5, 30) / 10);
  }
  if (world_.strikes(Fault::url_rejected, 25)) {
    answer = UrlAnswer::failed;
  } else if (world_.strikes(Fault::url_refused, 150)) {
    answer = UrlAnswer::refused;
  }
  const WorldEvent event{.what = Happening::url_answered,
                         .socket = socket.value,
                         .value = static_cast<std::uint32_t>(answer)};
  if (after == Duration{} && chance.one_in(2)) {
    answer_url(event);  // at once, from within the handler
  } else {
    world_.schedule(after, event);
  }
}

void Application::answer_url(const WorldEvent& event) {
  const SocketId socket{event.socket};
  world_.trace().note("url answered", event.socket, event.value);
  switch (static_cast<UrlAnswer>(event.value)) {
    case UrlAnswer::ready:
      invariants_.learn(UrlReady{socket});
      return client_.url_ready(socket, "wss://example.test/line");
    case UrlAnswer::failed:
      invariants_.learn(UrlFailed{socket});
      return client_.url_failed(socket);
    case UrlAnswer::refused:
      invariants_.learn(SocketRefused{socket});
      return client_.url_refused(socket);
  }
}

void Application::be_asked_for_credentials(SocketId socket) {
  if (world_.strikes(Fault::credentials_never, 10)) {
    return;
  }
  const bool is_ready = !world_.strikes(Fault::credentials_rejected, 3);
  const bool is_late = world_.is_faulty() && world_.chance().one_in(3);
  world_.schedule(world_.chance().milliseconds(0, is_late ? 20'000 : 400),
                  {.what = Happening::credentials_answered,
                   .socket = socket.value,
                   .value = is_ready ? 1U : 0U});
}

void Application::answer_credentials(const WorldEvent& event) {
  const SocketId socket{event.socket};
  if (event.value == 1) {
    invariants_.learn(CredentialsReady{socket});
    client_.credentials_ready(socket);
  } else {
    invariants_.learn(CredentialsFailed{socket});
    client_.credentials_failed(socket);
  }
}

void Application::be_asked_for_ping(SocketId socket) {
  if (network_.send_ping(socket)) {
    invariants_.learn(PingSent{socket});
    client_.ping_sent(socket);
  } else {
    invariants_.learn(PingFailed{socket});
  }
}

}  // namespace openline
