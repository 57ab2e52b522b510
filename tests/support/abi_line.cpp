#include <support/abi_line.hpp>

#include <support/catch.hpp>

#include <limits>

namespace openline {

ol_options abi_options() {
  const double infinity = std::numeric_limits<double>::infinity();
  ol_options options{};
  options.reconnect_min_delay_ms = 1'000;
  options.reconnect_max_delay_ms = 30'000;
  options.reconnect_attempts = infinity;
  options.reconnect_stable_after_ms = 5'000;
  options.reconnect_budget_attempts = 120;
  options.reconnect_budget_window_ms = 60'000;
  options.connect_timeout_ms = 10'000;
  options.close_timeout_ms = 5'000;
  options.heartbeat_interval_ms = 24'000;
  options.heartbeat_timeout_ms = 10'000;
  options.heartbeat_probe_timeout_ms = 3'500;
  options.hidden_after_ms = 30'000;
  options.queue_max_messages = 1'000;
  options.queue_max_bytes = 1'048'576;
  options.queue_ttl_ms = infinity;
  options.message_bytes_max = 67'108'864;
  return options;
}

AbiLine::AbiLine(const ol_options& options, std::uint32_t mode)
    : id_{ol_line_create(&options, nullptr, 0, mode)}, platform_{newest_platform()} {
  REQUIRE(id_ != 0);
}

std::vector<AbiRecord> AbiLine::take() {
  const std::uint32_t count = ol_line_pump(id_);
  const ol_record* first = ol_line_records(id_);
  std::vector<AbiRecord> records;
  for (std::uint32_t i = 0; i < count; ++i) {
    const ol_record& record = first[i];
    const bool has_text = record.text_size > 0;
    records.push_back({record.kind, record.a, record.b, record.c,
                       has_text ? std::string{record.text, record.text_size} : std::string{},
                       record.number});
  }
  ol_line_clear(id_);
  return records;
}

void AbiLine::start() {
  const std::string url = "wss://example.test/line";
  ol_line_open(id_);
  ol_line_url_ready(id_, 1, url.data(), static_cast<std::uint32_t>(url.size()));
  take();
  REQUIRE(sockets().opened.size() == 1);
}

void AbiLine::connect() {
  start();
  ol_line_socket_opened(id_, 1);
  take();
}

void AbiLine::close_event(std::uint32_t socket, std::uint32_t code, const std::string& reason) {
  const ol_close_event event{code, code == 1006 ? 0U : 1U, reason.c_str()};
  sockets().lose();
  ol_line_socket_closed(id_, socket, &event);
}

}  // namespace openline
