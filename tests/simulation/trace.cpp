#include <simulation/trace.hpp>

#include <support/describe.hpp>

#include <array>
#include <cstddef>
#include <cstdio>
#include <string_view>
#include <variant>

namespace openline {
namespace {

constexpr std::array<std::string_view, happening_count> happening_names{
    "alarm rings", "url answered",     "credentials answered", "application acts", "socket opens",
    "message",     "socket errs",      "socket closes",        "page signals",     "page acts",
    "page thaws",  "page shows",       "network acts",         "network back",     "link ends",
    "server acts", "server gets ping", "server drops"};

/// What of a report belongs into the hash; its kind is there already.
struct InWords {
  std::uint64_t operator()(const StatusReport& r) const {
    const auto kind = static_cast<std::uint64_t>(r.phase) << 8U | static_cast<unsigned>(r.failure);
    return (static_cast<std::uint64_t>(r.retry_at.count()) << 16U | kind) ^
           (static_cast<std::uint64_t>(r.attempt) << 48U);
  }
  std::uint64_t operator()(const CredentialsReport& r) const { return r.socket.value; }
  std::uint64_t operator()(const UrlReport& r) const { return r.socket.value; }
  std::uint64_t operator()(const OpenReport& /*r*/) const { return 0; }
  std::uint64_t operator()(const MessageReport& r) const { return r.value.value; }
  std::uint64_t operator()(const PingReport& r) const { return r.socket.value; }
  std::uint64_t operator()(const ErrorReport& /*r*/) const { return 0; }
  std::uint64_t operator()(const CloseReport& r) const {
    return static_cast<std::uint64_t>(r.reason.size()) << 32U | r.code << 1U |
           (r.was_clean ? 1U : 0U);
  }
  std::uint64_t operator()(const OutageReport& r) const {
    return static_cast<std::uint64_t>(r.down.count());
  }
  std::uint64_t operator()(const DropReport& r) const {
    return static_cast<std::uint64_t>(r.cause) << 32U | r.value.value;
  }
  std::uint64_t operator()(const FlushReport& r) const { return r.value.value; }

  // Of lines that speak openline.1.
  std::uint64_t operator()(const SubscribedReport& r) const {
    return r.stream.value ^ r.at.offset << 16U;
  }
  std::uint64_t operator()(const ResyncReport& r) const {
    return r.stream.value ^ r.top.offset << 16U;
  }
  std::uint64_t operator()(const DeniedReport& r) const { return r.stream.value; }
  std::uint64_t operator()(const PublicationsReport& r) const {
    return r.stream.value ^ r.last << 16U;
  }
  std::uint64_t operator()(const FrameReadReport& r) const { return r.frame.value; }
  std::uint64_t operator()(const ReplyReport& r) const { return r.value.value; }
  std::uint64_t operator()(const SettledReport& r) const {
    return r.value.value ^ static_cast<std::uint64_t>(r.how) << 32U;
  }
};

}  // namespace

void Trace::note(const WorldEvent& event, Instant now) {
  word(static_cast<std::uint64_t>(now.count()) << 8U | static_cast<unsigned>(event.what));
  word(static_cast<std::uint64_t>(event.socket) << 32U | event.value);
  if (is_printing_) {
    const std::string_view name = happening_names[static_cast<std::size_t>(event.what)];
    print(std::to_string(now.count()) + " ms: " + std::string{name} + " " +
          std::to_string(event.socket) + " " + std::to_string(event.value) + " " +
          std::to_string(event.extra));
  }
}

void Trace::note(const char* verb, std::uint32_t subject, std::uint64_t object) {
  word(static_cast<std::uint64_t>(subject) << 32U ^ object);
  if (is_printing_) {
    print("    " + std::string{verb} + " " + std::to_string(subject) + " " +
          std::to_string(object));
  }
}

void Trace::note(const Report& report) {
  word(static_cast<std::uint64_t>(report.index()) << 56U ^ std::visit(InWords{}, report));
  if (is_printing_) {
    print("        " + describe(report));
  }
}

void Trace::note(const char* verb, std::uint32_t subject, std::string_view text) {
  word(static_cast<std::uint64_t>(subject) << 32U ^ text.size());
  for (const char byte : text) {
    hash_ = (hash_ ^ static_cast<unsigned char>(byte)) * 0x100000001b3U;
  }
  if (is_printing_) {
    constexpr std::size_t shown_max = 160;
    print("    " + std::string{verb} + " " + std::to_string(subject) + " " +
          std::string{text.substr(0, shown_max)});
  }
}

void Trace::say(std::string_view text) const {
  if (is_printing_) {
    print("    " + std::string{text});
  }
}

void Trace::print(const std::string& line) const { std::puts(line.c_str()); }

}  // namespace openline
