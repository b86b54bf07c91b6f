// What the commands that run a pipeline share.
#pragma once

#include <stop_token>
#include <string>
#include <vector>

#include "tools/brygga/books.hpp"

namespace brygga::command {

// What was handed on in other formats, one line each with its notes.
void print_routes(session& with, const std::vector<intake::routed>& routes);

// Which deposit was left out, and why.
[[nodiscard]] std::string deposit_text(const intake::left_out_deposit& deposit);

// One pass each, with its report on standard output.
[[nodiscard]] exit_code intake_once(session& with, const office& at, bool json, const std::stop_token& stop);
[[nodiscard]] exit_code dispatch_once(session& with, const office& at, const std::stop_token& stop);

void add_decision_commands(CLI::App& intake, session& with);  // release, refuse, acknowledge

}  // namespace brygga::command
