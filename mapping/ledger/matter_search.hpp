// Whether a person is told, or was, of something.
#pragma once

#include <string_view>

#include "mapping/ledger/matters.hpp"

namespace brygga::ledger {

enum class told_when : std::uint8_t { ever, now };  // now: nobody has closed it

[[nodiscard]] result<bool> is_told(row_id subject_id, std::string_view kind, told_when when, matter_rows& in);

}  // namespace brygga::ledger
