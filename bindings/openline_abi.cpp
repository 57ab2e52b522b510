#include <bindings/openline_abi.h>

#include <bindings/argument.hpp>
#include <bindings/line_table.hpp>
#include <bindings/record.hpp>
#include <openline/client/client.hpp>
#include <openline/client/options.hpp>
#include <openline/ports/platform.hpp>

#include <cstring>
#include <memory>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace openline {
namespace {

static_assert(sizeof(ol_options) == sizeof(OptionValues), "one double for each row of the table");
static_assert(static_cast<int>(SendResult::refused_unsendable) == OL_SEND_UNSENDABLE);
static_assert(static_cast<int>(PageSignal::restored) == OL_PAGE_RESTORED);
static_assert(static_cast<int>(Settlement::unknown) == OL_SETTLED_UNKNOWN);

OptionValues values_of(const ol_options& options) {
  OptionValues values{};
  std::memcpy(values.data(), &options, sizeof(options));
  return values;
}

BinaryType binary_type_of(uint32_t value) {
  return value == 0 ? BinaryType::blob : BinaryType::arraybuffer;
}

template <class Enum>
uint32_t number_of(Enum value) {
  return static_cast<uint32_t>(value);
}

bool is_message_alone(const Reports& reports, Handle value) {
  const auto* message = reports.size() == 1 ? std::get_if<MessageReport>(&reports[0]) : nullptr;
  return message != nullptr && message->value == value;
}

}  // namespace
}  // namespace openline

using openline::Line;

namespace {

Line* find(uint32_t id) { return openline::lines().find({id}); }

}  // namespace

int32_t ol_options_fault(const ol_options* options) {
  const auto made = openline::make_client_options(openline::values_of(*options));
  return made ? -1 : static_cast<int32_t>(made.error().option);
}

uint32_t ol_line_create(const ol_options* options, const char* protocols, uint32_t protocols_size,
                        uint32_t mode) {
  const auto made = openline::make_client_options(openline::values_of(*options));
  if (!made) {
    return 0;
  }
  openline::ClientConfig config{made.value(), openline::text_of(protocols, protocols_size),
                                openline::binary_type_of(mode), mode == OL_MODE_OPENLINE_1};
  const openline::LineId id = openline::lines().next_id();
  openline::lines().add(
      id, std::make_unique<openline::Client>(std::move(config), openline::make_platform(id)));
  return id.value;
}

void ol_line_destroy(uint32_t line) { openline::lines().remove({line}); }

void ol_line_open(uint32_t line) {
  if (const Line* found = find(line)) {
    found->client->open();
  }
}

void ol_line_close(uint32_t line, uint32_t code, const char* reason, uint32_t reason_size) {
  if (const Line* found = find(line)) {
    found->client->close(static_cast<openline::CloseCode>(code),
                         openline::text_of(reason, reason_size));
  }
}

void ol_line_reconnect(uint32_t line) {
  if (const Line* found = find(line)) {
    found->client->reconnect();
  }
}

void ol_line_choose_wait(uint32_t line, double ms) {
  if (const Line* found = find(line)) {
    found->client->choose_wait(openline::duration_of(ms));
  }
}

void ol_line_credentials(uint32_t line, uint32_t socket, uint32_t is_ready) {
  if (const Line* found = find(line)) {
    if (is_ready != 0) {
      found->client->credentials_ready({socket});
    } else {
      found->client->credentials_failed({socket});
    }
  }
}

void ol_line_url_ready(uint32_t line, uint32_t socket, const char* url, uint32_t url_size) {
  if (const Line* found = find(line)) {
    found->client->url_ready({socket}, openline::text_of(url, url_size));
  }
}

void ol_line_url_failed(uint32_t line, uint32_t socket, uint32_t is_final) {
  if (const Line* found = find(line)) {
    if (is_final != 0) {
      found->client->url_refused({socket});
    } else {
      found->client->url_failed({socket});
    }
  }
}

void ol_line_set_protocols(uint32_t line, const char* protocols, uint32_t protocols_size) {
  if (const Line* found = find(line)) {
    found->client->set_protocols(openline::text_of(protocols, protocols_size));
  }
}

void ol_line_set_binary_type(uint32_t line, uint32_t binary_type) {
  if (const Line* found = find(line)) {
    found->client->set_binary_type(openline::binary_type_of(binary_type));
  }
}

uint32_t ol_line_send(uint32_t line, uint32_t handle, double units, uint32_t is_exact) {
  const Line* found = find(line);
  if (found == nullptr) {
    return OL_SEND_CLOSED;
  }
  const openline::MessageSize size{openline::count_of(units), is_exact != 0};
  return openline::number_of(found->client->send({handle}, size));
}

uint32_t ol_line_adopt(uint32_t line, uint32_t handle, double bytes, double age_ms) {
  const Line* found = find(line);
  if (found == nullptr) {
    return OL_SEND_CLOSED;
  }
  return openline::number_of(
      found->client->adopt({handle}, openline::count_of(bytes), openline::duration_of(age_ms)));
}

void ol_line_page_signal(uint32_t line, uint32_t signal) {
  const Line* found = find(line);
  if (found != nullptr && signal < openline::page_signal_count) {
    found->client->page_signalled(static_cast<openline::PageSignal>(signal));
  }
}

void ol_line_woken(uint32_t line) {
  if (const Line* found = find(line)) {
    found->client->woken();
  }
}

uint32_t ol_line_receive(uint32_t line, uint32_t socket, uint32_t handle) {
  const Line* found = find(line);
  if (found == nullptr) {
    return 0;
  }
  openline::Client& client = *found->client;
  client.socket_message({socket}, {handle});
  client.pump();
  if (found->records.empty() && openline::is_message_alone(client.reports(), {handle})) {
    client.clear_reports();
    return OL_RECEIVED;
  }
  return static_cast<uint32_t>(client.reports().size());
}

uint32_t ol_line_pump(uint32_t line) {
  Line* found = find(line);
  if (found == nullptr) {
    return 0;
  }
  found->client->begin_turn();
  found->client->pump();
  found->client->move_reports(found->reports);
  found->records.clear();
  for (const openline::Report& report : found->reports) {
    found->records.push_back(openline::record_of(report));
  }
  return static_cast<uint32_t>(found->records.size());
}

const ol_record* ol_line_records(uint32_t line) {
  const Line* found = find(line);
  return found == nullptr || found->records.empty() ? nullptr : found->records.data();
}

void ol_line_clear(uint32_t line) {
  if (Line* found = find(line)) {
    found->records.clear();
    found->reports.clear();
  }
}

double ol_line_buffered_amount(uint32_t line) {
  const Line* found = find(line);
  return found == nullptr ? 0 : found->client->buffered_amount();
}
