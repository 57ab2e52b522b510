#include <openline/client/client.hpp>

#include <support/catch.hpp>
#include <support/speaking_line.hpp>

#include <string>
#include <variant>

using namespace openline;

namespace {

/// The stream board is known up to e1/120, under the index 3.
struct BoardLine : SpeakingLine {
  BoardLine() {
    subscribe("board", Position{"e1", 120});
    begin(R"(["board",3,"e1",120,true])");
  }
  Client& client() { return *operator->(); }
};

/// A collection of what is published on a stream, all of which is observed.
std::uint32_t add_collection(Client& client) {
  auto spec = read_state_spec(
      R"({"kind":"collection","hasStream":true,"key":"/id","maxRows":100,"maxBytes":100000})");
  const std::uint32_t state = client.states().add(*spec);
  client.states().observe(state, observe_values);
  return state;
}

std::string delta_of(Client& client) {
  client.states().take_delta();
  return std::string{client.states().text()};
}

std::uint32_t run_of(const Report& report) { return std::get<PublicationsReport>(report).run; }

}  // namespace

TEST_CASE("client states: a run that was reported feeds a state", "[client]") {
  BoardLine line;
  const std::uint32_t state = add_collection(line.client());
  line.hear_batch(40, {{3, 121, 122, {R"({"id":1})", R"({"id":2})"}}});
  CHECK(line->feed(state, run_of(line->reports()[0]), 0));
  CHECK(delta_of(line.client()) ==
        "[[[" + std::to_string(state) + R"(,0,[],[1,2],[{"id":1},{"id":2}],[],[],[]]],[],0])");
}

TEST_CASE("client states: of a run the first few may be left out", "[client]") {
  BoardLine line;
  const std::uint32_t state = add_collection(line.client());
  line.hear_batch(40, {{3, 121, 123, {R"({"id":1})", R"({"id":2})", R"({"id":3})"}}});
  CHECK(line->feed(state, run_of(line->reports()[0]), 2));
  CHECK(delta_of(line.client()).find(R"([{"id":3}])") != std::string::npos);
  CHECK_FALSE(line->feed(state, run_of(line->reports()[0]), 3));
}

TEST_CASE("client states: what cannot be taken is told with its offset", "[client]") {
  BoardLine line;
  const std::uint32_t state = add_collection(line.client());
  line.hear_batch(40, {{3, 121, 123, {R"({"id":1})", R"({"no":2})", R"({"id":3})"}}});
  CHECK(line->feed(state, run_of(line->reports()[0]), 0));
  const std::string faults = "],[[" + std::to_string(state) + ",3,0,122]],0]";
  CHECK(delta_of(line.client()).find(faults) != std::string::npos);
}

TEST_CASE("client states: a run of an earlier turn feeds nothing", "[client]") {
  BoardLine line;
  const std::uint32_t state = add_collection(line.client());
  line.hear_batch(40, {{3, 121, 121, {R"({"id":1})"}}});
  const std::uint32_t run = run_of(line->reports()[0]);
  line->begin_turn();
  CHECK_FALSE(line->feed(state, run, 0));
  CHECK(delta_of(line.client()).empty());
}

TEST_CASE("client states: on a plain line there are no runs", "[client]") {
  ClientOnFakes line;
  Client& client = *line.operator->();
  CHECK_FALSE(client.feed(add_collection(client), 1, 0));
}
