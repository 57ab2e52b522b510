#include <support/abi_line.hpp>

#include <support/catch.hpp>

#include <limits>

namespace openline {

ol_options abi_options() {
  const double infinity = std::numeric_limits<double>::infinity();
  return {1'000, 30'000, 0, infinity, 5'000, 10'000, 5'000, 1'000, 1'048'576, 67'108'864};
}

AbiLine::AbiLine(const ol_options& options)
    : id_{ol_line_create(&options, nullptr, 0, 0)}, platform_{newest_platform()} {
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
