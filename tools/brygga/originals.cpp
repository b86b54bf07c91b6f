// brygga originals encrypt
#include <memory>

#include <fmt/format.h>

#include "connectors/intake/original_encryption.hpp"
#include "connectors/intake/original_store.hpp"
#include "formats/inspection/printable.hpp"
#include "tools/brygga/books.hpp"

namespace brygga::command {

namespace {

exit_code encrypt(session& with, const books_options& where) {
    const auto at = open_office(where, with);
    if (!at) return complain(at.error());
    const config::settings& what = (*at)->in.with;
    filedrop::file_system& files = *(*at)->how.files;
    const auto keys = intake::read_original_keys(files, what.originals, what.original_keys);
    if (!keys) return complain(keys.error());
    const auto done = intake::encrypt_originals(files, what.originals, *keys, (*at)->how.at_step);
    if (!done) return complain(done.error());
    const std::string& key = keys->current()->id;
    (*at)->log.write(done->faults_total == 0 ? logging::log_level::info : logging::log_level::error, "originals-encrypted",
                     {{"key", key},
                      {"encrypted", done->encrypted},
                      {"renewed", done->renewed},
                      {"current", done->current},
                      {"faults", done->faults_total}});
    with.out.write(fmt::format("encrypted with the key {} now: {} that were plain, {} of older keys; {} were before\n", key,
                               counted(done->encrypted, "original"), done->renewed, done->current));
    if (done->strange != 0)
        with.out.write(fmt::format("{} among them by the name no original, left alone\n", counted(done->strange, "file")));
    for (const std::string& each : done->faults)
        with.out.write(fmt::format("fault: {}\n", inspection::printable(each)));
    if (done->faults_total > done->faults.size())
        with.out.write(fmt::format("and {} more\n", done->faults_total - done->faults.size()));
    return done->faults_total == 0 ? exit_code::clean : exit_code::found;
}

}  // namespace

void add_originals_commands(CLI::App& app, session& with) {
    CLI::App* const command = add_command(app, "originals", "Encrypt the kept originals, or renew their key", "Operation",
                                          "  brygga originals encrypt --config brygga.toml");
    command->require_subcommand(1);
    CLI::App* const encrypt_command = add_command(
        *command, "encrypt", "Encrypt every kept original with the current key of the configuration", "",
        "  openssl rand -hex 32 > secrets/originals-2026.key; chmod 600 secrets/originals-2026.key\n"
        "  brygga originals encrypt --config brygga.toml\n"
        "\n"
        "For what was kept before [encryption] was configured, and after its current key was replaced. A new key is added "
        "first,\n"
        "with an id of its own, beside the older ones, and made current; running services read the configuration again\n"
        "(SIGHUP); then this command. When it has told no fault, nothing in the folder needs the older keys any more; copies of\n"
        "it from before still do. Each original is written anew, read back, and only then replaced: cut off at any point,\n"
        "nothing is lost and the next run goes on. Other commands may work meanwhile.\n"
        "Exit status: 0 all are encrypted with the current key, 1 some could not be, 2 it could not be done.");
    const auto where = std::make_shared<books_options>();
    where->add_config(*encrypt_command);
    where->add_die_at(*encrypt_command);
    encrypt_command->callback([&with, where] { with.chosen = [&with, where] { return encrypt(with, *where); }; });
}

}  // namespace brygga::command
