// brygga json FILE, brygga write --format F [JSON], brygga mask FILE
#include <memory>

#include <fmt/format.h>
#include <sys/random.h>

#include "formats/archive/zip.hpp"
#include "tools/brygga/input.hpp"
#include "tools/brygga/session.hpp"

namespace brygga::command {

namespace {

constexpr std::size_t min_key_bytes = 16;
constexpr std::size_t max_key_bytes = 4096;
constexpr std::size_t own_key_bytes = 32;

struct conversion_options {
    std::string file;
    std::string key_file;
    reading_options how;
};

// Opens, tells the format, and hands both with settings to `convert`.
template <class Convert>
exit_code with_input(session& with, const conversion_options& options, const Convert& convert) {
    auto source = open_input(options.file);
    if (!source) return complain(source.error());
    const std::string name = options.file == standard_input_name ? "standard input" : options.file;
    if (archive::is_zip(source->bytes()))
        return complain(
            fmt::format("{} is a ZIP archive, whose files are no records (PDFs cannot be masked or become JSON): "
                        "unpack it and take the file that is meant",
                        name));
    const auto which = choose_format(options.how, source->bytes(), name);
    if (!which) return complain(which.error());
    auto settings = settings_of(options.how, **which, with);
    if (!settings) return complain(settings.error());
    progress shown(name, source->bytes().size());
    follow(*settings, *source, shown);
    convert(**which, source->bytes(), *settings, [&with](std::string_view bytes) { with.out.write(bytes); });
    return exit_code::clean;
}

exit_code to_json(session& with, const conversion_options& options) {
    return with_input(with, options,
                      [](const format& which, std::string_view bytes, const read_settings& settings, const output& to) {
                          which.to_json(bytes, settings, to);
                      });
}

exit_code from_json(session& with, const conversion_options& options) {
    const auto which = named_format(options.how.format);
    if (!which) return complain(which.error());
    const auto source = open_input(options.file);
    if (!source) return complain(source.error());
    const auto written = (*which)->from_json(source->bytes(), [&with](std::string_view bytes) { with.out.write(bytes); });
    if (written) return exit_code::clean;
    return complain(fmt::format("{}: {}; what was written before is not a whole file",
                                options.file == standard_input_name ? "standard input" : options.file, written.error().text));
}

// A key of its own for one run, or the one in the file.
result<std::string> key_of(const std::string& key_file) {
    if (key_file.empty()) {
        std::string key(own_key_bytes, '\0');
        if (::getrandom(key.data(), key.size(), 0) != static_cast<ssize_t>(key.size()))
            return tl::unexpected(system_error(errno, "cannot make a key"));
        return key;
    }
    const auto source = byte_source::open(key_file);
    if (!source) return tl::unexpected(source.error());
    std::string_view key = source->bytes();
    while (key.ends_with('\n') || key.ends_with('\r'))
        key.remove_suffix(1);
    if (key.size() < min_key_bytes || key.size() > max_key_bytes)
        return fail(error_code::invalid_argument,
                    fmt::format("the key in {} must have {} to {} bytes", key_file, min_key_bytes, max_key_bytes));
    return std::string(key);
}

exit_code mask_file(session& with, const conversion_options& options) {
    const auto key = key_of(options.key_file);
    if (!key) return complain(key.error());
    return with_input(with, options,
                      [&](const format& which, std::string_view bytes, const read_settings& settings, const output& to) {
                          which.mask(bytes, *key, settings, to);
                      });
}

void add_json_command(CLI::App& app, session& with) {
    CLI::App* const json = add_command(app, "json", "Print a file as JSON Lines, without loss", "Files",
                                       "  brygga json in.txt | jq 'select(.record == \"20\") | .amount_ore'\n"
                                       "  brygga json in.txt | brygga write --format bgmax > same.txt");
    const auto options = std::make_shared<conversion_options>();
    json->add_option("file", options->file, "File to convert; - is standard input")->required()->type_name("FILE");
    options->how.add_format(*json);
    options->how.add_profile(*json);
    options->how.add_encoding(*json);
    json->callback([&with, options] { with.chosen = [&with, options] { return to_json(with, *options); }; });
}

void add_write_command(CLI::App& app, session& with) {
    CLI::App* const write =
        add_command(app, "write", "Write a file of a format from the JSON Lines of 'brygga json'", "Files",
                    "  brygga write --format bgmax in.jsonl > in.txt\n"
                    "  brygga json in.txt | jq -c ... | brygga write --format bgmax > changed.txt\n"
                    "\n"
                    "What 'brygga json' printed gives the same file byte for byte. Counters and sums are written as\n"
                    "they stand: check the result with 'brygga check'.");
    const auto options = std::make_shared<conversion_options>();
    options->file = standard_input_name;
    write->add_option("--format", options->how.format, "Format to write")->required()->type_name("FORMAT");
    write->add_option("json", options->file, "JSON Lines; standard input when absent or -")->type_name("JSON");
    write->callback([&with, options] { with.chosen = [&with, options] { return from_json(with, *options); }; });
}

}  // namespace

void add_conversion_commands(CLI::App& app, session& with) {
    add_json_command(app, with);
    add_write_command(app, with);
    CLI::App* const mask = add_command(
        app, "mask", "Replace personal data in a file, so that it can be shared as a test case", "Files",
        "  brygga mask in.txt > shareable.txt\n"
        "  head -c 32 /dev/urandom | base64 > mask.key\n"
        "  brygga mask --key-file mask.key monday.txt > monday-masked.txt\n"
        "\n"
        "Names, addresses, identity numbers, accounts and references are replaced by others of the same form, the same value\n"
        "always by the same one under one key; dates, amounts, the bank's serial numbers and the findings of 'brygga check' "
        "stay.\n"
        "Without a key file each run has a key of its own that nobody knows. Who has the key can test guesses: keep it secret.");
    const auto options = std::make_shared<conversion_options>();
    mask->add_option("file", options->file, "File to mask; - is standard input")->required()->type_name("FILE");
    mask->add_option("--key-file", options->key_file,
                     "File with a secret of at least 16 bytes: equal values stay equal across files")
        ->type_name("K");
    options->how.add_format(*mask);
    options->how.add_profile(*mask);
    options->how.add_encoding(*mask);
    mask->callback([&with, options] { with.chosen = [&with, options] { return mask_file(with, *options); }; });
}

}  // namespace brygga::command
