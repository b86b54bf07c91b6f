// brygga formats, brygga rules FORMAT
#include <algorithm>

#include <fmt/format.h>

#include "formats/bankgirot/seal/rules.hpp"
#include "formats/registry.hpp"
#include "tools/brygga/input.hpp"
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

// The seal stands around files of other formats and is none itself, but it has rules as they do.
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
}

}  // namespace brygga::command
