// The part of the ABI that lines use which keep states.

#include <bindings/openline_abi.h>

#include <bindings/frame_buffer.hpp>
#include <bindings/joined_texts.hpp>
#include <bindings/line_table.hpp>
#include <openline/client/client.hpp>
#include <openline/state/spec.hpp>
#include <openline/state/store.hpp>

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>

using openline::frame_text;
using openline::Line;

namespace {

openline::StateStore* find_states(uint32_t line) {
  const Line* found = openline::lines().find({line});
  return found == nullptr ? nullptr : &found->client->states();
}

uint32_t size_of_answer(const openline::StateStore& states) {
  return static_cast<uint32_t>(states.text().size());
}

}  // namespace

uint32_t ol_line_state_add(uint32_t line, uint32_t spec_size) {
  openline::StateStore* states = find_states(line);
  auto spec = openline::read_state_spec(frame_text(spec_size));
  return states == nullptr || !spec ? 0 : states->add(std::move(*spec));
}

void ol_line_state_remove(uint32_t line, uint32_t state) {
  if (openline::StateStore* states = find_states(line)) {
    states->remove(state);
  }
}

uint32_t ol_line_state_take_run(uint32_t line, uint32_t state, uint32_t run, uint32_t skip) {
  const Line* found = openline::lines().find({line});
  return found != nullptr && found->client->feed(state, run, skip) ? 1 : 0;
}

uint32_t ol_line_state_take_all(uint32_t line, uint32_t size) {
  openline::StateStore* states = find_states(line);
  return states != nullptr && states->take_all(frame_text(size)) ? 1 : 0;
}

uint32_t ol_line_state_take_each(uint32_t line, uint32_t count, uint32_t size) {
  openline::StateStore* states = find_states(line);
  if (states == nullptr) {
    return 0;
  }
  const std::size_t head = std::size_t{count} * sizeof(uint32_t);
  const std::string_view buffer = frame_text(static_cast<uint32_t>(head + size));
  openline::JoinedTexts texts{buffer.substr(0, head), buffer.substr(head)};
  bool has_news = false;
  while (const auto text = texts.next()) {
    has_news = states->take_all(*text) || has_news;
  }
  return has_news ? 1 : 0;
}

uint32_t ol_line_state_seed(uint32_t line, uint32_t state, uint32_t size) {
  openline::StateStore* states = find_states(line);
  if (states == nullptr || !states->seed(state, frame_text(size))) {
    return 0;
  }
  return size_of_answer(*states);
}

void ol_line_state_observe(uint32_t line, uint32_t state, uint32_t what) {
  if (openline::StateStore* states = find_states(line)) {
    states->observe(state, what);
  }
}

uint32_t ol_line_state_watch(uint32_t line, uint32_t state, uint32_t key_size) {
  openline::StateStore* states = find_states(line);
  return states == nullptr ? 0 : states->watch(state, frame_text(key_size));
}

void ol_line_state_unwatch(uint32_t line, uint32_t state, uint32_t watch) {
  if (openline::StateStore* states = find_states(line)) {
    states->unwatch(state, watch);
  }
}

uint32_t ol_line_state_read(uint32_t line, uint32_t state) {
  openline::StateStore* states = find_states(line);
  if (states == nullptr) {
    return 0;
  }
  states->read(state);
  return size_of_answer(*states);
}

uint32_t ol_line_state_read_row(uint32_t line, uint32_t state, uint32_t key_size) {
  openline::StateStore* states = find_states(line);
  if (states == nullptr) {
    return 0;
  }
  states->read_row(state, frame_text(key_size));
  return size_of_answer(*states);
}

uint32_t ol_line_take_delta(uint32_t line) {
  openline::StateStore* states = find_states(line);
  if (states == nullptr) {
    return 0;
  }
  states->take_delta();
  return size_of_answer(*states);
}

const char* ol_line_answer(uint32_t line) {
  const openline::StateStore* states = find_states(line);
  return states == nullptr ? nullptr : states->text().data();
}
