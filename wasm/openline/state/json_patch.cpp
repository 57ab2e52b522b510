#include <openline/state/json_patch.hpp>

#include <openline/json/reader.hpp>
#include <openline/state/tree_pointer.hpp>

#include <nlohmann/json.hpp>

#include <string>
#include <utility>

namespace openline {
namespace {

/// As it stands in the patch. Members that RFC 6902 does not know are ignored (section 4).
struct Operation {
  std::optional<std::string> name;
  std::optional<std::string> path;
  std::optional<std::string> from;
  std::optional<JsonTree> value;
  bool is_ambiguous = false;  // it has a member twice, for which there is no rule (appendix A.13)
};

void read_text(JsonReader& reader, Operation& operation, std::optional<std::string>& out) {
  operation.is_ambiguous = operation.is_ambiguous || out.has_value();
  if (reader.peek() == JsonKind::string) out = reader.read_string().value_or("");
}

Operation read_operation(JsonReader& reader) {
  Operation operation;
  reader.begin_object();
  while (const auto name = reader.next_member()) {
    if (name == "op") {
      read_text(reader, operation, operation.name);
    } else if (name == "path") {
      read_text(reader, operation, operation.path);
    } else if (name == "from") {
      read_text(reader, operation, operation.from);
    } else if (name == "value") {
      operation.is_ambiguous = operation.is_ambiguous || operation.value.has_value();
      operation.value = read_json_tree(reader);
    }
  }
  return operation;
}

/// One patch on its way through its operations.
class PatchRun {
 public:
  PatchRun(TreeEdit& edit, std::size_t bytes_max) : edit_{edit}, bytes_max_{bytes_max} {}

  std::optional<StateProblem> apply(Operation& operation) {
    const bool is_whole = operation.name && operation.path && !operation.is_ambiguous;
    if (!is_whole || !apply_to(operation)) {
      return problem_;
    }
    if (edit_.depth() > json_depth_max) {
      return StateProblem::depth;
    }
    if (edit_.bytes() > bytes_max_ || edit_.effort() + compared_ > patch_effort_max) {
      return StateProblem::too_large;
    }
    return std::nullopt;
  }

 private:
  bool apply_to(Operation& operation) {
    const std::string_view name = *operation.name;
    if (name == "move") return move(operation);
    const auto place = find_place(edit_, *operation.path);
    if (!place) return false;
    if (name == "add") return add(*place, operation.value);
    if (name == "copy") return copy(operation.from, *place);
    JsonTree* present = TreeEdit::value_at(*place);
    if (present == nullptr) return false;
    if (name == "remove") {
      edit_.remove(*place);
      return true;
    }
    if (!operation.value) return false;
    if (name == "replace") {
      edit_.replace(*place, std::move(*operation.value));
      return true;
    }
    if (name != "test") return false;
    // The 1 in the patch may be a 1 with a million zeros behind its point in the document.
    compared_ += extent_of(*present).bytes;
    return are_equal(*present, *operation.value);
  }

  bool add(const TreePlace& place, std::optional<JsonTree>& value) {
    if (!value) return false;
    edit_.put(place, std::move(*value));
    return true;
  }

  bool copy(const std::optional<std::string>& from, const TreePlace& to) {
    const auto place = from ? find_place(edit_, *from) : std::nullopt;
    const JsonTree* value = place ? TreeEdit::value_at(*place) : nullptr;
    if (value == nullptr) return false;
    // Counted before it is there: a few copies of copies would fill any memory.
    copied_ += extent_of(*value).bytes;
    if (copied_ > bytes_max_) {
      problem_ = StateProblem::too_large;
      return false;
    }
    edit_.put(to, JsonTree(*value));  // braces would make an array of it
    return true;
  }

  bool move(const Operation& operation) {
    if (!operation.from) return false;
    const std::string& path = *operation.path;
    const std::string& from = *operation.from;
    const auto place = find_place(edit_, from);
    if (!place || TreeEdit::value_at(*place) == nullptr) return false;
    if (path == from) return true;
    const bool is_into_itself = path.rfind(from + '/', 0) == 0;
    if (is_into_itself) return false;
    edit_.remove(*place);
    // Looked for only now, because what was behind it has moved up.
    const auto to = find_place(edit_, path);
    if (!to) return false;
    edit_.put(*to, edit_.take_removed());
    return true;
  }

  TreeEdit& edit_;
  std::size_t bytes_max_;
  std::size_t copied_ = 0;
  std::size_t compared_ = 0;
  StateProblem problem_ = StateProblem::patch;
};

}  // namespace

std::optional<StateFault> apply_json_patch(TreeEdit& edit, std::string_view patch,
                                           std::size_t bytes_max) {
  JsonReader reader{patch};
  PatchRun run{edit, bytes_max};
  reader.begin_array();
  while (reader.next_element()) {
    static_cast<void>(reader.peek());  // passes over the space before it
    const std::size_t offset = reader.offset();
    Operation operation = read_operation(reader);
    if (reader.has_failed()) break;
    if (const auto problem = run.apply(operation)) return StateFault{*problem, offset};
  }
  if (reader.finish()) {
    return std::nullopt;
  }
  const bool is_json = reader.fault() == JsonFault::kind;
  const StateProblem problem = is_json ? StateProblem::patch : problem_of(reader.fault());
  return StateFault{problem, reader.offset()};
}

}  // namespace openline
