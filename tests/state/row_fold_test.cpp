#include <openline/state/row_fold.hpp>

#include <support/catch.hpp>
#include <support/state_specs.hpp>

#include <string>
#include <vector>

using namespace openline;

namespace {

const KeyHash hash{1};

/// What the rows of a payload are when they are put over the one row that is there, "a".
std::vector<std::string> folded(std::string_view payload, std::uint64_t bytes_max = 1'000) {
  const auto spec = collection_spec(R"(,"update":"merge","remove":{"/op":"delete"})");
  const auto batch = RowBatch::make(spec, hash);
  Rows rows{true};
  rows.append("a", hash("a"), R"({"id":"a","x":1})");
  REQUIRE_FALSE(batch->read(payload));
  RowFold fold{hash, bytes_max};
  fold.fold(*batch, rows);
  std::vector<std::string> all;
  for (const RowBatch::Change& change : batch->changes()) {
    const bool is_put = change.effect == RowBatch::Effect::put;
    all.emplace_back(is_put ? batch->bytes(change) : "-");
  }
  if (batch->row_fault()) all.emplace_back("fault at " + std::to_string(batch->row_fault()->at));
  return all;
}

using Texts = std::vector<std::string>;

}  // namespace

TEST_CASE("row fold: a patch is put over the row that is there", "[state]") {
  CHECK(folded(R"({"id":"a","y":2})") == Texts{R"({"id":"a","x":1,"y":2})"});
}

TEST_CASE("row fold: a new row is as it came", "[state]") {
  CHECK(folded(R"({ "id":"b" })") == Texts{R"({ "id":"b" })"});
}

TEST_CASE("row fold: patches of the same row are put over each other", "[state]") {
  CHECK(folded(R"([{"id":"a","y":2},{"id":"b"},{"id":"a","y":3,"x":4},{"id":"b","z":5}])") ==
        Texts{R"({"id":"a","x":1,"y":2})", R"({"id":"b"})", R"({"id":"a","x":4,"y":3})",
              R"({"id":"b","z":5})"});
}

TEST_CASE("row fold: behind its removal a row begins anew", "[state]") {
  CHECK(folded(R"([{"id":"a","op":"delete"},{"id":"a","y":2}])") ==
        Texts{"-", R"({"id":"a","y":2})"});
}

TEST_CASE("row fold: a row that grows beyond the limit is no good", "[state]") {
  CHECK(folded(R"([{"id":"a","y":2222}])", 20) == Texts{"-", "fault at 1"});
}

TEST_CASE("row fold: a row that is no good is not what the next patch is put over", "[state]") {
  CHECK(folded(R"([{"id":"a","long":"0123456789"},{"id":"a","y":2}])", 25) ==
        Texts{"-", R"({"id":"a","x":1,"y":2})", "fault at 1"});
}

TEST_CASE("row fold: the work that one payload can make is limited", "[state]") {
  std::string payload = R"([{"id":"a","long":")" + std::string(10'000, 'l') + "\"}";
  for (int i = 0; i < 5'000; ++i)
    payload += R"(,{"id":"a","n":)" + std::to_string(i) + "}";
  const auto all = folded(payload + "]", 20'000);
  CHECK(all.back().substr(0, 8) == "fault at");
  CHECK(all[1'000] != "-");
}

// Each of these patches is made of 11 bytes, and would read 900,000.
TEST_CASE("row fold: beyond the limit no patch is read", "[state]") {
  std::string payload = R"([{"id":"a","long":")" + std::string(900'000, 'l') + "\"}";
  for (int i = 0; i < 50'000; ++i)
    payload += R"(,{"id":"a"})";
  const auto all = folded(payload + "]", 1'000'000);
  CHECK(all[10] != "-");
  CHECK(all[1'000] == "-");
  CHECK(all.back().substr(0, 8) == "fault at");
}
