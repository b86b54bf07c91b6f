// The configuration file (TOML): which companies (tenants), which folders, what is agreed with the banks.
//
//     mode, store, originals
//     [log] [intake] [alarm] [metrics]
//     [encryption] [[encryption.key]]
//     [retention]
//     [[tenant]]
//         [[tenant.bankgiro]] [[tenant.profile]] [[tenant.route]] [[tenant.expect]] [[tenant.seal_key]]
//         [tenant.autogiro]
//         [tenant.payouts]
//             [tenant.payouts.credit_transfer] or [tenant.payouts.lb], [tenant.payouts.sus]
//         [tenant.einvoice]
//         [tenant.invoices]
//             [[tenant.invoices.channel]]
//         [tenant.letters] [tenant.print] [tenant.protected]
//         [[tenant.partner]]
//             [[tenant.partner.fetch]] [[tenant.partner.send]]
//
// `brygga config doc` prints every setting (documentation.hpp).
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "connectors/config/file_channel.hpp"
#include "connectors/config/invoice_settings.hpp"
#include "connectors/config/payout_settings.hpp"
#include "connectors/config/print_settings.hpp"
#include "connectors/encryption/key.hpp"
#include "connectors/filedrop/inbox.hpp"
#include "connectors/filedrop/watch.hpp"
#include "connectors/logging/event_log.hpp"
#include "connectors/partners/partner.hpp"
#include "connectors/sealing/key.hpp"
#include "connectors/secrets/secret.hpp"
#include "connectors/timing/schedule.hpp"
#include "formats/core/finding.hpp"
#include "formats/core/result.hpp"
#include "formats/core/text.hpp"
#include "mapping/inbound/inbound.hpp"

namespace brygga::config {

enum class run_mode : std::uint8_t { production, test };

struct tenant_profile {
    deviation_profile rules;
    std::vector<std::string> formats;  // format ids; empty: every format
};

struct route {
    std::vector<std::string> from;  // format ids
    std::string to;                 // format id
    std::filesystem::path folder;

    // Where a file waits until the ledger stands behind it; on the same file system, so that a rename hands it over.
    [[nodiscard]] std::filesystem::path staging() const { return folder / ".brygga"; }
    [[nodiscard]] bool takes(std::string_view format) const noexcept;
};

struct expectation {
    std::string format;  // format id
    timing::schedule by;
};

// What comes later is not at Bankgirot that day (autogiro.md section 1), Swedish time.
inline constexpr std::chrono::hours autogiro_closes{19};

// One customer number at Bankgirot, which may collect to several bankgiro numbers: a report names the customer number alone, so
// that there can be only one.
struct autogiro_agreement : file_channel {
    std::string customer;                                        // 6 digits
    std::vector<std::string> bankgiros;                          // of the tenant's, 7 or 8 digits
    timing::schedule at;                                         // when the day's file is made
    int ahead_bank_days = 10, late_days = 10, watch_days = 366;  // outbound::autogiro_terms
};

// E-invoices to internet banks.
struct einvoice_agreement {
    std::vector<std::string> senders;  // FUI
};

struct tenant {
    std::string id;
    std::string name;
    std::filesystem::path folder;
    std::optional<encoding> force_encoding;
    bool advance_covers_overdue = true;
    std::vector<inbound::receiver> receivers;
    std::vector<tenant_profile> profiles;
    std::vector<route> routes;
    std::vector<expectation> expects;
    std::vector<partners::partner> partners;
    std::vector<sealing::key_settings> seal_keys;
    std::vector<std::string> sealed;  // format ids that are taken sealed only
    std::optional<autogiro_agreement> autogiro;
    std::optional<payout_settings> payouts;
    std::optional<einvoice_agreement> einvoice;
    std::optional<invoice_settings> invoices;
    letter_settings letters;
    std::optional<print_settings> print;
    std::optional<protected_settings> protected_persons;

