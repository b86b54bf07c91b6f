// brygga config check, config doc
#include <memory>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <unistd.h>

#include "connectors/config/documentation.hpp"
#include "connectors/encryption/key_mark.hpp"
#include "connectors/filedrop/file_system.hpp"
#include "connectors/intake/swedish_day.hpp"
#include "formats/inspection/printable.hpp"
#include "tools/brygga/books.hpp"
#include "tools/brygga/terminal.hpp"

namespace brygga::command {

namespace {

using inspection::printable;
using timing::moment;

// What the configuration names is there and can be worked with.
class inspection_of_config {
 public:
    inspection_of_config(session& with, const config::settings& what) : with_(with), what_(what) {}

    exit_code run() {
        with_.out.write(fmt::format("ledger {}\n", printable(what_.store.string())));
        readable("ledger", what_.store, "brygga init makes it");
        folder("originals", what_.originals);
        if (what_.original_keys) keys(*what_.original_keys);
        for (const config::tenant& each : what_.tenants)
            tenant(each);
        with_.out.write(faults_ == 0 ? "all that is named is there\n" : fmt::format("{}\n", counted(faults_, "fault")));
        return faults_ == 0 ? exit_code::clean : exit_code::found;
    }

 private:
    void keys(const encryption::key_settings& named) {
        filedrop::file_system& files = filedrop::posix_file_system();
        with_.out.write(fmt::format("originals are encrypted with the key {}\n", named.current));
        for (const encryption::key_source& each : named.keys) {
            const auto key = encryption::read_key(each, files);
            if (!key) {
                fault(printable(key.error().text));
                continue;
            }
            if (const auto checked = encryption::check_key_mark(files, what_.originals, *key); !checked)
                fault(printable(checked.error().text));
        }
    }

    void tenant(const config::tenant& who) {
        with_.out.write(fmt::format("{}  {}\n", who.id, printable(who.name)));
        for (const auto& each : {who.inbox(), who.work(), who.archive(), who.held(), who.rejected()})
            folder("folder", each);
        for (const config::route& each : who.routes) {
            with_.out.write(fmt::format("  hands on {} as {}\n", fmt::join(each.from, ", "), each.to));
            folder("folder of the route", each.folder);
            folder("folder of the route", each.staging());
        }
        for (const sealing::key_settings& each : who.seal_keys)
            seal_key(each);
        for (const config::expectation& each : who.expects)
            with_.out.write(fmt::format("  expects {}, next by {}\n", each.format, next(each.by)));
        for (const partners::partner& each : who.partners)
            partner(each);
    }

    void seal_key(const sealing::key_settings& named) {
        with_.out.write(fmt::format("  seal key of {}, KVV {}\n", printable(named.customer), named.kvv.text()));
        const auto key = sealing::read_key(named, what_.published_seal_key(), filedrop::posix_file_system());
        if (!key) fault(printable(key.error().text));
    }

    void partner(const partners::partner& with) {
        with_.out.write(fmt::format("  partner {}\n", with.id));
        for (const partners::fetch_rule& each : with.fetches)
            with_.out.write(fmt::format("    fetches from {}, next {}\n",
                                        each.folder.empty() ? "where the login leads" : printable(each.folder),
                                        each.when ? next(*each.when) : "within five minutes"));
        for (const partners::send_rule& each : with.sends) {
            with_.out.write(fmt::format("    sends to {}, next {}\n",
                                        each.folder.empty() ? "where the login leads" : printable(each.folder),
                                        each.when ? next(*each.when) : "at once"));
            if (!each.seal.empty()) with_.out.write(fmt::format("      sealed with the key of {}\n", printable(each.seal)));
            folder("outbox", each.outbox);
        }
        for (const std::string& each : partners::missing_secrets(with))
            fault(fmt::format("partner {}: {}", with.id, each));
    }

    std::string next(const timing::schedule& when) {
        const auto at = when.next_after(moment(std::chrono::milliseconds(with_.time().now())));
        if (at) return intake::utc_text(at->time_since_epoch().count());
        fault(fmt::format("a schedule never comes: {}", at.error().text));
        return "never";
    }

