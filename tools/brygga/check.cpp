// brygga check FILE...
#include <algorithm>
#include <functional>
#include <map>
#include <memory>

#include <fmt/format.h>

#include "formats/archive/zip.hpp"
#include "formats/inspection/printable.hpp"
#include "formats/registry.hpp"
#include "tools/brygga/input.hpp"
#include "tools/brygga/report_json.hpp"
#include "tools/brygga/report_text.hpp"
#include "tools/brygga/session.hpp"

namespace brygga::command {

namespace {

struct check_options {
    std::vector<std::string> files;
    reading_options how;
    bool json = false;
    bool in_clear = false;
};

// Prints what is found in bytes of one format; `name` as the JSON has it, `shown_name` as the text has.
class checker {
 public:
    checker(session& with, const check_options& options) : with_(with), options_(options) {}

    exit_code check(std::string_view bytes, const std::string& name, const std::string& shown_name,
                    const std::function<void(read_settings&)>& prepare) {
        const auto which = choose_format(options_.how, bytes, shown_name);
        if (!which) return complain(which.error());
        const auto known = settings_for(**which);
        if (!known) return complain(known.error());
        read_settings settings = **known;
        prepare(settings);
        exit_code outcome = exit_code::clean;
        (*which)->check(bytes, settings, [&](const check_report& report) {
            if (report.findings->refused()) outcome = exit_code::found;
            with_.out.write(options_.json ? report_json(name, **which, settings.policy.profile.name, report, options_.in_clear)
                                          : report_text(shown_name, **which, report, options_.in_clear, colour_));
        });
        return outcome;
    }

    // Print batches are archives themselves.
    [[nodiscard]] bool is_file_of_a_format(std::string_view bytes) const {
        const auto all = formats();
        return std::any_of(all.begin(), all.end(), [&](const format* each) {
            return each->sniff(bytes.substr(0, sniffed_bytes)) &&
                   (options_.how.format.empty() || options_.how.format == each->id());
        });
    }

 private:
    result<const read_settings*> settings_for(const format& which) {
        const auto known = settings_.find(&which);
        if (known != settings_.end()) return &known->second;
        auto made = settings_of(options_.how, which, with_);
        if (!made) return tl::unexpected(std::move(made.error()));
        return &settings_.emplace(&which, std::move(*made)).first->second;
    }

    session& with_;
    const check_options& options_;
    std::map<const format*, read_settings> settings_;
    bool colour_ = colours_wanted();
};

// Each member is checked as a file. One that cannot be read does not stop the others.
exit_code check_archive(checker& each, byte_source& source, const std::string& name, const std::string& shown_name) {
    exit_code outcome = exit_code::clean;
    progress shown(shown_name, source.bytes().size());
    const auto check = [&](const archive::zip_member& member) -> result<void> {
        const std::string inner = fmt::format("/{}", inspection::printable(member.name));
        outcome = worse(outcome, each.check(member.bytes, name + inner, shown_name + inner, [](read_settings&) {}));
        shown.at(member.position);
        return {};
    };
    const auto read = archive::read_zip(source.bytes(), {}, check, [&](std::uint64_t offset) { source.release_before(offset); });
    if (read) return outcome;
    return worse(outcome, complain(fmt::format("{}: {}", shown_name, read.error().text)));
}

exit_code check_file(checker& each, const std::string& name) {
    auto source = open_input(name);
    if (!source) return complain(source.error());
    const std::string shown_name = name == standard_input_name ? "standard input" : name;
    if (archive::is_zip(source->bytes()) && !each.is_file_of_a_format(source->bytes()))
        return check_archive(each, *source, name, shown_name);
    progress shown(shown_name, source->bytes().size());
    return each.check(source->bytes(), name, shown_name, [&](read_settings& settings) { follow(settings, *source, shown); });
}

// A file that cannot be read does not stop the others.
exit_code check_files(session& with, const check_options& options) {
    exit_code outcome = exit_code::clean;
    checker each(with, options);
    for (const std::string& name : options.files)
        outcome = worse(outcome, check_file(each, name));
    return outcome;
}

}  // namespace

void add_check_command(CLI::App& app, session& with) {
    CLI::App* const check =
        add_command(app, "check", "Check files against every rule of their format and print what is found", "Files",
                    "  brygga check in.txt\n"
                    "  brygga check --json archive/*.txt | jq .findings\n"
                    "  zcat in.txt.gz | brygga check --rules BGMAX-R32,BGMAX-R37 -\n"
                    "  brygga check invoices.zip     each file in it\n"
                    "\n"
                    "Exit status: 0 nothing of level error, 1 findings of level error, 2 a file could not be read.\n"
                    "Severities: info, warning, hold (a payment or section waits for a person),\n"
                    "error (the file is refused).");
    const auto options = std::make_shared<check_options>();
    check->add_option("file", options->files, "Files to check; - is standard input")->required()->type_name("FILE");
    options->how.add_format(*check);
    options->how.add_profile(*check);
    options->how.add_profile_config(*check);
    options->how.add_encoding(*check);
    check->add_option("--rules", options->how.rules, "Evaluate only these rules")
        ->delimiter(',')
        ->allow_extra_args(false)
        ->type_name("ID,ID");
    check->add_flag("--test-system", options->how.test_system,
                    "Check as a test system does: test files are welcome, others warn");
    check->add_flag("--json", options->json, "Print one JSON object per logical file, one per line");
    check->add_flag("--show-personal", options->in_clear, "Print names, accounts and other personal data of findings in clear");
    check->callback([&with, options] { with.chosen = [&with, options] { return check_files(with, *options); }; });
}

}  // namespace brygga::command
