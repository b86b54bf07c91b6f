// What the commands share: the clock, the output, and how a command ends.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include <CLI/CLI.hpp>

#include "formats/core/date.hpp"
#include "formats/core/result.hpp"
#include "mapping/ledger/clock.hpp"
#include "tools/brygga/terminal.hpp"

namespace brygga::command {

enum class exit_code : std::uint8_t {
    clean = 0,
    found = 1,       // check: a finding of level error; diff: a difference; ledger commands: something needs a person
    cannot_run = 2,  // no such file, bad option, full disk ...
};

[[nodiscard]] inline exit_code worse(exit_code a, exit_code b) noexcept {
    return a < b ? b : a;
}

// A clock that starts at a given moment, for tests and demonstrations.
class set_clock : public ledger::clock {
 public:
    explicit set_clock(ledger::timestamp_ms start) noexcept : now_(start) {}
    [[nodiscard]] ledger::timestamp_ms now() override { return now_; }
    void advance(ledger::timestamp_ms by_ms) noexcept { now_ += by_ms; }

 private:
    ledger::timestamp_ms now_;
};

struct session {
    standard_output out;
    std::string now;                    // --now, as given
    std::function<exit_code()> chosen;  // the command of the command line
    std::unique_ptr<set_clock> set_time;
    std::string layouts;             // --layouts, as given
    bool describes_layouts = false;  // the command is about layout files: none are loaded

    [[nodiscard]] ledger::clock& time() { return set_time ? *set_time : ledger::system_clock(); }
    [[nodiscard]] date today();
    // Reads --now. Fails with invalid_argument.
    [[nodiscard]] result<void> set_the_clock();
};

// Tells standard error what went wrong, on one line that no file name can break; cannot_run.
exit_code complain(std::string_view text);
exit_code complain(const error& why);

// Adds a subcommand whose help ends with these examples.
CLI::App* add_command(CLI::App& to, const std::string& name, const std::string& what, const std::string& group,
                      const std::string& examples);

// One function per command group; each adds its commands.
void add_catalogue_commands(CLI::App& app, session& with);     // formats, rules
void add_layout_commands(CLI::App& app, session& with);        // layout ...
void add_check_command(CLI::App& app, session& with);          // check
void add_inspection_commands(CLI::App& app, session& with);    // show, diff
void add_conversion_commands(CLI::App& app, session& with);    // json, write, mask
void add_convert_command(CLI::App& app, session& with);        // convert
void add_generate_command(CLI::App& app, session& with);       // generate
void add_seal_commands(CLI::App& app, session& with);          // seal ...
void add_exchange_commands(CLI::App& app, session& with);      // import, export
void add_ledger_commands(CLI::App& app, session& with);        // ledger ...
void add_intake_commands(CLI::App& app, session& with);        // init, intake ...
void add_dispatch_commands(CLI::App& app, session& with);      // dispatch, resend
void add_run_command(CLI::App& app, session& with);            // run
void add_config_commands(CLI::App& app, session& with);        // config check, doc
void add_originals_commands(CLI::App& app, session& with);     // originals encrypt
void add_redelivery_commands(CLI::App& app, session& with);    // replay, rebuild
void add_retain_command(CLI::App& app, session& with);         // retain
void add_autogiro_commands(CLI::App& app, session& with);      // autogiro run
void add_mandate_commands(CLI::App& app, session& with);       // mandate ...
void add_payout_commands(CLI::App& app, session& with);        // payout ...
void add_matter_commands(CLI::App& app, session& with);        // matters
void add_claim_commands(CLI::App& app, session& with);         // claims ...
void add_registration_commands(CLI::App& app, session& with);  // registration ...
void add_invoice_run_commands(CLI::App& app, session& with);   // run-invoices ...
void add_letter_command(CLI::App& app, session& with);         // letter
void add_protected_commands(CLI::App& app, session& with);     // protected ...
void add_operation_commands(CLI::App& app, session& with);     // status, verify

}  // namespace brygga::command
