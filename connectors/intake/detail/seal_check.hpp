// The seal of a delivered file, looked at before its format's reader is. Internal.
#pragma once

#include <optional>

#include "connectors/intake/detail/work.hpp"

namespace brygga::intake::detail {

// Why a sealed file is refused, or one of this format that has to be sealed. Nothing when its seal is right, when it need not be
// sealed and is not, and when the company has no seal keys: what is then to be said of TK00 and TK99 is for the reader of the
// format. Errors are those of the moment: a key that cannot be
// read must not let a file pass.
[[nodiscard]] result<std::optional<finding>> wrong_seal(const desk& on, std::string_view format, byte_source& source);

}  // namespace brygga::intake::detail
