#include <openline/state/merge.hpp>

#include <openline/json/string.hpp>
#include <openline/state/bytes.hpp>
#include <openline/state/object_members.hpp>

namespace openline {

std::string_view ObjectMerge::merge(std::string_view base, std::string_view patch) {
  read_patch(patch);
  clear_scratch(merged_);
  merged_ += '{';
  bool is_other = false;
  for (ObjectMembers members{base}; members.next();) {
    const std::string_view name = name_of(members.raw_name());
    Member* const member = find(name, hash_(name));
    if (member != nullptr) {
      member->is_in_base = true;
      is_other = is_other || member->value != members.value();
    }
    append(members.raw_name(), member == nullptr ? members.value() : member->value);
  }
  for (const Member& member : members_) {
    if (!member.is_in_base) {
      append(member.raw_name, member.value);
      is_other = true;
    }
  }
  merged_ += '}';
  return is_other ? std::string_view{merged_} : base;
}

void ObjectMerge::read_patch(std::string_view patch) {
  clear_scratch(names_);
  clear_scratch(unescaped_);
  clear_scratch(members_);
  index_.reset(0);
  for (ObjectMembers members{patch}; members.next();) {
    const std::string_view name = name_of(members.raw_name());
    const std::uint32_t hash = hash_(name);
    if (Member* const earlier = find(name, hash); earlier != nullptr) {
      earlier->value = members.value();  // the last one counts, as for JSON.parse
      continue;
    }
    index_.insert(hash, static_cast<std::uint32_t>(members_.size()));
    members_.push_back({members.raw_name(), names_.size(), name.size(), members.value(), false});
    names_ += name;
  }
}

/// With its escapes undone.
std::string_view ObjectMerge::name_of(std::string_view raw_name) {
  if (raw_name.find('\\') == std::string_view::npos) {
    return raw_name;
  }
  unescape_json_string(raw_name, unescaped_);
  return unescaped_;
}

ObjectMerge::Member* ObjectMerge::find(std::string_view name, std::uint32_t hash) {
  for (auto hit = index_.first(hash); hit.number != KeyIndex::none; hit = index_.next(hit, hash)) {
    Member& member = members_[hit.number];
    if (std::string_view{names_}.substr(member.name_begin, member.name_size) == name) {
      return &member;
    }
  }
  return nullptr;
}

void ObjectMerge::append(std::string_view raw_name, std::string_view value) {
  if (merged_.size() > 1) {
    merged_ += ',';
  }
  merged_ += '"';
  merged_ += raw_name;
  merged_ += "\":";
  merged_ += value;
}

}  // namespace openline
