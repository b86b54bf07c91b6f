#include "formats/layout/language/detail/terminals.hpp"

namespace brygga::layout::language::detail {

namespace {

constexpr token_parser any_field{end_of_field, "a field"};
constexpr token_parser ledger_name{end_of_ledger_name, "a name of the ledger"};

}  // namespace

bool parse_codes(view text, codes_tree& into, progress& seen) {
    return understood(text, word("codes") >> name[note(into.name)] >> end_of_line, seen);
}

bool parse_codes_line(view text, codes_tree& into, progress& seen) {
    code_entry_tree made;
    const auto line = quoted[note(made.value)] >> quoted[note(made.text)];
    if (!understood(text, line >> end_of_line, seen)) return false;
    into.entries.push_back(made);
    return true;
}

bool parse_section(view text, section_tree& into, progress& seen) {
    const auto statement = word("section") >> name[note(into.name)] >> quoted[note(into.title)];
    return understood(text, statement >> end_of_line, seen);
}

bool parse_section_line(view text, section_tree& into, progress& seen) {
    section_line_tree made;
    const auto one = any_of("opens", "closes")[note(made.word)] >> record_name[note_each(made.records)];
    const auto list = word("holds")[note(made.word)] >> record_name[note_each(made.records)] % word(",");
    if (!understood(text, (one | list) >> end_of_line, seen)) return false;
    into.lines.push_back(made);
    return true;
}

bool parse_ledger(view text, ledger_tree& into, progress& seen) {
    const auto type = any_of("customer", "facility", "invoice", "credit_note", "registration", "receipt", "facility_event");
    const auto grouped = word("grouped") >> word("by") >> any_field[note(into.grouped_by)];
    const auto statement = word("ledger") >> type[note(into.type)] >> word("from") >> record_name[note(into.from)] >> -grouped;
    return understood(text, statement >> end_of_line, seen);
}

bool parse_ledger_line(view text, ledger_tree& into, progress& seen) {
    ledger_value_tree made;
    const auto derived = any_of("text", "sum")[note(made.source)] >> word("of") >> any_field[note(made.field)];
    const auto a_field = [&](const auto& context) {  // perhaps one that is called text or sum
        made.source = {};
        made.field = x3::_attr(context);
    };
    const auto plain = any_field[a_field] | quoted[note(made.text)];
    const auto value = told("a field, text of a field, sum of a field or \"text\"", derived | plain);
    if (!understood(text, ledger_name[note(made.name)] >> word("=") >> value >> end_of_line, seen)) return false;
    into.values.push_back(made);
    return true;
}

}  // namespace brygga::layout::language::detail
