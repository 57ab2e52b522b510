#include <openline/client/options.hpp>

#include <support/catch.hpp>

#include <nlohmann/json.hpp>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <fstream>
#include <limits>
#include <set>
#include <string>

using namespace openline;

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();

Option option_at(std::size_t index) { return static_cast<Option>(index); }
std::size_t index_of(Option option) { return static_cast<std::size_t>(option); }

/// The defaults but for one value; the other end of the delays makes room for it.
OptionValues values_with(Option option, double value) {
  OptionValues values = default_option_values();
  if (option == Option::reconnect_delay_min) {
    values[index_of(Option::reconnect_delay_max)] = timer_ms_max;
  }
  if (option == Option::reconnect_delay_max) {
    values[index_of(Option::reconnect_delay_min)] = 0;
  }
  values[index_of(option)] = value;
  return values;
}

bool is_allowed(Option option, double value) {
  return make_client_options(values_with(option, value)).has_value();
}

nlohmann::json fixture() {
  std::ifstream file{OPENLINE_FIXTURES "/options.json"};
  return nlohmann::json::parse(file, nullptr, false);
}

}  // namespace

TEST_CASE("options: each option may be its least, its largest and its default", "[client]") {
  for (std::size_t i = 0; i < option_count; ++i) {
    const OptionSpec& spec = option_specs[i];
    INFO(spec.name);
    CHECK(is_allowed(option_at(i), spec.min));
    CHECK(is_allowed(option_at(i), spec.max));
    CHECK(is_allowed(option_at(i), spec.standard));
  }
}

TEST_CASE("options: no option may be below its least or above its largest", "[client]") {
  for (std::size_t i = 0; i < option_count; ++i) {
    const OptionSpec& spec = option_specs[i];
    INFO(spec.name);
    CHECK_FALSE(is_allowed(option_at(i), spec.min - 1));
    CHECK_FALSE(is_allowed(option_at(i), std::nextafter(spec.min, -infinity)));
    CHECK_FALSE(is_allowed(option_at(i), std::nextafter(spec.max, infinity)));
    CHECK_FALSE(is_allowed(option_at(i), spec.max + 1));
    CHECK_FALSE(is_allowed(option_at(i), -infinity));
  }
}

TEST_CASE("options: no option may be NaN", "[client]") {
  for (std::size_t i = 0; i < option_count; ++i) {
    INFO(option_specs[i].name);
    CHECK_FALSE(is_allowed(option_at(i), not_a_number));
  }
}

TEST_CASE("options: Infinity is allowed where it means without a limit, and nowhere else",
          "[client]") {
  const std::set<Option> limits{Option::reconnect_attempts, Option::reconnect_budget_attempts,
                                Option::queue_ttl};
  for (std::size_t i = 0; i < option_count; ++i) {
    INFO(option_specs[i].name);
    const bool is_limit = limits.count(option_at(i)) != 0;
    CHECK(is_allowed(option_at(i), infinity) == is_limit);
    CHECK(option_specs[i].may_be_infinite == is_limit);
  }
}

TEST_CASE("options: the fault names the option and its range", "[client]") {
  for (std::size_t i = 0; i < option_count; ++i) {
    INFO(option_specs[i].name);
    const auto made = make_client_options(values_with(option_at(i), -1));
    REQUIRE_FALSE(made);
    CHECK(made.error().option == option_at(i));
    CHECK(std::string{made.error().spec().name} == option_specs[i].name);
    CHECK(made.error().spec().min == option_specs[i].min);
    CHECK(made.error().spec().max == option_specs[i].max);
  }
}

TEST_CASE("options: of several faults the first in the table is named", "[client]") {
  OptionValues values = default_option_values();
  values.fill(not_a_number);
  CHECK(make_client_options(values).error().option == Option::reconnect_delay_min);
  values[index_of(Option::reconnect_delay_min)] = 0;
  CHECK(make_client_options(values).error().option == Option::reconnect_delay_max);
}

