// What the subcommands of `brygga intake` share.
#pragma once

#include "tools/brygga/books.hpp"

namespace brygga::command {

// What was handed on in other formats, one line each with its notes.
void print_routes(session& with, const std::vector<intake::routed>& routes);

// Which deposit was left out, and why.
[[nodiscard]] std::string deposit_text(const intake::left_out_deposit& deposit);

void add_decision_commands(CLI::App& intake, session& with);  // release, refuse, acknowledge

}  // namespace brygga::command
