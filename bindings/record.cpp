#include <bindings/record.hpp>

#include <cstdint>
#include <string_view>
#include <variant>

namespace openline {
namespace {

template <class Enum>
uint32_t number_of(Enum value) {
  return static_cast<uint32_t>(value);
}

/// Fields of a record; those that are not named are 0.
struct Fields {
  uint32_t a = 0;
  uint32_t b = 0;
  uint32_t c = 0;
  uint32_t d = 0;
  uint32_t e = 0;
  uint32_t f = 0;
  std::string_view text = {};
  double number = 0;
};

ol_record record(ol_record_kind kind, const Fields& fields = {}) {
  return {static_cast<uint32_t>(kind),
          fields.a,
          fields.b,
          fields.c,
          fields.d,
          fields.e,
          fields.f,
          fields.text.data(),
          static_cast<uint32_t>(fields.text.size()),
          0,
          fields.number};
}

struct RecordOf {
  ol_record operator()(const StatusReport& report) const {
    const bool has_retry = report.retry_at != Instant::never();
    return record(OL_RECORD_STATUS,
                  {.a = number_of(report.phase),
                   .b = number_of(report.failure),
                   .c = report.attempt,
                   .number = has_retry ? static_cast<double>(report.retry_at.count()) : -1});
  }
  ol_record operator()(const UrlReport& report) const {
    return record(OL_RECORD_URL, {.a = report.socket.value});
  }
  ol_record operator()(const OpenReport& /*report*/) const { return record(OL_RECORD_OPEN); }
  ol_record operator()(const MessageReport& report) const {
    return record(OL_RECORD_MESSAGE, {.a = report.value.value});
  }
  ol_record operator()(const ErrorReport& /*report*/) const { return record(OL_RECORD_ERROR); }
  ol_record operator()(const CloseReport& report) const {
    return record(OL_RECORD_CLOSE, {.a = report.code,
                                    .b = report.was_clean ? 1U : 0U,
                                    .c = report.is_own ? 1U : 0U,
                                    .text = report.reason});
  }
  ol_record operator()(const CredentialsReport& report) const {
    return record(OL_RECORD_CREDENTIALS, {.a = report.socket.value});
  }
  ol_record operator()(const PingReport& report) const {
    return record(OL_RECORD_PING, {.a = report.socket.value});
  }
  ol_record operator()(const OutageReport& report) const {
    return record(OL_RECORD_OUTAGE, {.number = static_cast<double>(report.down.count())});
  }
  ol_record operator()(const DropReport& report) const {
    return record(OL_RECORD_DROP, {.a = report.value.value, .b = number_of(report.cause)});
  }
  ol_record operator()(const FlushReport& report) const {
    return record(OL_RECORD_FLUSH, {.a = report.value.value});
  }
  ol_record operator()(const SubscribedReport& report) const {
    return at(OL_RECORD_SUBSCRIBED, report.stream, report.at);
  }
  ol_record operator()(const ResyncReport& report) const {
    return at(OL_RECORD_RESYNC, report.stream, report.top);
  }
  ol_record operator()(const DeniedReport& report) const {
    return record(OL_RECORD_DENIED,
                  {.a = report.stream.value, .b = report.code, .text = report.text});
  }
  ol_record operator()(const PublicationsReport& report) const {
    return record(OL_RECORD_PUBLICATIONS, {.a = report.stream.value,
                                           .b = report.count,
                                           .c = report.frame.value,
                                           .d = report.begin,
                                           .e = report.size,
                                           .f = report.run,
                                           .number = static_cast<double>(report.last)});
  }
  ol_record operator()(const FrameReadReport& report) const {
    return record(OL_RECORD_FRAME_READ, {.a = report.frame.value});
  }
  ol_record operator()(const ReplyReport& report) const {
    return record(OL_RECORD_REPLY, {.a = report.value.value, .text = report.json});
  }
  ol_record operator()(const SettledReport& report) const {
    return record(OL_RECORD_SETTLED, {.a = report.value.value,
                                      .b = number_of(report.how),
                                      .c = report.code,
                                      .text = report.text});
  }

 private:
  static ol_record at(ol_record_kind kind, StreamId stream, const Position& position) {
    return record(kind, {.a = stream.value,
                         .text = position.epoch,
                         .number = static_cast<double>(position.offset)});
  }
};

}  // namespace

ol_record record_of(const Report& report) { return std::visit(RecordOf{}, report); }

}  // namespace openline
