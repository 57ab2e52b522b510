#include <openline/json/lookup.hpp>

#include <openline/json/scan.hpp>

namespace openline {

std::optional<std::string_view> JsonLookup::scan(std::string_view text, std::size_t depth_max) {
  tree_.forget();
  problem_ = {};
  const JsonScan scanned = scan_json(text, depth_max, &tree_);
  if (scanned.fault != JsonFault::none) {
    tree_.forget();
    problem_ = {scanned.fault, scanned.end};
    return std::nullopt;
  }
  return text.substr(scanned.begin, scanned.end - scanned.begin);
}

}  // namespace openline
