#include <bindings/openline_abi.h>

#include <support/abi_line.hpp>
#include <support/catch.hpp>
#include <support/speaking_line.hpp>

#include <cstdint>
#include <cstring>
#include <string>

using namespace openline;

namespace {

constexpr std::uint32_t no_line = 999;

std::uint32_t write(const std::string& text) {
  const auto size = static_cast<std::uint32_t>(text.size());
  std::memcpy(ol_frame_buffer(size), text.data(), text.size());
  return size;
}

/// A line with states, driven through the flat ABI alone.
struct AbiStates : AbiLine {
  using AbiLine::AbiLine;

  std::uint32_t add(const std::string& spec) { return ol_line_state_add(id(), write(spec)); }
  bool take(const std::string& text) { return ol_line_state_take_all(id(), write(text)) == 1; }
  std::string answer(std::uint32_t size) {
    return size == 0 ? "" : std::string{ol_line_answer(id()), size};
  }
  std::string delta() { return answer(ol_line_take_delta(id())); }
};

const std::string rows =
    R"({"kind":"collection","hasStream":false,"key":"/id","maxRows":9,"maxBytes":9000})";

}  // namespace

TEST_CASE("abi states: a message of a plain line becomes a row, and a delta tells it",
          "[bindings]") {
  AbiStates line;
  const std::uint32_t state = line.add(rows);
  REQUIRE(state > 0);
  ol_line_state_observe(line.id(), state, 1);
  CHECK(line.take(R"({"id":"a"})"));
  CHECK(line.delta() ==
        "[[[" + std::to_string(state) + R"(,0,[],[1],[{"id":"a"}],[],[],[]]],[],0])");
  CHECK(line.delta().empty());
}

TEST_CASE("abi states: texts that cross together are taken one by one", "[bindings]") {
  AbiStates line;
  ol_line_state_observe(line.id(), line.add(rows), 1);
  const std::string texts = R"({"id":"a"}{"id":"é"})";
  const std::uint32_t units[] = {10, 10};
  std::string buffer(sizeof units, '\0');
  std::memcpy(buffer.data(), units, sizeof units);
  write(buffer + texts);
  const auto size = static_cast<std::uint32_t>(texts.size());
  CHECK(ol_line_state_take_each(line.id(), 2, size) == 1);
  CHECK(line.delta() == R"([[[1,0,[],[1,2],[{"id":"a"},{"id":"é"}],[],[],[]]],[],0])");
  CHECK(ol_line_state_take_each(line.id(), 0, 0) == 0);
  CHECK(ol_line_state_take_each(no_line, 1, 2) == 0);
}

TEST_CASE("abi states: rows are seeded, watched and read by key", "[bindings]") {
  AbiStates line;
  const std::uint32_t state = line.add(rows);
  const std::string given = R"([{"id":"a"},{"id":"b"}])";
  CHECK(line.answer(ol_line_state_seed(line.id(), state, write(given))) == "[1,2]");
  CHECK(line.answer(ol_line_state_read_row(line.id(), state, write("b"))) == R"({"id":"b"})");
  CHECK(ol_line_state_read_row(line.id(), state, write("c")) == 0);
  const std::uint32_t watch = ol_line_state_watch(line.id(), state, write("c"));
  REQUIRE(watch > 0);
  CHECK(line.take(R"({"id":"c"})"));
  CHECK(line.delta().find("[" + std::to_string(watch) + ",3]") != std::string::npos);
  ol_line_state_unwatch(line.id(), state, watch);
  CHECK_FALSE(line.take(R"({"id":"c","n":1})"));
  const std::string all = line.answer(ol_line_state_read(line.id(), state));
  CHECK(all.find(R"({"id":"c","n":1})") != std::string::npos);
}

TEST_CASE("abi states: a run of the present turn feeds a state", "[bindings]") {
  AbiStates line{abi_options(), OL_MODE_OPENLINE_1};
  line.connect();
  const auto hear = [&line](const std::string& bytes, std::uint32_t handle) {
    ol_line_clear(line.id());
    ol_line_socket_frame(line.id(), 1, handle, write(bytes));
    return ol_line_pump(line.id());
  };
  hear(welcome_frame(""), 0);
  ol_line_subscribe(line.id(), "board", 5);
  hear(R"([5,"board",3,"e1",120,true])", 0);
  const std::uint32_t state =
      line.add(R"({"kind":"log","hasStream":true,"maxRows":9,"maxBytes":9000})");
  ol_line_state_observe(line.id(), state, 1);
  REQUIRE(hear(batch_frame({{3, 121, 122, {"7", "8"}}}), 40) == 2);
  const ol_record publications = *ol_line_records(line.id());
  REQUIRE(publications.kind == OL_RECORD_PUBLICATIONS);
  CHECK(ol_line_state_take_run(line.id(), state, publications.f, 1) == 1);
  CHECK(line.delta().find(",[8],") != std::string::npos);
  // The next turn knows nothing of it any more.
  ol_line_pump(line.id());
  CHECK(ol_line_state_take_run(line.id(), state, publications.f, 0) == 0);
}

TEST_CASE("abi states: what is no good for a state is told apart from no rows", "[bindings]") {
  AbiStates line;
  const std::uint32_t state = line.add(rows);
  CHECK(line.answer(ol_line_state_seed(line.id(), state, write("[]"))) == "[]");
  CHECK(ol_line_state_seed(line.id(), state, write("[")) == 0);
}

TEST_CASE("abi states: a state that was removed takes nothing", "[bindings]") {
  AbiStates line;
  const std::uint32_t state = line.add(rows);
  ol_line_state_observe(line.id(), state, 1);
  ol_line_state_remove(line.id(), state);
  CHECK_FALSE(line.take(R"({"id":"a"})"));
  CHECK(ol_line_state_read(line.id(), state) == 0);
}

TEST_CASE("abi states: what is no specification has no number", "[bindings]") {
  AbiStates line;
  for (const std::string spec : {"", "7", "{}", R"({"kind":"table"})", R"({"kind":"log")"}) {
    CHECK(line.add(spec) == 0);
  }
}

TEST_CASE("abi states: a line that does not exist is ignored", "[bindings]") {
  CHECK(ol_line_state_add(no_line, write(rows)) == 0);
  ol_line_state_remove(no_line, 1);
  CHECK(ol_line_state_take_run(no_line, 1, 1, 0) == 0);
  CHECK(ol_line_state_take_all(no_line, write("{}")) == 0);
  CHECK(ol_line_state_seed(no_line, 1, write("[]")) == 0);
  ol_line_state_observe(no_line, 1, 3);
  CHECK(ol_line_state_watch(no_line, 1, write("k")) == 0);
  ol_line_state_unwatch(no_line, 1, 1);
  CHECK(ol_line_state_read(no_line, 1) == 0);
  CHECK(ol_line_state_read_row(no_line, 1, write("k")) == 0);
  CHECK(ol_line_take_delta(no_line) == 0);
  CHECK(ol_line_answer(no_line) == nullptr);
}
