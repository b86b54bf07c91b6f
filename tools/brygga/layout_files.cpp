#include "tools/brygga/layout_files.hpp"

#include <algorithm>
#include <cstdio>

#include <fmt/format.h>

#include "formats/core/byte_source.hpp"
#include "formats/core/lines.hpp"
#include "formats/inspection/printable.hpp"
#include "formats/layout/described/format.hpp"
#include "formats/registry.hpp"
#include "tools/brygga/input.hpp"

namespace brygga::command {

namespace {

using layout::language::layout_fault;

constexpr std::string_view extension = ".layout";

result<std::string> text_of(const std::filesystem::path& file) {
    const auto source = open_input(file.string());
    if (!source) return tl::unexpected(source.error());
    if (source->bytes().size() > layout::language::max_layout_bytes)
        return fail(error_code::limit_exceeded, fmt::format("{}: larger than a layout may be", file.filename().string()));
    return std::string(source->bytes());
}

}  // namespace

void complain(const layout_fault& fault) {
    const std::string text = layout::language::describe(fault);
    line_cutter lines(text);
    physical_line line;
    while (lines.next(line)) {
        const std::string shown = inspection::printable(line.bytes) + "\n";
        std::fwrite(shown.data(), 1, shown.size(), stderr);
    }
}

result<tl::expected<layout::language::description, std::vector<layout_fault>>> read_layout(const std::filesystem::path& file) {
    const auto text = text_of(file);
    if (!text) return tl::unexpected(text.error());
    const std::filesystem::path folder = file.parent_path();
    return layout::language::parse_layout(*text, file.filename().string(),
                                          [&](const std::string& path) { return text_of(folder / path); });
}

exit_code load_layouts(const std::filesystem::path& folder) {
    std::vector<std::filesystem::path> files;
    std::error_code failed;
    for (std::filesystem::directory_iterator at(folder, failed), end; !failed && at != end; at.increment(failed))
        if (at->path().extension() == extension) files.push_back(at->path());
    if (failed) return complain(fmt::format("{}: cannot read the folder: {}", folder.string(), failed.message()));
    std::sort(files.begin(), files.end());
    std::vector<layout::language::description> made;
    exit_code outcome = exit_code::clean;
    for (const std::filesystem::path& each : files) {
        auto read = read_layout(each);
        if (!read) {
            outcome = complain(read.error());
        } else if (*read) {
            made.push_back(std::move(**read));
        } else {
            for (const layout_fault& fault : read->error())
                complain(fault);
            outcome = exit_code::cannot_run;
        }
    }
    if (outcome != exit_code::clean) return outcome;
    auto formats = layout::described::make_formats(std::move(made));
    if (!formats) return complain(formats.error());
    if (const auto added = add_formats(std::move(*formats)); !added) return complain(added.error());
    return exit_code::clean;
}

}  // namespace brygga::command
