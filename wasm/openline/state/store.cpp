#include <openline/state/store.hpp>

#include <openline/json/writer.hpp>
#include <openline/state/bytes.hpp>

#include <algorithm>
#include <limits>
#include <utility>

namespace openline {
namespace {

/// Where `part` begins within `whole`.
std::size_t offset_in(std::string_view whole, std::string_view part) {
  return static_cast<std::size_t>(part.data() - whole.data());
}

}  // namespace

StateStore::StateStore(std::uint64_t seed) : hash_{seed} {}

std::uint32_t StateStore::add(StateSpec spec) {
  const bool has_rows = spec.kind == StateKind::log || spec.kind == StateKind::collection;
  if (states_.size() >= states_max || newest_ == std::numeric_limits<std::uint32_t>::max()) {
    return 0;
  }
  State state;
  state.has_stream = spec.has_stream;
  state.router = Router::make(spec);
  if (has_rows) {
    state.rows = RowsState::make(std::move(spec), hash_);
  } else {
    state.value = ValueState::make(spec);
  }
  if (!state.router || !(state.rows || state.value)) {
    return 0;
  }
  state.number = ++newest_;
  states_.push_back(std::move(state));
  return newest_;
}

void StateStore::remove(std::uint32_t state) {
  if (State* const gone = find(state); gone != nullptr) {
    states_.erase(states_.begin() + (gone - states_.data()));
  }
}

bool StateStore::take(std::uint32_t state, std::string_view payload, std::uint64_t offset) {
  State* const taker = find(state);
  if (taker == nullptr) {
    return false;
  }
  if (const auto fault = take_into(*taker, payload)) {
    note_fault(*taker, *fault, offset);
  }
  note_news(*taker);
  return has_news_;
}

bool StateStore::take_all(std::string_view text) {
  for (State& state : states_) {
    if (state.has_stream) {
      continue;
    }
    if (const auto fault = take_into(state, text)) {
      note_fault(state, *fault, 0);
      if (!state.router->check(text).value) {
        break;  // no JSON: it would be so for each of them, and once is enough
      }
    }
    note_news(state);
  }
  return has_news_;
}

bool StateStore::seed(std::uint32_t state, std::string_view value) {
  clear_scratch(text_);
  State* const seeded = find(state);
  if (seeded == nullptr) {
    return false;
  }
  std::optional<StateFault> fault;
  bool is_taken = false;
  if (seeded->rows) {
    fault = seeded->rows->seed(value, text_);
    is_taken = !text_.empty();
  } else {
    Route route = seeded->router->check(value);
    fault = route.value ? seeded->value->seed(*route.value) : route.fault;
    is_taken = !fault;
    if (is_taken) text_ = "[]";
  }
  if (fault) {
    note_fault(*seeded, *fault, 0);
  }
  note_news(*seeded);
  return is_taken;
}

void StateStore::observe(std::uint32_t state, std::uint32_t what) {
  State* const observed = find(state);
  if (observed == nullptr) {
    return;
  }
  if (observed->rows) {
    observed->rows->news().observe(what);
  } else {
    observed->value->observe(what);
  }
  note_news(*observed);
}

std::uint32_t StateStore::watch(std::uint32_t state, std::string_view key) {
  State* const watched = find(state);
  if (watched == nullptr || !watched->rows) {
    return 0;
  }
  const std::uint32_t watch = watched->rows->watch(key);
  note_news(*watched);
  return watch;
}

void StateStore::unwatch(std::uint32_t state, std::uint32_t watch) {
  if (RowsState* const rows = find_rows(state); rows != nullptr) {
    rows->news().unwatch(watch);
  }
}

void StateStore::read(std::uint32_t state) {
  clear_scratch(text_);
  State* const wanted = find(state);
  if (wanted == nullptr) {
    return;
  }
  if (wanted->rows) {
    wanted->rows->news().append_all(text_, state);
  } else {
    wanted->value->append_all(text_, state);
  }
}

void StateStore::read_row(std::uint32_t state, std::string_view key) {
  clear_scratch(text_);
  const RowsState* const rows = find_rows(state);
  const Row* const row = rows == nullptr ? nullptr : rows->find(key);
  if (row != nullptr) {
    text_ += row->bytes;
  }
}

void StateStore::take_delta() {
  clear_scratch(text_);
  if (!std::exchange(has_news_, false)) {
    return;
  }
  text_ += "[[";
  const std::size_t begin = text_.size();
  for (State& state : states_) {
    if (!has_news(state)) {
      continue;
    }
    const std::size_t before = text_.size();
    if (before > begin) {
      text_ += ',';
    }
    if (state.value) {
      state.value->append_all(text_, state.number);
    } else if (!state.rows->news().append_delta(text_, state.number)) {
      text_.resize(before);
    }
  }
  if (text_.size() == begin && faults_.empty()) {
    text_.clear();
    return;
  }
  append_faults();
}

StateStore::State* StateStore::find(std::uint32_t number) {
  const auto at = std::lower_bound(
      states_.begin(), states_.end(), number,
      [](const State& state, std::uint32_t wanted) { return state.number < wanted; });
  return at != states_.end() && at->number == number ? &*at : nullptr;
}

RowsState* StateStore::find_rows(std::uint32_t number) {
  const State* const state = find(number);
  return state == nullptr ? nullptr : state->rows.get();
}

/// The fault is counted from the beginning of the message.
std::optional<StateFault> StateStore::take_into(State& state, std::string_view message) {
  if (state.rows && state.router->takes_all()) {
    return state.rows->take(message);  // which checks it
  }
  const Route route = state.router->route(message);
  if (!route.value) {
    return route.fault;
  }
  auto fault = state.rows ? state.rows->take(*route.value) : state.value->take(*route.value);
  if (fault) {
    fault->at += offset_in(message, *route.value);
  }
  return fault;
}

bool StateStore::has_news(const State& state) {
  return state.rows ? state.rows->news().has_news() : state.value->has_news();
}

void StateStore::note_news(const State& state) { has_news_ = has_news_ || has_news(state); }

void StateStore::note_fault(const State& state, const StateFault& fault, std::uint64_t offset) {
  has_news_ = true;
  if (faults_.size() < faults_max) {
    faults_.push_back({state.number, fault, offset});
  } else {
    ++faults_more_;
  }
}

/// And the end of the delta.
void StateStore::append_faults() {
  text_ += "],[";
  for (const Fault& fault : faults_) {
    text_ += &fault == faults_.data() ? "[" : ",[";
    append_json_integer(text_, fault.state);
    text_ += ',';
    append_json_integer(text_, static_cast<std::uint64_t>(fault.fault.problem));
    text_ += ',';
    append_json_integer(text_, fault.fault.at);
    text_ += ',';
    append_json_integer(text_, fault.offset);
    text_ += ']';
  }
  text_ += "],";
  append_json_integer(text_, std::exchange(faults_more_, 0));
  text_ += ']';
  faults_.clear();
}

}  // namespace openline
