#include "tools/brygga/books.hpp"

#include <algorithm>
#include <csignal>
#include <filesystem>
#include <thread>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "connectors/dispatch/steps.hpp"
#include "connectors/intake/original_encryption.hpp"
#include "connectors/intake/swedish_day.hpp"
#include "connectors/retention/retention.hpp"
#include "connectors/transfer/deliver.hpp"
#include "connectors/transfer/fetch.hpp"
#include "formats/core/money.hpp"
#include "formats/inspection/printable.hpp"
#include "formats/registry.hpp"
#include "tools/brygga/input.hpp"

namespace brygga::command {

void books_options::add_config(CLI::App& command) {
    command.add_option("--config", config, "Configuration file (TOML)")->required()->envname("BRYGGA_CONFIG")->type_name("FILE");
}

void books_options::add_tenant(CLI::App& command) {
    command.add_option("--tenant", tenant, "Company, by its id in the configuration; needed when there are several")
        ->type_name("ID");
}

void books_options::add_die_at(CLI::App& command) {
    command.add_option("--die-at", die_at)->group("");
}

result<books> open_books(const books_options& options, session& with, ledger_file file) {
    auto config = config::load(options.config);
    if (!config) return tl::unexpected(config.error());
    std::error_code unreadable;
    if (file == ledger_file::must_exist && !std::filesystem::exists(config->store, unreadable) && !unreadable)
        return fail(error_code::not_found,
                    fmt::format("there is no ledger at {}; brygga init makes it", inspection::printable(config->store.string())));
    auto store = ledger::open_sqlite_store(config->store.string(), with.time());
    if (!store) return tl::unexpected(store.error());
    return books{std::move(*config), std::move(*store)};
}

void warn_of_head(const books& in) {
    if (const auto why = in.store->head_failure()) complain(fmt::format("warning: {}", why->text));
}

CLI::Validator says_something() {
    return CLI::Validator(
        [](const std::string& text) {
            return text.find_first_not_of(" \t") == std::string::npos ? std::string("must not be blank") : std::string();
        },
        "");
}

CLI::Validator says_why() {
    return CLI::Validator(
        [blank = says_something()](const std::string& text) {
            const std::string_view word = ledger::sensitive_word(text);
            if (!word.empty())
                return fmt::format("says '{}': write what was decided, nothing of health or social matters (BILL-R21)", word);
            std::string checked = text;
            return blank(checked);
        },
        "");
}

void add_person(CLI::App& command, std::string& actor, std::string& reason, const std::string& why) {
    command.add_option("--actor", actor, "Who says so; kept in the ledger, never logged")
        ->required()
        ->check(says_something())
        ->type_name("A");
    command.add_option("--reason", reason, why + "; kept in the ledger, never logged")
        ->required()
        ->check(says_why())
        ->type_name("R");
}

result<const config::tenant*> chosen_tenant(const books& in, const books_options& options) {
    const auto all = chosen_tenants(in, options);
    if (!all) return tl::unexpected(all.error());
    if (all->size() == 1) return all->front();
    std::vector<std::string_view> ids;
    for (const config::tenant& each : in.with.tenants)
        ids.push_back(each.id);
    return fail(error_code::invalid_argument, fmt::format("name a company with --tenant: {}", fmt::join(ids, ", ")));
}

result<std::vector<const config::tenant*>> chosen_tenants(const books& in, const books_options& options) {
    std::vector<const config::tenant*> out;
    for (const config::tenant& each : in.with.tenants)
        if (options.tenant.empty() || options.tenant == each.id) out.push_back(&each);
    if (out.empty()) return fail(error_code::not_found, fmt::format("{} has no tenant '{}'", options.config, options.tenant));
    return out;
}

namespace {

bool is_step(std::string_view name) {
    const auto in = [name](const auto& steps) { return std::find(steps.begin(), steps.end(), name) != steps.end(); };
    return in(intake::intake_steps) || in(intake::decision_steps) || in(intake::route_steps) || in(intake::encryption_steps) ||
           in(retention::retention_steps) || in(transfer::fetch_steps) || in(dispatch::dispatch_steps) ||
           in(dispatch::made_steps) || in(transfer::delivery_steps);
}

}  // namespace

result<intake::options> intake_options(const books_options& options, session& with, logging::event_log* log) {
    intake::options out;
    out.sniff = [](std::string_view head) {
        const format* const found = sniff_anywhere(head);
        return found == nullptr ? std::string() : std::string(found->id());
    };
    out.time = &with.time();
    out.log = log;
    // A set clock moves only while the intake waits; nobody has to wait for it.
    if (with.set_time) out.sleep = [&with](std::chrono::milliseconds wait) { with.set_time->advance(wait.count()); };
    if (options.die_at.empty()) return out;
    if (!is_step(options.die_at)) return fail(error_code::invalid_argument, fmt::format("there is no step '{}'", options.die_at));
    out.at_step = [step = options.die_at](std::string_view passed) {
        if (passed == step) std::raise(SIGKILL);
    };
    return out;
}

result<void> check_seal_keys(const config::settings& with) {
    for (const config::tenant& who : with.tenants)
        if (const auto keys = sealing::read_keys(who.seal_keys, with.published_seal_key(), filedrop::posix_file_system()); !keys)
            return fail(keys.error().code, fmt::format("seal key of {}: {}", who.id, keys.error().text));
    return {};
}

result<std::unique_ptr<office>> open_office(const books_options& options, session& with) {
    auto in = open_books(options, with);
    if (!in) return tl::unexpected(in.error());
    if (const auto sound = check_seal_keys(in->with); !sound) return tl::unexpected(sound.error());
    auto log = logging::event_log::open(in->with.log);
    if (!log) return tl::unexpected(log.error());
    auto made = std::make_unique<office>(office{std::move(*in), std::move(*log), {}});
    auto how = intake_options(options, with, &made->log);
    if (!how) return tl::unexpected(how.error());
    made->how = std::move(*how);
    return made;
}

std::string decision_text(const ledger::held_item& hold) {
    if (!hold.verdict) return "waits for a decision";
    return fmt::format("{} by {} at {}: {}", *hold.verdict == ledger::hold_verdict::released ? "released" : "refused",
                       inspection::printable(hold.actor), intake::utc_text(hold.decided_at), inspection::printable(hold.reason));
}

std::string amount_text(std::int64_t amount_ore, std::string_view currency) {
    return fmt::format("{} {}", format_decimal_amount(amount_ore), currency);
}

std::string amount_text(ore_sum amount_ore, std::string_view currency) {
    return fmt::format("{} {}", format_decimal_amount(amount_ore), currency);
}

}  // namespace brygga::command