    void folder(std::string_view what, const std::filesystem::path& path) {
        const auto facts = filedrop::posix_file_system().facts(path);
        if (!facts)
            fault(fmt::format("{} {}: {}; brygga init makes it", what, printable(path.string()), facts.error().text));
        else if (facts->kind != filedrop::file_kind::folder && facts->kind != filedrop::file_kind::link)
            fault(fmt::format("{} {} is no folder", what, printable(path.string())));
        else if (::access(path.c_str(), R_OK | W_OK | X_OK) != 0)
            fault(fmt::format("{} {}: may not be written", what, printable(path.string())));
    }

    void readable(std::string_view what, const std::filesystem::path& path, std::string_view help) {
        if (::access(path.c_str(), R_OK | W_OK) != 0)
            fault(fmt::format("{} {}: is not there or may not be written; {}", what, printable(path.string()), help));
    }

    void fault(const std::string& text) {
        ++faults_;
        with_.out.write(fmt::format("fault: {}\n", text));
    }

    session& with_;
    const config::settings& what_;
    std::uint64_t faults_ = 0;
};

exit_code check(session& with, const books_options& where) {
    const auto config = config::load(where.config);
    if (!config) return complain(config.error());
    return inspection_of_config(with, *config).run();
}

constexpr std::string_view preamble =
    "# A configuration of Brygga (TOML): every setting, with its default or an example as the value.\n"
    "# What stands without # is needed. Take # away to use a table or a setting; ## stands before what excludes something above "
    "it.\n"
    "# Relative paths start at the folder of this file. brygga config check tells all that is wrong with it.\n"
    "\n";

// `wanted`: tenant.partner, also with its brackets; empty for all. Tables below it belong to it.
exit_code document(session& with, std::string wanted) {
    const std::vector<config::documented_table> all = config::documentation();
    std::erase_if(wanted, [](char c) { return c == '[' || c == ']'; });
    if (wanted.empty()) {
        with.out.write(fmt::format("{}{}", preamble, config::text_of(all)));
        return exit_code::clean;
    }
    std::vector<config::documented_table> chosen;
    std::vector<std::string_view> names;
    for (const config::documented_table& each : all) {
        if (!each.name.empty()) names.push_back(each.name);
        if (each.name == wanted || each.name.starts_with(wanted + '.')) chosen.push_back(each);
    }
    if (chosen.empty()) return complain(fmt::format("no table is called '{}'; there is {}", wanted, fmt::join(names, ", ")));
    with.out.write(config::text_of(chosen));
    return exit_code::clean;
}

}  // namespace

void add_config_commands(CLI::App& app, session& with) {
    CLI::App* const command =
        add_command(app, "config", "Look at a configuration, or print all that may stand in one", "Operation",
                    "  brygga config doc > brygga.toml\n"
                    "  brygga config check --config brygga.toml");
    command->require_subcommand(1);
    CLI::App* const check_command = add_command(
        *command, "check", "Tell all that is wrong with a configuration, and when things happen next", "",
        "  brygga config check --config brygga.toml\n"
        "\n"
        "Reads the file (every fault with its line), then looks whether folders, ledger, keys and secrets are there. Nothing is\n"
        "changed, and no partner is called.\n"
        "Exit status: 0 nothing is wrong, 1 something that is named is missing, 2 the file itself has faults.");
    const auto where = std::make_shared<books_options>();
    where->add_config(*check_command);
    check_command->callback([&with, where] { with.chosen = [&with, where] { return check(with, *where); }; });

    CLI::App* const doc_command = add_command(
        *command, "doc", "Print every setting with its meaning, type, bounds and default, as a configuration to begin with", "",
        "  brygga config doc > brygga.toml\n"
        "  brygga config doc tenant.partner\n"
        "\n"
        "What a configuration needs stands in it as it is, all else as comments that can be taken into use line by line.");
    const auto table = std::make_shared<std::string>();
    doc_command->add_option("TABLE", *table, "only this table and those below it, such as tenant.partner");
    doc_command->callback([&with, table] { with.chosen = [&with, table] { return document(with, *table); }; });
}

}  // namespace brygga::command
