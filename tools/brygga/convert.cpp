// brygga convert FILE --to FORMAT
#include <algorithm>
#include <memory>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "connectors/config/settings.hpp"
#include "formats/convert/conversions.hpp"
#include "formats/registry.hpp"
#include "tools/brygga/books.hpp"
#include "tools/brygga/input.hpp"

namespace brygga::command {

namespace {

struct convert_options {
    std::string file, to;
    books_options where;
    bool test_system = false;
};

// The numbers of the company, or of all companies, that the configuration names.
result<std::vector<convert::own_number>> receivers_of(const books_options& where) {
    std::vector<convert::own_number> out;
    if (where.config.empty()) return out;
    const auto config = config::load(where.config);
    if (!config) return tl::unexpected(config.error());
    if (!where.tenant.empty() && config->find_tenant(where.tenant) == nullptr)
        return fail(error_code::not_found, fmt::format("{} has no tenant '{}'", where.config, where.tenant));
    for (const config::tenant& who : config->tenants)
        if (where.tenant.empty() || who.id == where.tenant)
            for (const inbound::receiver& each : who.receivers)
                out.push_back({each.bankgiro, each.ocr});
    return out;
}

result<const convert::conversion*> choose(std::string_view bytes, const convert_options& options) {
    const std::string_view head = bytes.substr(0, sniffed_bytes);
    const format* const refusing = sniff_anywhere(bytes);  // it may also be the one that can say what is wrong
    std::string known;
    for (const convert::conversion& each : convert::conversions()) {
        if (each.to == options.to && each.begins(head)) return &each;
        if (each.to == options.to && refusing != nullptr &&
            std::find(each.from.begin(), each.from.end(), refusing->id()) != each.from.end())
            return &each;
        known += fmt::format("{}{} to {}", known.empty() ? "" : "; ", fmt::join(each.from, ", "), each.to);
    }
    return fail(error_code::invalid_content, fmt::format("nothing converts this file to '{}'; there is {}", options.to, known));
}

exit_code convert_file(session& with, const convert_options& options) {
    auto source = open_input(options.file);
    if (!source) return complain(source.error());
    const auto which = choose(source->bytes(), options);
    if (!which) return complain(which.error());
    auto receivers = receivers_of(options.where);
    if (!receivers) return complain(receivers.error());
    const convert::settings settings{
        {}, std::move(*receivers), options.test_system, [&](std::size_t offset) { source->release_before(offset); }, {}};
    const auto done = (*which)->run(source->bytes(), settings, [&with](std::string_view bytes) { with.out.write(bytes); });
    if (!done) return complain(done.error());
    with.out.flush();
    for (const convert::remark& each : done->notes)
        complain(each.text);
    if (done->notes.size() < done->notes_total) complain(fmt::format("and {} more", done->notes_total - done->notes.size()));
    if (done->notes_total == 0) return exit_code::clean;
    complain(done->summary);
    return exit_code::found;
}

}  // namespace

void add_convert_command(CLI::App& app, session& with) {
    CLI::App* const command = add_command(
        app, "convert", "Write the payments of a file in another format that can carry them", "Files",
        "  brygga convert camt.xml --to bgmax > bgmax.txt\n"
        "  brygga convert camt.xml --to bgmax --config brygga.toml --tenant energi > bgmax.txt\n"
        "  brygga convert bgmax.txt --to camt.054 > camt.xml             version 08\n"
        "  brygga convert bgmax.txt --to camt.054.001.02 > camt.xml\n"
        "\n"
        "What is left out and what the other format cannot hold is told on standard error, by entry and payment. With a\n"
        "configuration only payments to its bankgiros are converted, and references are judged by what is agreed for them.\n"
        "Exit status: 0 every payment was carried over with its references, texts and payer, 1 something was left out or cut,\n"
        "2 nothing can be converted. What the other format never has a place for is not told: ids of the message, sequence\n"
        "numbers, balances, a booking date beside the value date, the bank's and the payer's own references, agents, ultimate\n"
        "parties.");
    const auto options = std::make_shared<convert_options>();
    command->add_option("file", options->file, "File to convert; - is standard input")->required()->type_name("FILE");
    command->add_option("--to", options->to, "Format to write")->required()->type_name("FORMAT");
    command->add_option("--config", options->where.config, "Configuration that names our bankgiros")
        ->envname("BRYGGA_CONFIG")
        ->type_name("FILE");
    options->where.add_tenant(*command);
    command->add_flag("--test-system", options->test_system, "Mark the file as a test file");
    command->callback([&with, options] { with.chosen = [&with, options] { return convert_file(with, *options); }; });
}

}  // namespace brygga::command
