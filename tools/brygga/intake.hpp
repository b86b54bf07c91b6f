// What the subcommands of `brygga intake` share.
#pragma once

#include "tools/brygga/books.hpp"

namespace brygga::command {

void add_decision_commands(CLI::App& intake, session& with);  // release, refuse

}  // namespace brygga::command
