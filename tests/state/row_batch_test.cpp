#include <openline/state/row_batch.hpp>

#include <support/catch.hpp>
#include <support/state_specs.hpp>

#include <optional>
#include <string>
#include <vector>

using namespace openline;

namespace {

using Effect = RowBatch::Effect;

/// One that reads rows as the spec says.
class Reading {
 public:
  explicit Reading(StateSpec spec)
      : spec_{std::move(spec)}, batch_{RowBatch::make(spec_, KeyHash{1})} {
    REQUIRE(batch_);
  }
  RowBatch* operator->() { return batch_.get(); }

  /// "+key=bytes" for a row that is put, "-key" for one that is removed, "?" for one that is no
  /// good.
  std::vector<std::string> changes() {
    std::vector<std::string> all;
    for (const RowBatch::Change& change : batch_->changes()) {
      const std::string key{batch_->key(change)};
      const bool is_put = change.effect == Effect::put;
      all.push_back(is_put ? '+' + key + '=' + std::string{batch_->bytes(change)}
                    : change.effect == Effect::remove ? '-' + key
                                                      : "?");
    }
    return all;
  }

 private:
  StateSpec spec_;
  std::unique_ptr<RowBatch> batch_;
};

using Changes = std::vector<std::string>;

}  // namespace

TEST_CASE("row batch: one value is one row, and an array is a batch", "[state]") {
  Reading batch{collection_spec()};
  CHECK_FALSE(batch->read(R"( {"id":"a"} )"));
  CHECK(batch.changes() == Changes{R"(+a={"id":"a"})"});
  CHECK_FALSE(batch->read(R"([{"id":"a"} , {"id":2}])"));
  CHECK(batch.changes() == Changes{R"(+a={"id":"a"})", R"(+2={"id":2})"});
  CHECK_FALSE(batch->read("[]"));
  CHECK(batch.changes().empty());
}

TEST_CASE("row batch: keys with escapes and numbers are as JavaScript has them", "[state]") {
  Reading batch{collection_spec()};
  CHECK_FALSE(batch->read(R"([{"id":"\u0061b"},{"id":1.0},{"id":"c\\"}])"));
  CHECK(batch->row_fault() == std::nullopt);
  CHECK(batch.changes() ==
        Changes{R"(+ab={"id":"\u0061b"})", R"(+1={"id":1.0})", R"(+c\={"id":"c\\"})"});
}

TEST_CASE("row batch: a row with all that says so is removed", "[state]") {
  Reading batch{collection_spec(R"(,"remove":{"/op":"delete","/sure":true})")};
  CHECK_FALSE(
      batch->read(R"([{"id":1,"op":"delete","sure":true},{"id":2,"op":"delete"},{"id":3}])"));
  CHECK(batch.changes() == Changes{"-1", R"(+2={"id":2,"op":"delete"})", R"(+3={"id":3})"});
}

TEST_CASE("row batch: what is no JSON has no changes", "[state]") {
  Reading batch{collection_spec()};
  CHECK(batch->read(R"([{"id":1},{"id":2}] x)") == StateFault{StateProblem::syntax, 20});
  CHECK(batch.changes().empty());
  CHECK(batch->read(R"([{"id":1},)")->problem == StateProblem::syntax);
  CHECK(batch.changes().empty());
  CHECK(batch->read(std::string(1'000, '['))->problem == StateProblem::depth);
}

TEST_CASE("row batch: the first row that is no good is the fault", "[state]") {
  Reading batch{collection_spec()};
  CHECK_FALSE(batch->read(R"([{"id":1}, {"no":2},{"id":true}])"));
  CHECK(batch->row_fault() == StateFault{StateProblem::no_key, 11});
  CHECK(batch.changes() == Changes{R"(+1={"id":1})", "?", "?"});
  CHECK_FALSE(batch->read(R"({"id":[]})"));
  CHECK(batch->row_fault() == StateFault{StateProblem::bad_key, 0});
  CHECK_FALSE(batch->read(R"({"id":1})"));
  CHECK(batch->row_fault() == std::nullopt);
}

TEST_CASE("row batch: a patch has to be an object", "[state]") {
  Reading batch{collection_spec(R"(,"update":"merge")")};
  CHECK_FALSE(batch->read(R"([["id"]])"));
  CHECK(batch->row_fault() == StateFault{StateProblem::not_object, 1});
}

TEST_CASE("row batch: a row beyond what the state holds is too large", "[state]") {
  auto spec = log_spec();
  spec.bytes_max = 10;
  Reading batch{spec};
  CHECK_FALSE(batch->read(R"([1234567890,"1234567890"])"));
  CHECK(batch->row_fault() == StateFault{StateProblem::too_large, 12});
}

TEST_CASE("row batch: a payload of more rows than the limit is too large", "[state]") {
  Reading batch{log_spec()};
  std::string payload = "[0";
  for (std::size_t i = 1; i < RowBatch::rows_max; ++i)
    payload += ",0";
  CHECK_FALSE(batch->read(payload + ']'));
  CHECK(batch->changes().size() == RowBatch::rows_max);
  CHECK(batch->read(payload + ",0]")->problem == StateProblem::too_large);
  CHECK(batch->changes().empty());
}

TEST_CASE("row batch: bytes of a change can be replaced", "[state]") {
  Reading batch{collection_spec()};
  CHECK_FALSE(batch->read(R"([{"id":"\u0061"},{"id":"b"}])"));
  batch->set_bytes(0, "one");
  batch->set_bytes(1, "two");
  CHECK(batch.changes() == Changes{"+a=one", "+b=two"});
}
