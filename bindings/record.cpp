#include <bindings/record.hpp>

#include <cstdint>
#include <variant>

namespace openline {
namespace {

template <class Enum>
uint32_t number_of(Enum value) {
  return static_cast<uint32_t>(value);
}

struct RecordOf {
  ol_record operator()(const StatusReport& report) const {
    const bool has_retry = report.retry_at != Instant::never();
    return {OL_RECORD_STATUS,
            number_of(report.phase),
            number_of(report.failure),
            report.attempt,
            nullptr,
            0,
            has_retry ? static_cast<double>(report.retry_at.count()) : -1};
  }
  ol_record operator()(const UrlReport& report) const {
    return {OL_RECORD_URL, report.socket.value, 0, 0, nullptr, 0, 0};
  }
  ol_record operator()(const OpenReport& /*report*/) const {
    return {OL_RECORD_OPEN, 0, 0, 0, nullptr, 0, 0};
  }
  ol_record operator()(const MessageReport& report) const {
    return {OL_RECORD_MESSAGE, report.value.value, 0, 0, nullptr, 0, 0};
  }
  ol_record operator()(const ErrorReport& /*report*/) const {
    return {OL_RECORD_ERROR, 0, 0, 0, nullptr, 0, 0};
  }
  ol_record operator()(const CloseReport& report) const {
    return {OL_RECORD_CLOSE,
            report.code,
            report.was_clean ? 1U : 0U,
            report.is_own ? 1U : 0U,
            report.reason.data(),
            static_cast<uint32_t>(report.reason.size()),
            0};
  }
  ol_record operator()(const CredentialsReport& report) const {
    return {OL_RECORD_CREDENTIALS, report.socket.value, 0, 0, nullptr, 0, 0};
  }
  ol_record operator()(const PingReport& report) const {
    return {OL_RECORD_PING, report.socket.value, 0, 0, nullptr, 0, 0};
  }
  ol_record operator()(const OutageReport& report) const {
    return {OL_RECORD_OUTAGE, 0, 0, 0, nullptr, 0, static_cast<double>(report.down.count())};
  }
  ol_record operator()(const DropReport& report) const {
    return {OL_RECORD_DROP, report.value.value, number_of(report.cause), 0, nullptr, 0, 0};
  }
  ol_record operator()(const FlushReport& report) const {
    return {OL_RECORD_FLUSH, report.value.value, 0, 0, nullptr, 0, 0};
  }
};

}  // namespace

ol_record record_of(const Report& report) { return std::visit(RecordOf{}, report); }

}  // namespace openline
