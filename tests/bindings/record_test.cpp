#include <bindings/record.hpp>

#include <support/catch.hpp>

#include <string>
#include <tuple>

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

TEST_CASE("record: the text of a close is where the report says, with its NUL", "[bindings]") {
  const std::string reason{"a\0b", 3};
  const Report close{CloseReport{4000, true, reason}};
  const ol_record record = record_of(close);
  CHECK(record.kind == OL_RECORD_CLOSE);
  CHECK(record.a == 4000);
  CHECK(record.b == 1);
  CHECK(record.text == reason.data());
  CHECK(record.text_size == 3);
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

TEST_CASE("record: what a stream tells names its subscription, the epoch and the offset",
          "[bindings]") {
  const Report subscribed{SubscribedReport{{3}, {"e1", 120}}};
  const Report resync{ResyncReport{{4}, {"e2", 9'000}}};
  for (const auto& [report, kind, stream, number] :
       {std::tuple{&subscribed, OL_RECORD_SUBSCRIBED, 3U, 120.0},
        std::tuple{&resync, OL_RECORD_RESYNC, 4U, 9'000.0}}) {
    const ol_record record = record_of(*report);
    CHECK(record.kind == kind);
    CHECK(record.a == stream);
    CHECK(record.text_size == 2);
    CHECK(record.number == number);
  }
  const Report denied{DeniedReport{{5}, 4403, "no"}};
  CHECK(record_of(denied).a == 5);
  CHECK(record_of(denied).b == 4403);
  CHECK(std::string{record_of(denied).text, record_of(denied).text_size} == "no");
}

TEST_CASE("record: publications name their frame and their place in it", "[bindings]") {
  const ol_record record = record_of(PublicationsReport{{3}, {40}, 2, 7, 15, 122, 6});
  CHECK(record.kind == OL_RECORD_PUBLICATIONS);
  CHECK(record.a == 3);
  CHECK(record.b == 2);
  CHECK(record.c == 40);
  CHECK(record.d == 7);
  CHECK(record.e == 15);
  CHECK(record.f == 6);
  CHECK(record.number == 122);
  CHECK(record_of(FrameReadReport{{40}}).a == 40);
}

TEST_CASE("record: what became of a message names its handle", "[bindings]") {
  const Report reply{ReplyReport{{7}, "{}"}};
  CHECK(record_of(reply).kind == OL_RECORD_REPLY);
  CHECK(record_of(reply).a == 7);
  CHECK(record_of(reply).text_size == 2);
  const Report settled{SettledReport{{8}, Settlement::rejected, 4400, "no"}};
  const ol_record record = record_of(settled);
  CHECK(record.kind == OL_RECORD_SETTLED);
  CHECK(record.a == 8);
  CHECK(record.b == OL_SETTLED_REJECTED);
  CHECK(record.c == 4400);
  CHECK(record.text_size == 2);
}
