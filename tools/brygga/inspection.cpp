// brygga show FILE, brygga diff A B
#include <cerrno>
#include <memory>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tools/brygga/input.hpp"
#include "tools/brygga/session.hpp"

namespace brygga::command {

namespace {

struct show_options {
    std::string file;
    std::string html;
    reading_options how;
    bool masked = false;
};

struct diff_options {
    std::string before, after;
    reading_options how;
};

bool is_same_file(const std::string& a, const std::string& b) {
    struct stat first {};
    struct stat second {};
    return ::stat(a.c_str(), &first) == 0 && ::stat(b.c_str(), &second) == 0 && first.st_dev == second.st_dev &&
           first.st_ino == second.st_ino;
}

// Sends what follows to a file instead of standard output. Writing over the file that is being read would destroy it.
result<void> redirect(session& with, const std::string& path, const std::string& input) {
    if (path.empty() || path == "-") return {};
    if (is_same_file(path, input)) return fail(error_code::invalid_argument, fmt::format("{} is the file to be shown", path));
    const int descriptor = ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (descriptor < 0) return tl::unexpected(system_error(errno, fmt::format("cannot write {}", path)));
    with.out.send_to(descriptor);
    return {};
}

exit_code show_file(session& with, const show_options& options) {
    auto source = open_input(options.file);
    if (!source) return complain(source.error());
    const std::string name = options.file == standard_input_name ? "standard input" : options.file;
    const auto which = choose_format(options.how, source->bytes(), name);
    if (!which) return complain(which.error());
    auto settings = settings_of(options.how, **which, with);
    if (!settings) return complain(settings.error());
    if (auto redirected = redirect(with, options.html, options.file); !redirected) return complain(redirected.error());
    progress shown(name, source->bytes().size());
    follow(*settings, *source, shown);
    show_settings how;
    how.html = !options.html.empty();
    how.colour = !how.html && colours_wanted();
    how.in_clear = !options.masked;
    (*which)->show(source->bytes(), *settings, how, [&](std::string_view bytes) { with.out.write(bytes); });
    return exit_code::clean;
}

exit_code diff_files(session& with, const diff_options& options) {
    if (options.before == standard_input_name && options.after == standard_input_name)
        return complain("only one of the two files can be standard input");
    const auto before = open_input(options.before);
    if (!before) return complain(before.error());
    const auto after = open_input(options.after);
    if (!after) return complain(after.error());
    const auto which = choose_format(options.how, before->bytes(), options.before);
    if (!which) return complain(which.error());
    const auto other = choose_format(options.how, after->bytes(), options.after);
    if (!other) return complain(other.error());
    if (*which != *other)
        return complain(fmt::format("{} is {} and {} is {}: only files of the same format can be compared", options.before,
                                    (*which)->id(), options.after, (*other)->id()));
    const auto settings = settings_of(options.how, **which, with);
    if (!settings) return complain(settings.error());
    const bool same =
        (*which)->diff(before->bytes(), after->bytes(), *settings, [&](std::string_view bytes) { with.out.write(bytes); });
    return same ? exit_code::clean : exit_code::found;
}

}  // namespace

void add_inspection_commands(CLI::App& app, session& with) {
    CLI::App* const show =
        add_command(app, "show", "Print every record with its fields, positions and meaning, and a summary", "Files",
                    "  brygga show in.txt | less\n"
                    "  brygga show --html in.html in.txt     one page for a browser\n"
                    "  brygga show --masked in.txt           names, accounts and references masked");
    const auto shown = std::make_shared<show_options>();
    show->add_option("file", shown->file, "File to show; - is standard input")->required()->type_name("FILE");
    show->add_option("--html", shown->html, "Write one self-contained HTML page to this file; - is standard output")
        ->type_name("OUT");
    show->add_flag("--masked", shown->masked, "Mask personal data");
    shown->how.add_format(*show);
    shown->how.add_profile(*show);
    shown->how.add_encoding(*show);
    show->callback([&with, shown] { with.chosen = [&with, shown] { return show_file(with, *shown); }; });

    CLI::App* const diff =
        add_command(app, "diff", "Print which records and fields differ between two files of one format", "Files",
                    "  brygga diff yesterday.txt today.txt\n"
                    "\n"
                    "How lines are trimmed, filled, ended or encoded does not count.\n"
                    "~ changed record, - only in the first file, + only in the second.\n"
                    "Exit status: 0 the same records, 1 differences, 2 a file could not be read.");
    const auto compared = std::make_shared<diff_options>();
    diff->add_option("first", compared->before, "First file; - is standard input")->required()->type_name("A");
    diff->add_option("second", compared->after, "Second file")->required()->type_name("B");
    compared->how.add_format(*diff);
    compared->how.add_profile(*diff);
    compared->how.add_encoding(*diff);
    diff->callback([&with, compared] { with.chosen = [&with, compared] { return diff_files(with, *compared); }; });
}

}  // namespace brygga::command
