// What the subcommands of `brygga ledger` share.
#pragma once

#include <functional>

#include "tools/brygga/books.hpp"

namespace brygga::command {

// Opens the books of one company and hands them to `work`, which commits when it writes.
exit_code in_ledger(session& with, const books_options& where, bool writes,
                    const std::function<exit_code(ledger::transaction&)>& work);

void add_match_command(CLI::App& group, session& with);

}  // namespace brygga::command
