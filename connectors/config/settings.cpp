#include "connectors/config/settings.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "connectors/config/detail/encryption_table.hpp"
#include "connectors/config/detail/retention_table.hpp"
#include "connectors/config/detail/secret_table.hpp"
#include "connectors/config/detail/settings_tables.hpp"
#include "connectors/config/detail/tenant_tables.hpp"
#include "connectors/notify/post.hpp"

namespace brygga::config {

namespace {

using detail::range;
using detail::reading;
using detail::table_reader;

constexpr std::int64_t longest_wait_ms = 24 * 60 * 60 * 1000;
constexpr std::int64_t shortest_rescan_ms = 100;
constexpr std::int64_t ms_per_minute = 60'000;
constexpr std::int64_t highest_port = 65'535;

void read_log(table_reader& of, logging::log_settings& into) {
    using logging::log_level;
    of.path("file", into.file,
            {.meaning = "where the log goes", .example = "brygga.log", .otherwise = "standard error without it"});
    of.choice<log_level>(
        "level", into.level,
        {{"debug", log_level::debug}, {"info", log_level::info}, {"warning", log_level::warning}, {"error", log_level::error}},
        {.meaning = "the least that is worth a line"});
    of.choice<logging::log_shape>("format", into.shape, {{"text", logging::log_shape::text}, {"json", logging::log_shape::json}},
                                  {.meaning = "lines of key=value, or of JSON"});
}

void read_times(table_reader& of, settings& into) {
    constexpr range wait{0, longest_wait_ms};
    of.duration("quiet_ms", into.settle.quiet, wait,
                {.meaning = "a file is whole when its size and time have not changed for so long"});
    of.duration("empty_quiet_ms", into.settle.empty_quiet, wait,
                {.meaning = "the same for a file of size zero: many senders create first and write later"});
    of.duration("rescan_ms", into.watch.rescan, {shortest_rescan_ms, longest_wait_ms},
                {.meaning = "a look at the inboxes at least this often"});
}

void read_address(table_reader& of, std::string_view key, std::string& into, const std::vector<std::string>& schemes,
                  const detail::about& what) {
    of.text(key, into, what);
    const std::string wrong = into.empty() ? std::string() : notify::fault_of_address(into, schemes);
    if (!wrong.empty()) of.fault(key, wrong);
}

void read_webhook(table_reader& of, alarm_webhook& into) {
    read_address(of, "url", into.url, {"https", "http"},
                 {.meaning = "gets each alarm as JSON by POST; http only on this machine",
                  .required = true,
                  .example = "https://alarm.example/brygga"});
    of.path("ca_file", into.ca_file,
            {.meaning = "who may have signed its certificate",
             .example = "secrets/alarm-ca.pem",
             .otherwise = "the system's authorities"});
    detail::read_secret(of, "token", into.token, "alarm-token", {.meaning = "bearer token"});
}

// Of a mailbox, as mail servers take it; nothing that could end a line.
bool is_mail_address(const std::string& text) {
    const auto plain = [](char c) { return c > ' ' && c <= '~' && c != '<' && c != '>' && c != ',' && c != '"'; };
    const std::size_t at = text.find('@');
    return at != 0 && at != std::string::npos && at + 1 < text.size() && text.find('@', at + 1) == std::string::npos &&
           std::all_of(text.begin(), text.end(), plain);
}

void read_mail(table_reader& of, alarm_mail& into) {
    read_address(of, "server", into.server, {"smtps", "smtp"},
                 {.meaning = "takes mail; smtp:// begins TLS before anything is said, except on this machine",
                  .required = true,
                  .example = "smtp://mail.example:587"});
    of.path("ca_file", into.ca_file,
            {.meaning = "who may have signed its certificate",
             .example = "secrets/mail-ca.pem",
             .otherwise = "the system's authorities"});
    of.text("from", into.from, {.meaning = "the sender's address", .required = true, .example = "brygga@energi.example"});
    of.texts("to", into.to, {.meaning = "who gets the mails", .required = true, .example = R"(["drift@energi.example"])"});
    if (!into.from.empty() && !is_mail_address(into.from)) of.fault("from", "is no mail address");
    if (!std::all_of(into.to.begin(), into.to.end(), is_mail_address)) of.fault("to", "holds something that is no mail address");
    of.text("user", into.user, {.meaning = "our name at the server, where it wants one", .example = "brygga"});
    detail::read_secret(of, "password", into.password, "mail-password", {.meaning = "with user"});
    if (into.user.empty() == into.password.given())
        of.fault(into.user.empty() ? "user" : "password", "is missing: user and password go together");
}

void read_alarms(table_reader& of, alarm_settings& into) {
    constexpr range wait{1, longest_wait_ms};
    of.texts("command", into.command,
             {.meaning = "program and arguments; gets each alarm as a line of JSON on its standard input",
              .example = R"(["/usr/local/bin/page", "brygga"])",
              .otherwise = "the log only without it"});
    of.duration("command_within_ms", into.command_within, wait, {.meaning = "the program is ended after so long"});
    of.duration("every_ms", into.every, wait, {.meaning = "between looks for what is late or stuck, and for metrics"});
    of.duration("unreached_minutes", into.unreached_after, {1, longest_wait_ms / ms_per_minute},
                {.meaning = "an alarm when a partner is not reached at one visit after the other for so long"});
    of.table("webhook", {.meaning = "An address that gets each alarm."},
             [&](table_reader& hook) { read_webhook(hook, into.webhook.emplace()); });
    of.table("mail", {.meaning = "Mailboxes that get each alarm."},
             [&](table_reader& mail) { read_mail(mail, into.mail.emplace()); });
}

void read_metrics(table_reader& of, metrics_settings& into) {
    of.number("port", into.port, {1, highest_port},
              {.meaning = "of 127.0.0.1, for GET /metrics", .example = "9464", .otherwise = "not served without it"});
    of.path("file", into.file,
            {.meaning = "for the node exporter's textfile collector; everybody may read it, for it holds no personal data",
             .example = "metrics/brygga.prom",
             .otherwise = "no file without it"});
}

void read_books(table_reader& of, settings& into) {
    of.choice<run_mode>(
        "mode", into.mode, {{"production", run_mode::production}, {"test", run_mode::test}},
        {.meaning = "whether a file that is marked as a test is refused or expected", .required = true, .example = "production"});
    of.path("store", into.store, {.meaning = "the ledger, one file", .required = true, .example = "brygga.db"});
    of.path(
        "originals", into.originals,
        {.meaning = "folder that keeps every file that came or went, byte for byte", .required = true, .example = "originals"});
    of.path("layouts", into.layouts,
            {.meaning = "folder whose files *.layout describe more formats",
             .example = "layouts",
             .otherwise = "those of --layouts, or of a folder layouts where the program starts, without it"});
}

// BILL-R03: a company that waits for one that is not there, or for itself, would wait for ever.
void check_order_of_companies(table_reader& of, const settings& all) {
    for (const tenant& each : all.tenants) {
        if (!each.invoices) continue;
        for (const std::string& before : each.invoices->after)
            if (before == each.id || all.find_tenant(before) == nullptr)
                of.fault_at(of.line(), fmt::format("after in [tenant.invoices] of {} names {}, which is no other [[tenant]]",
                                                   each.id, before));
    }
}

}  // namespace

settings detail::read_settings(const toml::table& root, reading& from) {
    settings out;
    seen unique;
    table_reader::read_root(root, from, [&](table_reader& of) {
        read_books(of, out);
        of.table("encryption", {.meaning = "The originals are kept encrypted; without this table they are kept plain."},
                 [&](table_reader& keys) { detail::read_encryption(keys, out.original_keys.emplace()); });
        of.table("retention",
                 {.meaning = "What is removed once it is done with, and when; without this table nothing ever is. What waits for "
                             "anybody is never removed."},
                 [&](table_reader& times) { detail::read_retention(times, out.mode, out.retention); });
        of.table("log", {.meaning = "The log of the program; no personal data ever stands in it."},
                 [&](table_reader& log) { read_log(log, out.log); });
        of.table("intake", {.meaning = "Files that arrive in the inboxes."},
                 [&](table_reader& times) { read_times(times, out); });
        of.table("alarm", {.meaning = "What brygga run does with what somebody should be told of at once."},
                 [&](table_reader& alarms) { read_alarms(alarms, out.alarms); });
        of.table("metrics", {.meaning = "What brygga run tells Prometheus."},
                 [&](table_reader& metrics) { read_metrics(metrics, out.metrics); });
        of.tables("tenant",
                  {.meaning = "A company with its own folders and its own books; as many of these as there are companies.",
                   .required = true,
                   .missing = "is missing: at least one [[tenant]] is needed"},
                  [&](table_reader& tenant) { out.tenants.push_back(read_tenant(tenant, unique, out.mode)); });
        check_order_of_companies(of, out);
    });
    return out;
}

bool route::takes(std::string_view format) const noexcept {
    return std::find(from.begin(), from.end(), format) != from.end();
}

const tenant_profile* tenant::profile_for(std::string_view format) const noexcept {
    for (const tenant_profile& each : profiles)
        if (each.formats.empty() || std::find(each.formats.begin(), each.formats.end(), format) != each.formats.end())
            return &each;
    return nullptr;
}

const partners::send_rule* file_channel::rule_of(const tenant& who) const noexcept {
    for (const partners::partner& to : who.partners)
        for (const partners::send_rule& rule : to.sends)
            if (to.id == partner && rule.folder == folder) return &rule;
    return nullptr;
}

payouts::payout_terms payout_settings::terms(date today) const {
    payouts::payout_terms out;
    out.today = today;
    if (to_accounts == ledger::payout_route::supplier_payment ? lb.has_value() : credit_transfer.has_value())
        out.to_accounts = to_accounts;
    out.by_civic_number = sus.has_value();
    out.direct_debit_up_to_ore = direct_debit_up_to_ore;
    out.two_persons_above_ore = two_persons_above_ore;
    out.changed_account_days = changed_account_days;
    out.advance_max_days = advance_max_days;
    out.collecting = collecting;
    return out;
}

const tenant* settings::find_tenant(std::string_view id) const noexcept {
    for (const tenant& each : tenants)
        if (each.id == id) return &each;
    return nullptr;
}

result<settings> parse(std::string_view text, const std::filesystem::path& base, std::string_view name) {
    reading of{base, {}};
    // toml++ reports syntax by exception; it ends here.
    try {
        const toml::table root = toml::parse(text);
        settings out = detail::read_settings(root, of);
        if (of.faults.empty()) return out;
    } catch (const toml::parse_error& bad) {
        of.faults.add(bad.source().begin.line, std::string(bad.description()));
    }
    return fail(error_code::invalid_config, of.faults.text(name));
}

result<settings> load(const std::filesystem::path& path) {
    const auto text = filedrop::read_all(filedrop::posix_file_system(), path, max_config_bytes);
    if (!text) return fail(text.error().code, fmt::format("{}: {}", path.string(), text.error().text));
    std::error_code failed;
    const std::filesystem::path whole = std::filesystem::absolute(path, failed);
    return parse(*text, (failed ? path : whole).parent_path(), path.filename().string());
}

std::filesystem::path layouts_in(const std::filesystem::path& path) {
    const auto text = filedrop::read_all(filedrop::posix_file_system(), path, max_config_bytes);
    if (!text) return {};
    try {
        const toml::table root = toml::parse(*text);
        const auto folder = root["layouts"].value<std::string>();
        std::error_code failed;
        const std::filesystem::path whole = std::filesystem::absolute(path, failed);
        return folder ? ((failed ? path : whole).parent_path() / *folder).lexically_normal() : std::filesystem::path();
    } catch (const toml::parse_error&) {
        return {};  // whoever reads the whole of it tells what is wrong
    }
}

namespace {

// For their owner alone; one that is there keeps the mode that it has, and whoever writes into it looks at that.
result<void> make_protected_folders(const settings& with, filedrop::file_system& files) {
    for (const tenant& each : with.tenants) {
        if (!each.protected_persons || each.protected_persons->folder.empty()) continue;
        const std::filesystem::path& folder = each.protected_persons->folder;
        const auto there = filedrop::exists(files, folder);
        if (!there) return tl::unexpected(there.error());
        if (*there) continue;
        if (auto made = files.make_folder(folder); !made)
            return fail(made.error().code, fmt::format("{}: {}", folder.string(), made.error().text));
        std::error_code failed;
        std::filesystem::permissions(folder, std::filesystem::perms::owner_all, failed);
        if (failed) return fail(error_code::io, fmt::format("{}: {}", folder.string(), failed.message()));
    }
    return {};
}

}  // namespace

result<void> init_folders(const settings& with, filedrop::file_system& files) {
    std::vector<std::filesystem::path> folders = {with.originals};
    for (const std::filesystem::path& file : {with.store, with.metrics.file})
        if (file.has_parent_path()) folders.push_back(file.parent_path());
    for (const tenant& each : with.tenants) {
        for (const auto& folder : {each.inbox(), each.work(), each.archive(), each.held(), each.rejected()})
            folders.push_back(folder);
        for (const route& way : each.routes)
            folders.push_back(way.staging());
        for (const partners::partner& one : each.partners)
            if (!one.fetches.empty()) folders.push_back(each.fetching(one));
        for (const partners::partner& partner : each.partners)
            for (const partners::send_rule& rule : partner.sends)
                for (const auto& folder : {rule.outbox, rule.work(), rule.rejected()})
                    folders.push_back(folder);
    }
    for (const std::filesystem::path& folder : folders)
        if (auto made = files.make_folder(folder); !made)
            return fail(made.error().code, fmt::format("{}: {}", folder.string(), made.error().text));
    return make_protected_folders(with, files);
}

}  // namespace brygga::config
