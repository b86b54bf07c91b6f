// A file that is made from the ledger, at the desk of its partner. Internal.
#pragma once

#include "connectors/dispatch/detail/desk.hpp"
#include "connectors/dispatch/made_file.hpp"

namespace brygga::dispatch::detail {

// For a file that somebody wants now: the first of "BEGIN:now:1", "BEGIN:now:2" that no file has.
[[nodiscard]] result<std::string> free_key(const desk& on, std::string_view begin);

// For a file that is made once: BEGIN, or the first of "BEGIN:2", "BEGIN:3" when those before were taken back by themselves.
[[nodiscard]] result<std::string> standing_key(const desk& on, std::string_view begin);

[[nodiscard]] made make_at(const desk& on, const made_file& what, const maker& make);

}  // namespace brygga::dispatch::detail
