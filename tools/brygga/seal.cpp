// brygga seal FILE, brygga seal verify, brygga seal kvv
#include <memory>

#include <fmt/format.h>
#include <unistd.h>

#include "connectors/sealing/file.hpp"
#include "connectors/sealing/key.hpp"
#include "formats/bankgirot/seal/reader.hpp"
#include "formats/bankgirot/seal/writer.hpp"
#include "formats/inspection/printable.hpp"
#include "tools/brygga/input.hpp"
#include "tools/brygga/report_json.hpp"
#include "tools/brygga/session.hpp"

namespace brygga::command {

namespace {

using inspection::printable;

struct seal_options {
    std::vector<std::string> files;
    std::vector<std::string> key_files, key_variables;
    bool test_key = false;
    std::string kvv, output, day;
    std::int64_t max_age_days = seal::default_max_age_days;
    bool json = false;
};

// In the order of the command line, files first. The published test key is one of them when it is asked for, and refused under
// any other name.
result<std::vector<seal::key>> keys_of(const seal_options& options) {
    std::vector<secrets::secret_source> sources;
    for (const std::string& each : options.key_files)
        sources.push_back({each, {}, {}});
    for (const std::string& each : options.key_variables)
        sources.push_back({{}, each, {}});
    const auto published = options.test_key ? sealing::test_key::allowed : sealing::test_key::refused;
    std::vector<seal::key> out;
    for (const secrets::secret_source& each : sources) {
        auto key = sealing::read_key(each, std::nullopt, published, filedrop::posix_file_system());
        if (!key && key.error().code == error_code::invalid_argument) key.error().text += "; say --test-key where that is meant";
        if (!key) return tl::unexpected(key.error());
        out.push_back(std::move(*key));
    }
    if (options.test_key && out.empty()) {
        auto key = seal::key::published_test_key();
        if (!key) return tl::unexpected(key.error());
        out.push_back(std::move(*key));
    }
    if (out.empty()) return fail(error_code::invalid_argument, "no key is given: --key-file, --key-environment or --test-key");
    return out;
}

result<seal::key> one_key(const seal_options& options) {
    auto keys = keys_of(options);
    if (!keys) return tl::unexpected(keys.error());
    if (keys->size() != 1) return fail(error_code::invalid_argument, "one key is needed, not several");
    return std::move(keys->front());
}

result<std::optional<seal::mac>> kvv_of(const seal_options& options) {
    if (options.kvv.empty()) return std::optional<seal::mac>();
    const auto read = seal::parse_mac(options.kvv);
    if (!read) return fail(error_code::invalid_argument, "--kvv takes 32 hexadecimal digits");
    return read;
}

// Findings of a file that is being sealed go to standard error: standard output may be the sealed file.
exit_code tell(const std::string& name, const seal::sealed& what) {
    for (const finding& each : what.findings.kept())
        complain(fmt::format("{}: {}", name, describe(each)));
    if (const std::size_t kept = what.findings.kept().size(); kept < what.findings.total())
        complain(fmt::format("{}: and {} more", name, what.findings.total() - kept));
    return what.accepted() ? exit_code::clean : exit_code::found;
}

exit_code seal_to_output(session& with, const byte_source& source, const seal::key& key, const seal::seal_options& how,
                         const std::string& name) {
    const auto done = seal::seal_file(source.bytes(), key, how, [&](std::string_view part) { with.out.write(part); });
    if (!done) return complain(fmt::format("{}: {}; what was written before is not a whole file", name, done.error().text));
    return tell(name, *done);
}

// Written beside the file that it is to become, which it never replaces.
exit_code seal_to_file(session& with, const seal_options& options, const byte_source& source, const seal::key& key,
                       const seal::seal_options& how, const std::string& name) {
    auto& files = filedrop::posix_file_system();
    const std::filesystem::path to(options.output), folder = to.has_parent_path() ? to.parent_path() : ".";
    const std::filesystem::path temporary = folder / fmt::format(".{}.{}.tmp", to.filename().string(), ::getpid());
    const auto cannot = [&](const error& why) { return complain(fmt::format("{}: {}", options.output, why.text)); };
    const auto done = sealing::write_sealed(files, source.bytes(), key, how, temporary);
    if (!done && done.error().code == error_code::invalid_content)
        return complain(fmt::format("{}: {}", name, done.error().text));
    if (!done) return cannot(done.error());
    const exit_code outcome = tell(name, *done);
    if (!done->accepted()) return outcome;
    if (const auto moved = files.rename_new(temporary, to); !moved) {
        static_cast<void>(files.remove(temporary));  // by its name it is nothing whole, should this fail too
        return cannot(moved.error());
    }
    if (const auto kept = files.sync_folder(folder); !kept) return cannot(kept.error());
    with.out.write(fmt::format("{}: sealed, {}, KVV {}, MAC {}\n", printable(options.output), counted(done->records, "record"),
                               done->kvv.text(), done->code.text()));
    return outcome;
}

exit_code seal_one(session& with, const seal_options& options) {
    if (options.files.size() != 1) return complain("name one file to seal; see brygga seal --help");
    const auto key = one_key(options);
    if (!key) return complain(key.error());
    const auto kvv = kvv_of(options);
    if (!kvv) return complain(kvv.error());
    auto source = open_input(options.files.front());
    if (!source) return complain(source.error());
    const std::string name = options.files.front() == standard_input_name ? "standard input" : options.files.front();
    progress shown(name, source->bytes().size());
    seal::seal_options how{with.today(), *kvv, [&](std::size_t offset) {
                               source->release_before(offset);
                               shown.at(offset);
                           }};
    if (!options.day.empty()) {
        const auto day = parse_iso_date(options.day);
        if (!day) return complain(fmt::format("--day takes a date such as 2026-03-02, not '{}'", options.day));
        how.day = *day;
    }
    return options.output.empty() ? seal_to_output(with, *source, *key, how, name)
                                  : seal_to_file(with, options, *source, *key, how, name);
}

std::string verification_text(const std::string& name, const seal::verification& what) {
    std::string out = fmt::format("{}: {}", printable(name), seal::name(what.is));
    if (what.kvv) out += fmt::format(", sealed {}, KVV {}, MAC {}", what.closing_date, what.kvv->text(), what.found->text());
    out += fmt::format(", {}, {}\n", counted(what.records, "record"), counted(what.findings.total(), "finding"));
    for (const finding& each : what.findings.kept())
        out += fmt::format("  {}\n", printable(describe(each)));
    if (const std::size_t kept = what.findings.kept().size(); kept < what.findings.total())
        out += fmt::format("  and {} more\n", what.findings.total() - kept);
    return out;
}

exit_code verify_one(session& with, const seal_options& options, const std::vector<seal::key>& keys, const std::string& file) {
    auto source = open_input(file);
    if (!source) return complain(source.error());
    const std::string name = file == standard_input_name ? "standard input" : file;
    progress shown(name, source->bytes().size());
    seal::verify_options how;
    how.today = with.today();
    how.max_age_days = static_cast<int>(options.max_age_days);
    how.passed = [&](std::size_t offset) {
        source->release_before(offset);
        shown.at(offset);
    };
    const auto what = seal::verify(source->bytes(), keys, how);
    if (!what) return complain(what.error());
    with.out.write(options.json ? seal_json(file, *what) : verification_text(name, *what));
    return what->is == seal::verdict::ok ? exit_code::clean : exit_code::found;
}

exit_code verify_files(session& with, const seal_options& options) {
    const auto keys = keys_of(options);
    if (!keys) return complain(keys.error());
    exit_code outcome = exit_code::clean;
    for (const std::string& each : options.files)
        outcome = worse(outcome, verify_one(with, options, *keys, each));
    return outcome;
}

exit_code print_kvv(session& with, const seal_options& options) {
    const auto key = one_key(options);
    if (!key) return complain(key.error());
    const auto expected = kvv_of(options);
    if (!expected) return complain(expected.error());
    with.out.write(key->kvv().text() + "\n");
    if (!*expected || **expected == key->kvv()) return exit_code::clean;
    complain(fmt::format("{}: the seal key has the KVV {}, expected {}", info(seal::rule::R02).id, key->kvv().text(),
                         (*expected)->text()));
    return exit_code::found;
}

void add_keys(CLI::App& command, seal_options& options) {
    command.add_option("--key-file", options.key_files, "File whose first line is a seal key, 32 hexadecimal digits; mode 0600")
        ->type_name("FILE")
        ->allow_extra_args(false);
    command.add_option("--key-environment", options.key_variables, "Variable of the environment that holds one")
        ->type_name("NAME")
        ->allow_extra_args(false);
    command.add_flag("--test-key", options.test_key, "Allow the test key that Bankgirot published; without another one, use it");
}

void add_kvv(CLI::App& command, seal_options& options) {
    command.add_option("--kvv", options.kvv, "What the bank's letter says of the key: with another one nothing is done")
        ->type_name("DIGITS");
}

// What falls through to `brygga seal` itself belongs to sealing.
void only_own_options(const CLI::App& seal, std::string_view verb, session& with, std::function<exit_code()> chosen) {
    for (const CLI::Option* const each : seal.get_options())
        if (each->count() != 0) {
            with.chosen = [each, verb] {
                return complain(fmt::format("{} is no option of brygga seal {} in that place", each->get_name(), verb));
            };
            return;
        }
    with.chosen = std::move(chosen);
}

void add_verify(CLI::App& seal, session& with) {
    CLI::App* const command = add_command(
        seal, "verify", "Tell whether sealed files are whole, and by which key", "",
        "  brygga seal verify --key-file seal.key in.txt\n"
        "  brygga seal verify --key-file 2026.key --key-file 2025.key --json archive/*.txt | jq .verdict\n"
        "\n"
        "The key is chosen by the KVV of TK99. Verdicts: ok, not sealed, malformed, unsupported (the older seal SAK1),\n"
        "wrong key, changed. Exit status: 0 all are ok, 1 another verdict, 2 a file could not be read.");
    const auto options = std::make_shared<seal_options>();
    command->add_option("file", options->files, "Sealed files; - is standard input")->required()->type_name("FILE");
    add_keys(*command, *options);
    command->add_option("--max-age", options->max_age_days, "Warn of a seal that is older than so many days (default 30)")
        ->type_name("DAYS")
        ->check(CLI::Range(0, 36500));
    command->add_flag("--json", options->json, "Print one JSON object per file, one per line");
    command->callback([&seal, &with, options] {
        only_own_options(seal, "verify", with, [&with, options] { return verify_files(with, *options); });
    });
}

void add_kvv_command(CLI::App& seal, session& with) {
    CLI::App* const command =
        add_command(seal, "kvv", "Print the key verification value of a seal key, as the bank's letter has it", "",
                    "  brygga seal kvv --key-file seal.key\n"
                    "  brygga seal kvv --key-file seal.key --kvv FF365893D899291C3BF505FB3175E880\n"
                    "\n"
                    "Exit status: 0, 1 when --kvv says another one.");
    const auto options = std::make_shared<seal_options>();
    add_keys(*command, *options);
    add_kvv(*command, *options);
    command->callback(
        [&seal, &with, options] { only_own_options(seal, "kvv", with, [&with, options] { return print_kvv(with, *options); }); });
}

}  // namespace

void add_seal_commands(CLI::App& app, session& with) {
    CLI::App* const command = add_command(
        app, "seal", "Seal a file for Bankgirot (TK00 and TK99 with HMAC), or verify sealed files", "Files",
        "  brygga seal --key-file seal.key --output out.sealed.txt out.txt\n"
        "  brygga seal --test-key out.txt > out.sealed.txt\n"
        "  brygga seal verify --key-file seal.key in.txt\n"
        "  brygga seal kvv --key-file seal.key\n"
        "\n"
        "Sealing is the last step before a file is sent. Everything is checked first (brygga rules seal), what is written is\n"
        "read back, and --output never replaces a file. Lines of nothing but blanks are left out; nothing else is changed.\n"
        "Exit status: 0 sealed, 1 the file was refused, 2 it could not be done.");
    command->require_subcommand(0, 1);
    const auto options = std::make_shared<seal_options>();
    command->add_option("file", options->files, "File to seal; - is standard input")->type_name("FILE");
    add_keys(*command, *options);
    add_kvv(*command, *options);
    command->add_option("--output", options->output, "Where the sealed file is written; standard output when absent")
        ->type_name("OUT");
    command->add_option("--day", options->day, "Date of the seal (default: today in Sweden)")->type_name("YYYY-MM-DD");
    add_verify(*command, with);
    add_kvv_command(*command, with);
    command->callback([&with, options, command] {
        if (command->get_subcommands().empty()) with.chosen = [&with, options] { return seal_one(with, *options); };
    });
}

}  // namespace brygga::command
