#include <bindings/record.hpp>

#include <support/catch.hpp>

#include <string>

using namespace openline;

TEST_CASE("record: a status that waits says when it ends, any other says -1", "[bindings]") {
  const StatusReport waiting{Phase::waiting, Failure::none, 3, Instant::from_milliseconds(250)};
  const ol_record record = record_of(waiting);
  CHECK(record.kind == OL_RECORD_STATUS);
  CHECK(record.a == 5);
  CHECK(record.c == 3);
  CHECK(record.number == 250);
  CHECK(record_of(StatusReport{Phase::failed, Failure::auth, 0, Instant::never()}).number == -1);
}

TEST_CASE("record: the text of a close is the report's own, with its NUL", "[bindings]") {
  const Report close{CloseReport{4000, true, std::string{"a\0b", 3}}};
  const ol_record record = record_of(close);
  CHECK(record.kind == OL_RECORD_CLOSE);
  CHECK(record.a == 4000);
  CHECK(record.b == 1);
  CHECK(std::string{record.text, record.text_size} == std::string{"a\0b", 3});
}

TEST_CASE("record: values are named by handle, with the cause of a drop", "[bindings]") {
  CHECK(record_of(MessageReport{{7}}).a == 7);
  CHECK(record_of(FlushReport{{8}}).a == 8);
  const ol_record drop = record_of(DropReport{{9}, DropCause::unsendable});
  CHECK(drop.a == 9);
  CHECK(drop.b == 2);
}

TEST_CASE("record: what the host is to do names the socket that it is for", "[bindings]") {
  const ol_record credentials = record_of(CredentialsReport{{3}});
  CHECK(credentials.kind == OL_RECORD_CREDENTIALS);
  CHECK(credentials.a == 3);
  const ol_record ping = record_of(PingReport{{4}});
  CHECK(ping.kind == OL_RECORD_PING);
  CHECK(ping.a == 4);
}

TEST_CASE("record: an outage is a number of milliseconds", "[bindings]") {
  const ol_record outage = record_of(OutageReport{Duration::seconds(90)});
  CHECK(outage.kind == OL_RECORD_OUTAGE);
  CHECK(outage.number == 90'000);
}