TEST_CASE("options: the least delay may not be above the largest", "[client]") {
  OptionValues values = default_option_values();
  values[index_of(Option::reconnect_delay_min)] = 2'001;
  values[index_of(Option::reconnect_delay_max)] = 2'000;
  const auto made = make_client_options(values);
  REQUIRE_FALSE(made);
  CHECK(made.error().option == Option::reconnect_delay_min);
  values[index_of(Option::reconnect_delay_min)] = 2'000;
  CHECK(make_client_options(values));
}

TEST_CASE("options: the base may be above the largest delay", "[client]") {
  OptionValues values = default_option_values();
  values[index_of(Option::reconnect_base_delay)] = timer_ms_max;
  CHECK(make_client_options(values));
}

TEST_CASE("options: the defaults of the table are those of the core", "[client]") {
  const auto made = make_client_options(default_option_values());
  REQUIRE(made);
  CHECK(made.value() == ClientOptions{});
}

TEST_CASE("options: each value reaches its place in the core", "[client]") {
  const OptionValues values{100, 2'000, 30, 4, 500, 6,  7'000, 60,    7, 1,
                            200, 30,    20, 2, 400, 80, 900,   1'100, 1, 1'000};
  const auto made = make_client_options(values);
  REQUIRE(made);
  const ConnectionOptions& connection = made.value().connection;
  CHECK(connection.backoff.delay_min == Duration::milliseconds(100));
  CHECK(connection.backoff.delay_max == Duration::milliseconds(2'000));
  CHECK(connection.backoff.base == Duration::milliseconds(30));
  CHECK(connection.attempts_max == 4);
  CHECK(connection.stable_after == Duration::milliseconds(500));
  CHECK(connection.connect_timeout == Duration::milliseconds(60));
  CHECK(connection.close_timeout == Duration::milliseconds(7));
  CHECK(connection.budget == BudgetOptions{6, Duration::milliseconds(7'000)});
  CHECK(connection.heartbeat.interval == Duration::milliseconds(200));
  CHECK(connection.heartbeat.timeout == Duration::milliseconds(30));
  CHECK(connection.heartbeat.probe_timeout == Duration::milliseconds(20));
  CHECK(connection.hidden == HiddenPolicy::close);
  CHECK(connection.hidden_after == Duration::milliseconds(400));
  CHECK(made.value().heartbeat == HeartbeatAnswer::message);
  CHECK(made.value().sender.outbox ==
        OutboxLimits{80, 900, Duration::milliseconds(1'100), Overflow::drop_oldest});
  CHECK(made.value().sender.message_bytes_max == 1'000);
}

TEST_CASE("options: the largest number of attempts is not yet without a limit", "[client]") {
  const auto largest = make_client_options(values_with(Option::reconnect_attempts, 4'294'967'294));
  const auto endless = make_client_options(values_with(Option::reconnect_attempts, infinity));
  REQUIRE(largest);
  REQUIRE(endless);
  CHECK(largest.value().connection.attempts_max == ConnectionOptions::attempts_unlimited - 1);
  CHECK(endless.value().connection.attempts_max == ConnectionOptions::attempts_unlimited);
}

TEST_CASE("options: fractions are cut off", "[client]") {
  const auto made = make_client_options(values_with(Option::connect_timeout, 1'500.9));
  REQUIRE(made);
  CHECK(made.value().connection.connect_timeout == Duration::milliseconds(1'500));
}

TEST_CASE("options: the table is the one that JavaScript and the README are checked against",
          "[client]") {
  const nlohmann::json rows = fixture();
  REQUIRE(rows.is_array());
  REQUIRE(rows.size() == option_count);
  for (std::size_t i = 0; i < option_count; ++i) {
    const OptionSpec& spec = option_specs[i];
    const nlohmann::json& row = rows[i];
    INFO(spec.name);
    CHECK(row.at("name") == spec.name);
    CHECK(row.at("unit") == spec.unit);
    CHECK(row.at("min") == spec.min);
    CHECK(row.at("max") == spec.max);
    CHECK(row.value("infinite", false) == spec.may_be_infinite);
    if (std::isinf(spec.standard)) {
      CHECK(row.at("default") == "Infinity");
    } else {
      CHECK(row.at("default") == spec.standard);
    }
  }
}
