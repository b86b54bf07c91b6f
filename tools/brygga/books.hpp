// The configuration, the ledger and the company that a ledger or intake command works with.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "connectors/config/settings.hpp"
#include "connectors/intake/intake.hpp"
#include "mapping/ledger/store.hpp"
#include "tools/brygga/session.hpp"

namespace brygga::command {

struct books_options {
    std::string config;
    std::string tenant;
    std::string die_at;

    void add_config(CLI::App& command);  // --config, or BRYGGA_CONFIG
    void add_tenant(CLI::App& command);  // --tenant
    void add_die_at(CLI::App& command);  // hidden: kills the process at a step of the intake, for tests
};

struct books {
    config::settings with;
    std::unique_ptr<ledger::store> store;
};

// Whether a ledger that is not there is made: only by `brygga init`, so that a slip in the configuration cannot pass for empty
// books.
enum class ledger_file : std::uint8_t { must_exist, may_be_new };

// Reads the configuration and opens its ledger.
[[nodiscard]] result<books> open_books(const books_options& options, session& with, ledger_file file = ledger_file::must_exist);

// After a commit: tells standard error when the head of the log could not be kept. The books hold all the same.
void warn_of_head(const books& in);

// For options that say who decides and why: blanks are no name and no reason.
[[nodiscard]] CLI::Validator says_something();
// For reasons: also nothing of health, or of what a social welfare board knows (BILL-R21).
[[nodiscard]] CLI::Validator says_why();

// --actor and --reason of a command that takes a person's word.
void add_person(CLI::App& command, std::string& actor, std::string& reason, const std::string& why = "Why");

// What a person must see to, in a line: id, kind, customer id, codes.
[[nodiscard]] std::string matter_text(const ledger::matter_item& item);

// The company that --tenant names, or the only one there is.
[[nodiscard]] result<const config::tenant*> chosen_tenant(const books& in, const books_options& options);
// That company, or all of them when none is named.
[[nodiscard]] result<std::vector<const config::tenant*>> chosen_tenants(const books& in, const books_options& options);

// What the pipelines need: the registry's sniffers, the clock, and the step at which a test wants to die. The log may be null.
[[nodiscard]] result<intake::options> intake_options(const books_options& options, session& with, logging::event_log* log);

// Every seal key of the configuration is there and is the one of its KVV: told at the start rather than when the first sealed
// file comes.
[[nodiscard]] result<void> check_seal_keys(const config::settings& with);

// What a command that runs pipelines works with.
struct office {
    books in;
    logging::event_log log;
    intake::options how;  // points to the log
};
[[nodiscard]] result<std::unique_ptr<office>> open_office(const books_options& options, session& with);

// released by eva at 2026-03-03T06:00:00Z: as on the bank statement
[[nodiscard]] std::string decision_text(const ledger::held_item& hold);

// 2049.50 SEK
[[nodiscard]] std::string amount_text(std::int64_t amount_ore, std::string_view currency);
[[nodiscard]] std::string amount_text(ore_sum amount_ore, std::string_view currency);

}  // namespace brygga::command
