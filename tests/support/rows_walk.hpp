#pragma once

// RowsWalk: does to a state of rows what a server and a page do, in any order, and compares it with
// a model, and what JavaScript would know of it with what it observes.

#include <openline/state/store.hpp>

#include <support/rows_choices.hpp>
#include <support/rows_mirror.hpp>
#include <support/rows_model.hpp>

#include <nlohmann/json.hpp>

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

namespace openline {

class RowsWalk {
 public:
  using Json = RowsMirror::Json;

  explicit RowsWalk(RowsChoices::Choose choose)
      : choices_{std::move(choose)},
        spec_{choices_.spec()},
        model_{spec_},
        store_{choices_.choose(256)} {
    state_ = store_.add(spec_);
    demand(state_ != 0, "the state is there");
  }

  void step() {
    switch (choices_.choose(16)) {
      case 0:
        return seed();
      case 1:
        return observe(choices_.choose(4));
      case 2:
        return watch();
      case 3:
        return unwatch();
      case 4:
        return read();
      case 5:
        return read_row();
      case 6:
      case 7:
        return take_delta();
      default:
        return take();
    }
  }

  void end() {
    observe(observe_values | observe_keys);
    take_delta();
    read();
    store_.take_delta();
    demand(store_.text().empty(), "there is nothing more to tell");
  }

  /// What went wrong first; empty: nothing.
  [[nodiscard]] std::string broken() const { return broken_.empty() ? mirror_.broken : broken_; }

 private:
  void take() {
    const auto rows = choices_.rows(spec_);
    const bool is_single = rows.size() == 1 && rows[0].is_object && choices_.choose(2) == 0;
    std::string text = is_single ? ' ' + rows[0].text() : RowsChoices::array_of(rows);
    const bool is_cut = choices_.choose(30) == 0;
    if (is_cut) text.pop_back();
    const bool is_taken = !is_cut && model_.take(rows);
    faults_ += is_taken ? 0 : 1;
    const bool has_news = store_.take(state_, text, 1);
    demand(is_taken || has_news, "of a fault there is something to tell");
  }

  void seed() {
    const auto rows = choices_.rows(spec_);
    const std::string text = RowsChoices::array_of(rows);
    demand(store_.seed(state_, text), "an array of rows is a seed");
    const Json ids = Json::parse(store_.text());
    const auto is_there = model_.seed(rows);
    bool is_good = true;
    for (std::size_t i = 0; i < rows.size(); ++i) {
      demand(is_there[i] == (ids[i] != 0), "an id for a row that is there");
      is_good = is_good && is_acceptable(rows[i]);
    }
    mirror_.seed(Json::parse(text), ids);
    may_have_fault_ = may_have_fault_ || !is_good || spec_.update == RowUpdate::merge;
  }

  [[nodiscard]] bool is_acceptable(const ModelRow& row) const {
    return row.text().size() <= spec_.bytes_max && (!spec_.key || row.key) &&
           (spec_.update == RowUpdate::replace || row.is_object);
  }

  void observe(std::uint32_t what) {
    observed_ = what;
    store_.observe(state_, what);
  }

  void watch() {
    const std::string key = choices_.key();
    const std::uint32_t watch = store_.watch(state_, key);
    demand(watch != 0 && watched_.count(watch) == 0, "a watch has a number of its own");
    watched_[watch] = key;
    mirror_.watches[watch] = 0;
  }

  void unwatch() {
    if (watched_.empty()) return;
    const auto at =
        std::next(watched_.begin(), choices_.choose(static_cast<std::uint32_t>(watched_.size())));
    store_.unwatch(state_, at->first);
    mirror_.watches.erase(at->first);
    watched_.erase(at);
  }

  void read() {
    store_.read(state_);
    mirror_.read(Json::parse(store_.text()));
    compare_values();
    if (spec_.key) compare_keys();
    compare_watches();
  }

  void read_row() {
    const std::string key = choices_.key();
    const std::size_t at = spec_.key ? model_.find(key) : model_.rows().size();
    store_.read_row(state_, key);
    demand(store_.text() == (at < model_.rows().size() ? model_.rows()[at].text() : ""),
           "a row is read as it is");
  }

  void take_delta() {
    store_.take_delta();
    if (!store_.text().empty()) {
      apply(Json::parse(store_.text()));
    } else {
      demand(faults_ == 0, "faults are told");
    }
    if ((observed_ & observe_values) != 0) compare_values();
    if ((observed_ & observe_keys) != 0 && spec_.key) compare_keys();
    compare_watches();
    faults_ = 0;
    may_have_fault_ = false;
  }

  void apply(const Json& delta) {
    demand(delta[0].size() <= 1, "one entry for a state");
    const std::size_t faults = delta[1].size() + delta[2].get<std::size_t>();
    demand(may_have_fault_ ? faults >= faults_ : faults == faults_, "each fault is told once");
    if (delta[0].empty()) return;
    demand(observed_ != 0 || !watched_.empty(), "nothing is told of what nobody observes");
    const Json& entry = delta[0][0];
    demand(entry[0] == state_, "the entry is of the state");
    if (observed_ == 0) {
      demand(entry[5].empty() && entry[3].size() <= watched_.size(), "only what is watched");
    }
    mirror_.apply(entry);
  }

  void compare_values() {
    std::vector<Json> known;
    for (const auto& [id, value] : mirror_.values)
      known.push_back(value);
    std::vector<Json> wanted;
    for (const ModelRow& row : model_.rows())
      wanted.push_back(Json::parse(row.text()));
    demand(known == wanted, "JavaScript knows the values of all rows, in their order");
  }

  void compare_keys() {
    std::vector<std::string> known;
    for (const auto& [id, key] : mirror_.keys)
      known.push_back(key);
    std::vector<std::string> wanted;
    for (const ModelRow& row : model_.rows())
      wanted.push_back(*row.key);
    demand(known == wanted, "JavaScript knows the keys of all rows, in their order");
  }

  void compare_watches() {
    for (const auto& [watch, key] : watched_) {
      const std::size_t at = spec_.key ? model_.find(key) : model_.rows().size();
      const std::uint64_t id = mirror_.watches[watch];
      if (at == model_.rows().size()) {
        demand(id == 0, "JavaScript knows that the row is not there");
      } else {
        demand(mirror_.values.count(id) == 1 &&
                   mirror_.values[id] == Json::parse(model_.rows()[at].text()),
               "JavaScript knows the row that it watches");
      }
    }
  }

  void demand(bool condition, const char* what) {
    if (!condition && broken_.empty()) broken_ = what;
  }

  RowsChoices choices_;
  StateSpec spec_;
  RowsModel model_;
  StateStore store_;
  std::uint32_t state_ = 0;
  std::uint32_t observed_ = 0;
  std::map<std::uint32_t, std::string> watched_;
  RowsMirror mirror_;
  std::size_t faults_ = 0;
  bool may_have_fault_ = false;  // a seed may have had one
  std::string broken_;
};

}  // namespace openline
