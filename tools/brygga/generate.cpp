// brygga generate
#include <algorithm>
#include <memory>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "formats/core/check_digit.hpp"
#include "tools/brygga/input.hpp"
#include "tools/brygga/session.hpp"

namespace brygga::command {

namespace {

struct generate_options {
    std::string format;
    std::string day;
    generate_settings what;
};

// Nothing when the format can make the layout that is asked for.
std::string complaint_on_layout(const format& which, const std::string& layout) {
    const auto layouts = which.layouts();
    if (layout.empty() || std::find(layouts.begin(), layouts.end(), layout) != layouts.end()) return {};
    if (layouts.empty()) return fmt::format("{} has no layouts to choose from", which.id());
    return fmt::format("{} has no layout '{}'; there is {}", which.id(), layout, fmt::join(layouts, ", "));
}

exit_code generate_file(session& with, generate_options options) {
    const auto which = named_format(options.format);
    if (!which) return complain(which.error());
    if (const std::string wrong = complaint_on_layout(**which, options.what.layout); !wrong.empty()) return complain(wrong);
    if (!options.day.empty()) {
        const auto day = parse_iso_date(options.day);
        if (!day) return complain(fmt::format("--day takes a date such as 2026-03-02, not '{}'", options.day));
        options.what.day = *day;
    }
    const auto made = (*which)->generate(options.what, [&with](std::string_view bytes) { with.out.write(bytes); });
    return made ? exit_code::clean : complain(made.error());
}

// CLI11 would read -1 as the largest number there is.
std::string whole_number(const std::string& text) {
    return all_digits(text) ? std::string() : fmt::format("'{}' is no whole number", text);
}

}  // namespace

void add_generate_command(CLI::App& app, session& with) {
    CLI::App* const generate =
        add_command(app, "generate", "Make a test file: invented people, correct sums, and faults on request", "Files",
                    "  brygga generate --format bgmax > in.txt\n"
                    "  brygga generate --format bgmax --count 100000 --seed 7 --bad-percent 2 > large.txt\n"
                    "  brygga generate --format bgmax --fault BGMAX-R32 --fault BGMAX-R12 | brygga check -\n"
                    "  brygga generate --format autogiro --layout PAYSPEC_NEW --seed 7 > specification.txt\n"
                    "\n"
                    "The same options give the same bytes, on every machine.");
    const auto options = std::make_shared<generate_options>();
    generate->add_option("--format", options->format, "Format to make")->required()->type_name("FORMAT");
    generate->add_option("--seed", options->what.seed, "Number that decides names, amounts and references (default 1)")
        ->type_name("N")
        ->check(whole_number);
    generate->add_option("--count", options->what.count, "How many payments or other main items (default 10)")
        ->type_name("N")
        ->check(whole_number);
    generate
        ->add_option("--fault", options->what.faults, "Rule to break once; may be repeated ('brygga rules FORMAT' lists them)")
        ->type_name("ID")
        ->allow_extra_args(false);
    generate->add_option("--bad-percent", options->what.bad_percent, "Share of items with a finding, spread evenly (default 0)")
        ->type_name("N")
        ->check(whole_number);
    generate
        ->add_option(
            "--layout", options->what.layout,
            "Which file to make, of a format that has several: autogiro makes mandates, payments (default), changes, and "
            "Bankgirot's answers to them (PAYSPEC_NEW, MANDADV_NEW, ...), lb makes payments (default) and the reports on them "
            "(PAYMENT_SPECIFICATION, REJECTED, ...), about the same payers and payments for one seed and count")
        ->type_name("LAYOUT");
    generate->add_option("--day", options->day, "Date of the file (default: a fixed day of the format)")->type_name("YYYY-MM-DD");
    generate->add_option("--receiver", options->what.receivers, "Bankgiro number that is paid to; may be repeated")
        ->type_name("BANKGIRO")
        ->allow_extra_args(false);
    generate->add_flag("--test", options->what.test_file, "Mark the file as a test file");
    generate->callback([&with, options] { with.chosen = [&with, options] { return generate_file(with, *options); }; });
}

}  // namespace brygga::command
