#pragma once

// What PROTOCOL.md allows names and numbers to be (its sections Words and Frames).

#include <openline/json/reader.hpp>

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace openline {

inline constexpr std::string_view subprotocol = "openline.1";

inline constexpr std::uint64_t protocol_version = 1;
inline constexpr std::uint64_t integer_max = json_integer_max;
inline constexpr std::size_t stream_name_bytes_max = 256;
inline constexpr std::size_t epoch_bytes_max = 64;
inline constexpr std::size_t client_id_bytes = 22;  // 128 bits, 6 a character
inline constexpr std::uint64_t code_max = 65'535;
/// A BATCH has at most so many runs: empty ones would cost memory out of all proportion.
inline constexpr std::size_t runs_max = 8'192;
/// A HELLO has at most so many bytes.
inline constexpr std::size_t hello_bytes_max = 32'768;

[[nodiscard]] bool is_stream_name(std::string_view name);
[[nodiscard]] bool is_epoch(std::string_view epoch);
[[nodiscard]] bool is_client_id(std::string_view id);

}  // namespace openline
