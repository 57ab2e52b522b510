#include <openline/protocol/limits.hpp>

#include <openline/json/utf8.hpp>

namespace openline {
namespace {

constexpr std::string_view base64url =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

bool has_only(std::string_view text, std::string_view allowed) {
  return text.find_first_not_of(allowed) == std::string_view::npos;
}

}  // namespace

bool is_stream_name(std::string_view name) {
  return !name.empty() && name.size() <= stream_name_bytes_max && is_utf8(name);
}

bool is_epoch(std::string_view epoch) {
  for (const char letter : epoch) {
    if (letter != '.' && !has_only({&letter, 1}, base64url)) {
      return false;
    }
  }
  return !epoch.empty() && epoch.size() <= epoch_bytes_max;
}

bool is_client_id(std::string_view id) {
  return id.size() == client_id_bytes && has_only(id, base64url);
}

}  // namespace openline
