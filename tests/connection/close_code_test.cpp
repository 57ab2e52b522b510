#include <openline/connection/close_code.hpp>

#include <support/catch.hpp>

#include <map>
#include <set>

using openline::close_meaning;
using openline::CloseCode;
using openline::CloseMeaning;

namespace {

const std::set<CloseCode> rejected{1002, 1003, 1007, 1008, 1009, 1010};
const std::map<CloseCode, CloseMeaning> meanings_of_one{
    {1001, CloseMeaning::restarting}, {1012, CloseMeaning::restarting},
    {1013, CloseMeaning::overloaded}, {4401, CloseMeaning::unauthorized},
    {4403, CloseMeaning::forbidden},  {4408, CloseMeaning::retry},
    {4429, CloseMeaning::retry}};

CloseMeaning expected_meaning(CloseCode code) {
  if (meanings_of_one.count(code) != 0) {
    return meanings_of_one.at(code);
  }
  const bool is_44xx = code >= 4400 && code <= 4499;
  return rejected.count(code) != 0 || is_44xx ? CloseMeaning::rejected : CloseMeaning::retry;
}

}  // namespace

TEST_CASE("close code: each code of the registry means what RFC 6455 lets us expect",
          "[connection]") {
  struct Row {
    CloseCode code;
    CloseMeaning meaning;
    const char* name;
  };
  const Row rows[] = {
      {1000, CloseMeaning::retry, "normal closure"},
      {1001, CloseMeaning::restarting, "going away"},
      {1002, CloseMeaning::rejected, "protocol error"},
      {1003, CloseMeaning::rejected, "unsupported data"},
      {1004, CloseMeaning::retry, "reserved"},
      {1005, CloseMeaning::retry, "no status received"},
      {1006, CloseMeaning::retry, "abnormal closure"},
      {1007, CloseMeaning::rejected, "invalid payload"},
      {1008, CloseMeaning::rejected, "policy violation"},
      {1009, CloseMeaning::rejected, "message too big"},
      {1010, CloseMeaning::rejected, "mandatory extension"},
      {1011, CloseMeaning::retry, "internal error"},
      {1012, CloseMeaning::restarting, "service restart"},
      {1013, CloseMeaning::overloaded, "try again later"},
      {1014, CloseMeaning::retry, "bad gateway"},
      {1015, CloseMeaning::retry, "TLS handshake"},
      {3000, CloseMeaning::retry, "registered for libraries"},
      {4000, CloseMeaning::retry, "private use"},
      {4399, CloseMeaning::retry, "the last before 44xx"},
      {4400, CloseMeaning::rejected, "bad request"},
      {4401, CloseMeaning::unauthorized, "unauthorized"},
      {4402, CloseMeaning::rejected, "any other 44xx"},
      {4403, CloseMeaning::forbidden, "forbidden"},
      {4404, CloseMeaning::rejected, "not found"},
      {4408, CloseMeaning::retry, "timeout"},
      {4429, CloseMeaning::retry, "too many messages"},
      {4499, CloseMeaning::rejected, "the last of 44xx"},
      {4500, CloseMeaning::retry, "the first after 44xx"},
  };
  for (const Row& row : rows) {
    INFO(row.code << " " << row.name);
    CHECK(close_meaning(row.code) == row.meaning);
  }
}

TEST_CASE("close code: every number has its meaning, those that nobody may send too",
          "[connection]") {
  for (unsigned code = 0; code <= 65'535; ++code) {
    INFO(code);
    REQUIRE(close_meaning(static_cast<CloseCode>(code)) ==
            expected_meaning(static_cast<CloseCode>(code)));
  }
}
