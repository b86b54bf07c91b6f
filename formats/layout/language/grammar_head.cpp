#include "formats/layout/language/detail/terminals.hpp"

namespace brygga::layout::language::detail {

namespace {

constexpr token_parser format_id{end_of_format_id, "the id of a format: a-z, digits, \".\" and \"-\""};
constexpr auto encoding_name = any_of("ISO 8859-1", "UTF-8", "CP850", "ISO 646-SE");

}  // namespace

bool parse_format(view text, layout_tree& into, progress& seen) {
    const auto statement = word("format")[note(into.format)] >> format_id[note(into.id)] >> quoted[note(into.title)];
    return understood(text, statement >> end_of_statement, seen);
}

bool parse_version(view text, layout_tree& into, progress& seen) {
    version_tree& made = into.version.emplace();
    const auto from = word("from") >> day[note(made.from)];
    const auto until = word("until") >> day[note(made.until)];
    const auto statement = word("version") >> quoted[note(made.text)] >> -from >> -until;
    return understood(text, statement >> end_of_statement, seen);
}

bool parse_include(view text, view& path, progress& seen) {
    return understood(text, word("include") >> quoted[note(path)] >> end_of_statement, seen);
}

bool parse_direction(view text, layout_tree& into, progress& seen) {
    const auto statement = word("direction") >> any_of("in", "out", "both")[note(into.direction)];
    return understood(text, statement >> end_of_statement, seen);
}

bool parse_fixed(view text, layout_tree& into, progress& seen) {
    return understood(text, word("fixed") >> number[note(into.width)] >> end_of_statement, seen);
}

bool parse_separated(view text, layout_tree& into, progress& seen) {
    separation_tree& made = into.separated.emplace();
    const auto separator = quoted[note(made.separator)] | word("tab")[note(made.separator)];
    const auto quote = word("quoted") >> word("by") >> quoted[note(made.quote)];
    const auto header = word("with") >> word("header")[note(made.header)];
    const auto statement = word("separated") >> word("by") >> separator >> -quote >> -header;
    return understood(text, statement >> end_of_statement, seen);
}

bool parse_encoding_line(view text, layout_tree& into, progress& seen) {
    const auto statement = word("encoding") >> encoding_name[note_each(into.encodings)] % word(",");
    return understood(text, statement >> end_of_statement, seen);
}

bool parse_line_end(view text, layout_tree& into, progress& seen) {
    const auto statement = word("line") >> word("end") >> any_of("CRLF", "LF")[note(into.line_end)];
    return understood(text, statement >> end_of_statement, seen);
}

bool parse_code_place(view text, layout_tree& into, progress& seen) {
    code_place_tree& made = into.code.emplace();
    const auto place = columns[note(made.columns)] | (word("column") >> number[note(made.column)]);
    return understood(text, word("code") >> place >> end_of_statement, seen);
}

}  // namespace brygga::layout::language::detail
