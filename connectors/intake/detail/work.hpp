// The leaf work of the pipelines: booking one claimed file, and bringing a file with its receipt into its folder.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "connectors/filedrop/inbox.hpp"
#include "connectors/intake/intake.hpp"
#include "connectors/intake/receipt.hpp"

namespace brygga::intake::detail {

inline constexpr std::string_view lock_name = ".brygga-lock";  // in work/: held by the process that makes a pass

// Everything the work on one tenant needs. `at` follows the steps, for failures.
struct desk {
    const config::settings* with{};
    const config::tenant* who{};
    ledger::store* books{};
    original_store* originals{};
    const options* how{};
    std::string_view at;

    void pass(std::string_view step) {
        at = step;
        if (how->at_step) how->at_step(step);
    }
    void log(logging::log_level level, std::string_view event, std::initializer_list<logging::log_field> fields) const {
        if (how->log != nullptr) how->log->write(level, event, fields);
    }
    // After a commit. The books hold; that their log is cut later would no longer show.
    void warn_of_head() const {
        if (const auto why = books->head_failure())
            log(logging::log_level::warning, "head-not-kept", {{"tenant", who->id}, {"text", why->text}});
    }
    [[nodiscard]] filedrop::file_system& files() const { return *how->files; }
    [[nodiscard]] std::filesystem::path folder_of(ledger::file_outcome outcome) const;
};

// Of the tenant's profile of the format.
[[nodiscard]] rule_policy policy_for(const desk& on, std::string_view format);

// For a mapping of this format that reads `source`, which gives its memory back as it is read. Errors: io where a secret that it
// needs cannot be read.
[[nodiscard]] result<inbound::settings> settings_for(const desk& on, std::string_view format, byte_source& source);

// What the ledger knows of a claim.
[[nodiscard]] result<std::optional<ledger::exchanged_file>> known_file(const desk& on, std::string_view claim);
[[nodiscard]] result<ledger::log_head> newest_log(const desk& on);
// Of a file: what was held of it with the decisions, and what was handed on.
struct decided_rows {
    std::vector<ledger::held_item> holds;
    std::vector<ledger::handover_item> handovers;
};
[[nodiscard]] result<decided_rows> decided_of(const desk& on, ledger::row_id file_id);

// From fingerprint to commit; returns the row as committed, now or by an earlier attempt.
[[nodiscard]] result<ledger::exchanged_file> book_claimed(desk& on, const filedrop::claimed_file& item);

struct step_names {
    std::string_view receipt_written, moved;
};

// Writes the receipt in `folder` and moves the file there, under its own name or, where that is taken, CLAIM__NAME.
// Never overwrites; harmless to repeat after a cut.
[[nodiscard]] result<std::filesystem::path> bring_to(desk& on, const std::filesystem::path& from,
                                                     const std::filesystem::path& folder, const filedrop::claimed_name& name,
                                                     std::string_view receipt, step_names steps);

// The claim that a receipt belongs to; nothing when there is none or it is not readable as one.
[[nodiscard]] result<std::optional<std::string>> claim_in_receipt(const desk& on, const std::filesystem::path& receipt);

struct held_file {
    std::string name;  // in held/
    std::string claim;
};

struct strange_receipt {
    std::string name;  // in held/
    error why;
};

// The files in held/ that have a receipt, receipts whose file has gone, and names that look like a receipt and cannot be
// read: one of these must not keep the others from moving.
struct held_folder {
    std::vector<held_file> files, orphans;
    std::vector<strange_receipt> strange;
};
[[nodiscard]] result<held_folder> look_into_held(const desk& on);

// When nothing of the file waits: out of held/ into its folder, and the old receipt away. Returns where it belongs.
// busy when another process is at it.
[[nodiscard]] result<ledger::file_outcome> move_decided(desk& on, const held_file& item);
// Removes a receipt in held/ whose file has been moved on; leaves one whose file is still to come.
[[nodiscard]] result<void> clear_orphan(desk& on, const held_file& item);

}  // namespace brygga::intake::detail
