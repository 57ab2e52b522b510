#pragma once

// What a report of the core looks like at the ABI.

#include <bindings/openline_abi.h>
#include <openline/client/report.hpp>

namespace openline {

/// The text of the record is the report's: it lives as long as the report stays where it is.
[[nodiscard]] ol_record record_of(const Report& report);

}  // namespace openline