    [[nodiscard]] std::filesystem::path inbox() const { return folder / "inbox"; }
    [[nodiscard]] std::filesystem::path work() const { return folder / "work"; }
    [[nodiscard]] std::filesystem::path archive() const { return folder / "archive"; }
    [[nodiscard]] std::filesystem::path held() const { return folder / "held"; }
    [[nodiscard]] std::filesystem::path rejected() const { return folder / "rejected"; }
    // Files that are being fetched from this partner, until they are whole and noted.
    [[nodiscard]] std::filesystem::path fetching(const partners::partner& from) const { return folder / "fetching" / from.id; }
    // Held while files are exchanged with a partner: one process at a time.
    [[nodiscard]] std::filesystem::path lock_of(const partners::partner& with) const {
        return folder / ('.' + with.id + ".lock");
    }
    // Nothing when no profile names this format.
    [[nodiscard]] const tenant_profile* profile_for(std::string_view format) const noexcept;
};

struct alarm_webhook {
    std::string url;
    std::filesystem::path ca_file;  // the system's authorities if empty
    secrets::secret_source token;   // bearer
};

struct alarm_mail {
    std::string server;             // smtps://host or smtp://host:587
    std::filesystem::path ca_file;  // the system's authorities if empty
    std::string from;
    std::vector<std::string> to;
    std::string user;  // empty: no login
    secrets::secret_source password;
};

// All alarms stand in the log too.
struct alarm_settings {
    std::vector<std::string> command;  // program and arguments; empty: none
    std::chrono::milliseconds command_within{30'000};
    std::chrono::milliseconds every{60'000};
    std::chrono::minutes unreached_after{60};
    std::optional<alarm_webhook> webhook;
    std::optional<alarm_mail> mail;
};

// For Prometheus (connectors/service/metrics.hpp), as new as alarm_settings::every says.
struct metrics_settings {
    std::optional<std::uint16_t> port;  // of 127.0.0.1, GET /metrics
    std::filesystem::path file;         // for the node exporter's textfile collector, mode 0644; empty: none
};

// Bokföringslagen 7 kap. 2 §.
inline constexpr std::uint32_t lawful_years = 7;

// How long what is done with is kept (connectors/retention); for ever where nothing is said.
struct retention_settings {
    std::optional<std::uint32_t> originals_years;  // whole calendar years
    std::optional<std::uint32_t> archive_days, rejected_days;

    [[nodiscard]] bool empty() const noexcept { return !originals_years && !archive_days && !rejected_days; }
};

struct settings {
    run_mode mode = run_mode::production;
    std::filesystem::path store;
    std::filesystem::path originals;
    std::filesystem::path layouts;  // folder of layout files; empty: none
    std::optional<encryption::key_settings> original_keys;
    logging::log_settings log;
    filedrop::settle_times settle;
    filedrop::watch_times watch;
    alarm_settings alarms;
    metrics_settings metrics;
    retention_settings retention;
    std::vector<tenant> tenants;

    // Seal keys of production are secret.
    [[nodiscard]] sealing::test_key published_seal_key() const noexcept {
        return mode == run_mode::test ? sealing::test_key::allowed : sealing::test_key::refused;
    }
    [[nodiscard]] const tenant* find_tenant(std::string_view id) const noexcept;
};

inline constexpr std::size_t max_config_bytes = std::size_t{1} << 20;
inline constexpr std::size_t max_config_faults = 20;  // shown at once

// `name` stands for the file in error texts, `base` is where relative paths begin. All faults are told at once, one per
// line as "NAME line N: what is wrong" (invalid_config).
[[nodiscard]] result<settings> parse(std::string_view text, const std::filesystem::path& base, std::string_view name);

// Reads the file; relative paths start at its folder. Errors also: not_found, permission_denied, limit_exceeded.
[[nodiscard]] result<settings> load(const std::filesystem::path& path);

// What the file says of `layouts`, before the formats that it names are known; empty where it says nothing, or cannot be read:
// `load` tells why.
[[nodiscard]] std::filesystem::path layouts_in(const std::filesystem::path& path);

// Makes the five folders of each tenant, those of its routes and outboxes, and the folders of ledger, originals and metrics; what
// is there stays.
[[nodiscard]] result<void> init_folders(const settings& with, filedrop::file_system& files);

}  // namespace brygga::config
