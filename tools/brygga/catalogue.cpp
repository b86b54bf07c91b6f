// brygga formats, brygga rules FORMAT, brygga layout FORMAT | check | doc
#include <algorithm>

#include <fmt/format.h>

#include "formats/bankgirot/seal/layout.hpp"
#include "formats/bankgirot/seal/rules.hpp"
#include "formats/inspection/printable.hpp"
#include "formats/layout/describe.hpp"
#include "formats/registry.hpp"
#include "tools/brygga/input.hpp"
#include "tools/brygga/layout_files.hpp"
#include "tools/brygga/session.hpp"

namespace brygga::command {

namespace {

exit_code list_formats(session& with) {
    std::size_t widest = 0;
    for (const format* each : formats())
        widest = std::max(widest, each->id().size());
    for (const format* each : formats())
        with.out.write(fmt::format("{:<{}}  {:<7}  {}\n", each->id(), widest, name(each->flows()), each->title()));
    return exit_code::clean;
}

// The seal stands around files of other formats and is none itself, but it has rules and records as they do.
constexpr std::string_view seal_id = "seal";

result<std::span<const rule_info>> rules_of(const std::string& id) {
    if (id == seal_id) return seal::rules();
    const auto which = named_format(id);
    if (!which) return tl::unexpected(which.error());
    return (*which)->rules();
}

exit_code list_rules(session& with, const std::string& id, bool with_help) {
    const auto all = rules_of(id);
    if (!all) return complain(all.error());
    std::size_t widest_id = 0;
    std::size_t widest_severity = 0;
    for (const rule_info& each : *all) {
        widest_id = std::max(widest_id, each.id.size());
        widest_severity = std::max(widest_severity, each.severities.size());
    }
    for (const rule_info& each : *all) {
        with.out.write(fmt::format("{:<{}}  {:<{}}  {}\n", each.id, widest_id, each.severities, widest_severity, each.title));
        if (with_help) with.out.write(fmt::format("{:<{}}  {}\n", "", widest_id + widest_severity + 2, each.help));
    }
    return exit_code::clean;
}

// The documentation table: what the reader and the writer go by.
exit_code print_layout(session& with, const std::string& id) {
    const auto print = [&with](std::string_view text) { with.out.write(text); };
    if (id == seal_id) {
        layout::describe(seal::layouts::document(), print);
        return exit_code::clean;
    }
    const auto which = named_format(id);
    if (!which) return complain(which.error());
    (*which)->describe(print);
    return exit_code::clean;
}

struct layout_options {
    std::string format;
    std::vector<std::string> files;
};

exit_code check_layouts(session& with, const layout_options& options) {
    exit_code outcome = exit_code::clean;
    for (const std::string& each : options.files) {
        const auto read = read_layout(each);
        if (!read) {
            outcome = worse(outcome, complain(read.error()));
        } else if (*read) {
            const layout::language::description& what = **read;
            with.out.write(fmt::format("{}: {}{}{}, {}, {}, {}\n", each, what.id, what.version.empty() ? "" : " ", what.version,
                                       counted(what.records.size(), "record"), counted(what.totals.size(), "total"),
                                       counted(what.rules.size(), "rule")));
        } else {
            for (const layout::language::layout_fault& fault : read->error())
                complain(fault);
            outcome = worse(outcome, exit_code::found);
        }
    }
    return outcome;
}

void add_layout_command(CLI::App& app, session& with) {
    CLI::App* const layout =
        add_command(app, "layout", "Print the records or elements of a format: where they stand, and what they hold", "Formats",
                    "  brygga layout bgmax\n"
                    "  brygga layout camt.054\n"
                    "  brygga layout check parking.layout");
    layout->require_subcommand(0, 1);
    const auto options = std::make_shared<layout_options>();
    layout->add_option("format", options->format, "Format id, as 'brygga formats' lists it, or seal")->type_name("FORMAT");
    CLI::App* const check = add_command(*layout, "check", "Tell what is wrong with layout files, all of it", "Formats",
                                        "  brygga layout check layouts/*.layout\n"
                                        "\n"
                                        "Exit status: 0 nothing, 1 something, 2 a file could not be read.");
    check->add_option("files", options->files, "Layout files")->required()->type_name("FILE");
    check->callback([&with, options] {
        with.describes_layouts = true;
        with.chosen = [&with, options] { return check_layouts(with, *options); };
    });
    layout->callback([&with, options, layout] {
        if (!layout->get_subcommands().empty()) return;
        if (options->format.empty()) throw CLI::RequiredError("FORMAT");
        with.chosen = [&with, options] { return print_layout(with, options->format); };
    });
}

}  // namespace

void add_catalogue_commands(CLI::App& app, session& with) {
    CLI::App* const list =
        add_command(app, "formats", "List the formats: id, direction seen from us, title", "Formats", "  brygga formats");
    list->callback([&with] { with.chosen = [&with] { return list_formats(with); }; });

    CLI::App* const rules = add_command(app, "rules", "List the rules of a format: id, severity, what is tested", "Formats",
                                        "  brygga rules bgmax\n"
                                        "  brygga rules seal                    the seal of Bankgirot, which is no format\n"
                                        "  brygga rules --help-texts bgmax      and what to do about each finding");
    const auto id = std::make_shared<std::string>();
    const auto with_help = std::make_shared<bool>(false);
    rules->add_option("format", *id, "Format id, as 'brygga formats' lists it, or seal")->required()->type_name("FORMAT");
    rules->add_flag("--help-texts", *with_help, "Say below each rule what to do about its findings");
    rules->callback(
        [&with, id, with_help] { with.chosen = [&with, id, with_help] { return list_rules(with, *id, *with_help); }; });

    add_layout_command(app, with);
}

}  // namespace brygga::command
