#include "formats/bankgirot/bgmax/reader.hpp"

#include <fmt/format.h>

#include "formats/bankgirot/bgmax/logical_reader.hpp"
#include "formats/bankgirot/recognise.hpp"
#include "formats/layout/segments.hpp"

namespace brygga::bgmax {

namespace {

using detail::logical_reader;
using detail::position;
using detail::reporter;

// Bytes that are no BgMax file at all: one finding, two when it can be told what they are.
void refuse(logical_file& file, std::string_view bytes, std::string_view found, sink& into) {
    reporter report(file.findings, file.holds);
    const bool blank = layout::only_blank(bytes);
    const location where =
        blank ? location{file.first_line, file.offset, 0, 0} : detail::opening_columns(file.first_line, file.offset);
    report.place(rule::R01, severity::error, where, {}, {}, found, "TK01 with layout BGMAX");
    const std::string_view other = bankgirot::recognise_other_format(bytes);
    if (!other.empty()) report.place(rule::R02, severity::error, where, {}, {}, other, "bgmax");
    into.file_closed(file);
}

std::uint64_t count_line_ends(std::string_view bytes, std::size_t offset, const std::function<void(std::size_t)>& passed) {
    line_cutter lines(bytes, 0, offset);
    physical_line line;
    while (lines.next(line))
        if (passed) passed(line.offset);
    return line.number_of_next();
}

// The first record of bytes that begin with 01BGMAX: is the layout name BGMAX and nothing more?
bool is_bgmax(std::string_view bytes) noexcept {
    if (bytes.starts_with(utf8_byte_order_mark)) bytes.remove_prefix(utf8_byte_order_mark.size());
    if (!bytes.starts_with(opening_mark)) return false;
    for (std::size_t at = opening_mark.size(); at < 22 && at < bytes.size() && bytes[at] != '\r' && bytes[at] != '\n'; ++at)
        if (bytes[at] == '\t')
            return true;
        else if (bytes[at] != ' ')
            return false;
    return true;
}

void report_encoding(logical_file& file, const detected_encoding& found, const position& opening) {
    if (found.in == encoding::iso_8859_1 && !found.byte_order_mark) return;
    std::string text(name(found.in));
    if (found.byte_order_mark) text += " with a byte order mark";
    if (found.replacement_characters != 0)
        text += fmt::format(", {} letters lost earlier (U+FFFD)", found.replacement_characters);
    location where = detail::opening_columns(opening.line, opening.at);
    where.last_column = layouts::width;
    reporter(file.findings, file.holds).place(rule::R10, severity::info, where, {}, {}, text, "ISO 8859-1");
}

logical_file empty_file(const position& from, std::size_t size, const read_options& options) {
    return {.logical_no = from.logical_files + 1,
            .offset = from.at,
            .size = size,
            .first_line = from.line,
            .in = {},
            .version = {},
            .written_at = {},
            .kind = marker::production,
            .records = {},
            .payments_ore = {},
            .deductions_ore = {},
            .deposits_ore = {},
            .sections = 0,
            .holds = {},
            .findings = finding_list(rules(), options.policy)};
}

// Reads the logical file that begins at `from` and moves it behind.
logical_file read_one(std::string_view bytes, position& from, const read_options& options, sink& into) {
    const layout::segment part =
        layout::next_segment(bytes, opening_mark, from.at, options.policy.profile.skip_title_lines, options.passed);
    logical_file file = empty_file(from, part.end - from.at, options);
    const detected_encoding found = layout::detect_encoding(bytes, part, options.force_encoding, options.passed);
    file.in = found.in;
    const std::string_view own = bytes.substr(part.begin, part.end - part.begin);
    const std::string_view records = bytes.substr(part.opens, part.end - part.opens);
    position opening{part.opens, from.line, from.logical_files};
    if (!is_bgmax(records)) {
        opening.line += count_line_ends(own, part.begin, options.passed);
        const bool blank = layout::only_blank(own);
        refuse(file, own, !blank ? "other content" : own.empty() ? "an empty file" : "only blanks", into);
    } else {
        opening.line += count_line_ends(own.substr(0, part.opens - part.begin), part.begin, options.passed);
        if (options.force_encoding != found.in) report_encoding(file, found, opening);
        opening.line = logical_reader(file, options, into).run(records, opening);
    }
    from = {part.end, opening.line, file.logical_no};
    return file;
}

}  // namespace

void read_each(std::string_view bytes, const read_options& options, sink& into) {
    position from;
    do
        static_cast<void>(read_one(bytes, from, options, into));  // the sink has it
    while (from.at < bytes.size());
}

std::vector<logical_file> read(std::string_view bytes, const read_options& options, sink* into) {
    sink nobody;
    sink& events = into == nullptr ? nobody : *into;
    read_options bounded = options;
    std::size_t findings_left = max_kept_findings;
    std::vector<logical_file> files;
    position from;
    while (from.at < bytes.size() || files.empty()) {
        bounded.policy.cap = std::min(options.policy.cap, findings_left);
        if (files.size() == max_logical_files) {
            files.push_back(empty_file(from, bytes.size() - from.at, bounded));
            refuse(files.back(), bytes.substr(from.at), fmt::format("more than {} logical files", max_logical_files), events);
            break;
        }
        files.push_back(read_one(bytes, from, bounded, events));
        findings_left -= files.back().findings.kept().size();
    }
    return files;
}

}  // namespace brygga::bgmax
