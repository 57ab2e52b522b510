#include <openline/state/router.hpp>

#include <support/catch.hpp>
#include <support/state_specs.hpp>

using namespace openline;

namespace {

std::unique_ptr<Router> router(std::string_view more) {
  auto made = Router::make(latest_spec(more));
  REQUIRE(made);
  return made;
}

}  // namespace

TEST_CASE("router: a state that wants nothing takes all there is", "[state]") {
  const auto all = router("");
  CHECK(all->takes_all());
  CHECK(all->route(" [1] ").value == "[1]");
}

TEST_CASE("router: what does not match is for others, and no fault", "[state]") {
  const auto prices = router(R"(,"match":{"/type":"price"})");
  CHECK_FALSE(prices->takes_all());
  CHECK(prices->route(R"({"type":"price","at":1})").value == R"({"type":"price","at":1})");
  for (const char* const other : {R"({"type":"trade"})", "{}", "7", "[]"}) {
    const Route route = prices->route(other);
    CHECK_FALSE(route.value);
    CHECK_FALSE(route.fault);
  }
}

TEST_CASE("router: the value is part of the message", "[state]") {
  const auto prices = router(R"(,"match":{"/type":"price"},"value":"/data/0")");
  CHECK(prices->route(R"({"data":[ {"p":1} ],"type":"price"})").value == R"({"p":1})");
}

TEST_CASE("router: a message that matches and has no value is a fault", "[state]") {
  const auto prices = router(R"(,"match":{"/type":"price"},"value":"/data")");
  CHECK(prices->route(R"({"type":"price"})").fault == StateFault{StateProblem::no_value, 0});
  CHECK_FALSE(prices->route(R"({"type":"trade"})").fault);
}

TEST_CASE("router: the whole message has to be JSON, whatever of it is wanted", "[state]") {
  const auto values = router(R"(,"value":"/a")");
  CHECK(values->route(R"({"a":1,"b":tru})").fault->problem == StateProblem::syntax);
  CHECK(values->route(R"({"a":1} 2)").fault == StateFault{StateProblem::syntax, 8});
  CHECK(values->route("").fault == StateFault{StateProblem::syntax, 0});
  const std::string deep = "{\"a\":1,\"b\":" + std::string(100, '[');
  CHECK(values->route(deep).fault->problem == StateProblem::depth);
}
