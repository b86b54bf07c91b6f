// brygga layout FORMAT | check | doc | infer
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "formats/bankgirot/seal/layout.hpp"
#include "formats/core/byte_source.hpp"
#include "formats/layout/describe.hpp"
#include "formats/layout/infer/infer.hpp"
#include "formats/layout/language/documentation.hpp"
#include "tools/brygga/input.hpp"
#include "tools/brygga/layout_files.hpp"
#include "tools/brygga/session.hpp"

namespace brygga::command {

namespace {

using layout::language::layout_fault;

// The seal stands around files of other formats and is none itself, but it has records as they do.
constexpr std::string_view seal_id = "seal";

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
    bool html = false;
};

exit_code complain_of(const std::vector<layout_fault>& faults) {
    for (const layout_fault& each : faults)
        complain(each);
    return exit_code::found;
}

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
            outcome = worse(outcome, complain_of(read->error()));
        }
    }
    return outcome;
}

exit_code document_layout(session& with, const layout_options& options) {
    using layout::language::page;
    const auto read = read_layout(options.files.front());
    if (!read) return complain(read.error());
    if (!*read) return complain_of(read->error());
    with.out.write(layout::language::documentation(**read, options.html ? page::html : page::markdown));
    return exit_code::clean;
}

exit_code propose_layout(session& with, const layout_options& options) {
    std::vector<byte_source> sources;
    std::vector<layout::infer::sample> samples;
    for (const std::string& each : options.files) {
        auto source = open_input(each);
        if (!source) return complain(source.error());
        samples.push_back({each, source->bytes()});
        sources.push_back(std::move(*source));
    }
    const auto proposed = layout::infer::infer_layout(samples);
    if (!proposed) return complain(proposed.error());
    with.out.write(*proposed);
    return exit_code::clean;
}

using layout_action = exit_code (*)(session&, const layout_options&);

void on_layout_files(CLI::App& command, session& with, const std::shared_ptr<layout_options>& options, layout_action action) {
    command.callback([&with, options, action] {
        with.describes_layouts = true;
        with.chosen = [&with, options, action] { return action(with, *options); };
    });
}

void add_check(CLI::App& layout, session& with, const std::shared_ptr<layout_options>& options) {
    CLI::App* const check = add_command(layout, "check", "Tell what is wrong with layout files, all of it", "Formats",
                                        "  brygga layout check layouts/*.layout\n"
                                        "\n"
                                        "Exit status: 0 nothing, 1 something, 2 a file could not be read.");
    check->add_option("files", options->files, "Layout files")->required()->type_name("FILE");
    on_layout_files(*check, with, options, check_layouts);
}

void add_doc(CLI::App& layout, session& with, const std::shared_ptr<layout_options>& options) {
    CLI::App* const doc =
        add_command(layout, "doc", "Print the documentation of a layout file: Markdown, or one page of HTML", "Formats",
                    "  brygga layout doc layouts/parking.layout > parking.md\n"
                    "  brygga layout doc --html layouts/parking.layout > parking.html\n"
                    "\n"
                    "Exit status: 0 printed, 1 the layout has faults, 2 a file could not be read.");
    doc->add_option("file", options->files, "Layout file")->required()->expected(1)->type_name("FILE");
    doc->add_flag("--html", options->html, "One page of HTML that needs nothing else");
    on_layout_files(*doc, with, options, document_layout);
}

void add_infer(CLI::App& layout, session& with, const std::shared_ptr<layout_options>& options) {
    CLI::App* const infer =
        add_command(layout, "infer", "Propose a first layout from sample files of one format", "Formats",
                    "  brygga layout infer march.txt april.txt may.txt > layouts/parking.layout\n"
                    "\n"
                    "The more samples the better. Comments in the layout say what each guess rests on. Of the samples'\n"
                    "values there are codes in it, short constants, and the headings of columns; nothing else.\n"
                    "Exit status: 0 printed, 2 a file could not be read, or is none that has records in lines.");
    infer->add_option("files", options->files, "Sample files of one format")->required()->type_name("FILE");
    on_layout_files(*infer, with, options, propose_layout);
}

}  // namespace

void add_layout_commands(CLI::App& app, session& with) {
    CLI::App* const layout =
        add_command(app, "layout", "Print the records or elements of a format: where they stand, and what they hold", "Formats",
                    "  brygga layout bgmax\n"
                    "  brygga layout camt.054\n"
                    "  brygga layout check parking.layout\n"
                    "  brygga layout doc parking.layout\n"
                    "  brygga layout infer march.txt april.txt");
    layout->require_subcommand(0, 1);
    const auto options = std::make_shared<layout_options>();
    layout->add_option("format", options->format, "Format id, as 'brygga formats' lists it, or seal")->type_name("FORMAT");
    add_check(*layout, with, options);
    add_doc(*layout, with, options);
    add_infer(*layout, with, options);
    layout->callback([&with, options, layout] {
        if (!layout->get_subcommands().empty()) return;
        if (options->format.empty()) throw CLI::RequiredError("FORMAT");
        with.chosen = [&with, options] { return print_layout(with, options->format); };
    });
}

}  // namespace brygga::command
