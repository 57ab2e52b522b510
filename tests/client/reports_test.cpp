#include <openline/client/reports.hpp>

#include <support/catch.hpp>
#include <support/describe.hpp>

#include <string>

using namespace openline;

TEST_CASE("reports: they keep their order and their texts", "[client]") {
  Reports reports;
  for (int i = 0; i < 100; ++i) {
    // Some texts fit into a string itself, others do not.
    const std::string text(static_cast<std::size_t>(i), static_cast<char>('a' + i % 26));
    reports.add(DeniedReport{{static_cast<std::uint32_t>(i)}, 4403, reports.keep(text)});
  }
  REQUIRE(reports.size() == 100);
  for (std::size_t i = 0; i < 100; ++i) {
    const auto& denied = std::get<DeniedReport>(reports[i]);
    CHECK(denied.stream.value == i);
    CHECK(denied.text == std::string(i, static_cast<char>('a' + i % 26)));
  }
}

TEST_CASE("reports: a text is a copy, with its NUL", "[client]") {
  Reports reports;
  std::string reason{"a\0b", 3};
  reports.add(CloseReport{4000, true, reports.keep(reason)});
  reason.assign(40, 'x');
  CHECK(std::get<CloseReport>(reports[0]).reason == std::string{"a\0b", 3});
}

TEST_CASE("reports: what is appended comes behind, and its texts with it", "[client]") {
  Reports reports;
  reports.add(OpenReport{});
  reports.add(SubscribedReport{{1}, reports.keep(Position{"e1", 7})});
  Reports later;
  later.add(ResyncReport{{1}, later.keep(Position{"e2", 9})});
  reports.append(later);
  CHECK(later.empty());
  CHECK(describe_all(reports) == "open; subscribed 1 at e1/7; resync 1 top e2/9");
}

TEST_CASE("reports: cleared, nothing is left", "[client]") {
  Reports reports;
  reports.add(ReplyReport{{1}, reports.keep(std::string_view{"{}"})});
  reports.clear();
  CHECK(reports.empty());
  CHECK(reports.begin() == reports.end());
}
