#include <bindings/record.hpp>

#include <openline/base/match.hpp>

#include <cstdint>
#include <string_view>

namespace openline {
namespace {

template <class Enum>
uint32_t number_of(Enum value) {
  return static_cast<uint32_t>(value);
}

/// Writes into a record that is all zeros what a report has to say.
class RecordWriter {
 public:
  explicit RecordWriter(ol_record& record) : record_{record} {}

  void operator()(const StatusReport& report) const {
    record_.kind = OL_RECORD_STATUS;
    record_.a = number_of(report.phase);
    record_.b = number_of(report.failure);
    record_.c = report.attempt;
    const bool has_retry = report.retry_at != Instant::never();
    record_.number = has_retry ? static_cast<double>(report.retry_at.count()) : -1;
  }
  void operator()(const UrlReport& report) const { about(OL_RECORD_URL, report.socket); }
  void operator()(const OpenReport& /*report*/) const { record_.kind = OL_RECORD_OPEN; }
  void operator()(const MessageReport& report) const { about(OL_RECORD_MESSAGE, report.value); }
  void operator()(const ErrorReport& /*report*/) const { record_.kind = OL_RECORD_ERROR; }
  void operator()(const CloseReport& report) const {
    record_.kind = OL_RECORD_CLOSE;
    record_.a = report.code;
    record_.b = report.was_clean ? 1 : 0;
    record_.c = report.is_own ? 1 : 0;
    say(report.reason);
  }
  void operator()(const CredentialsReport& report) const {
    about(OL_RECORD_CREDENTIALS, report.socket);
  }
  void operator()(const PingReport& report) const { about(OL_RECORD_PING, report.socket); }
  void operator()(const OutageReport& report) const {
    record_.kind = OL_RECORD_OUTAGE;
    record_.number = static_cast<double>(report.down.count());
  }
  void operator()(const DropReport& report) const {
    about(OL_RECORD_DROP, report.value);
    record_.b = number_of(report.cause);
  }
  void operator()(const FlushReport& report) const { about(OL_RECORD_FLUSH, report.value); }
  void operator()(const SubscribedReport& report) const {
    about(OL_RECORD_SUBSCRIBED, report.stream);
    place(report.at);
  }
  void operator()(const ResyncReport& report) const {
    about(OL_RECORD_RESYNC, report.stream);
    place(report.top);
  }
  void operator()(const DeniedReport& report) const {
    about(OL_RECORD_DENIED, report.stream);
    record_.b = report.code;
    say(report.text);
  }
  void operator()(const PublicationsReport& report) const {
    about(OL_RECORD_PUBLICATIONS, report.stream);
    record_.b = report.count;
    record_.c = report.frame.value;
    record_.d = report.begin;
    record_.e = report.size;
    record_.f = report.run;
    record_.number = static_cast<double>(report.last);
  }
  void operator()(const FrameReadReport& report) const {
    about(OL_RECORD_FRAME_READ, report.frame);
  }
  void operator()(const ReplyReport& report) const {
    about(OL_RECORD_REPLY, report.value);
    say(report.json);
  }
  void operator()(const SettledReport& report) const {
    about(OL_RECORD_SETTLED, report.value);
    record_.b = number_of(report.how);
    record_.c = report.code;
    say(report.text);
  }

 private:
  template <class Id>
  void about(ol_record_kind kind, Id subject) const {
    record_.kind = kind;
    record_.a = subject.value;
  }
  void say(std::string_view text) const {
    record_.text = text.data();
    record_.text_size = static_cast<uint32_t>(text.size());
  }
  void place(const PositionView& position) const {
    say(position.epoch);
    record_.number = static_cast<double>(position.offset);
  }

  ol_record& record_;
};

}  // namespace

ol_record record_of(const Report& report) {
  ol_record record{};
  match(report, RecordWriter{record});
  return record;
}

}  // namespace openline
