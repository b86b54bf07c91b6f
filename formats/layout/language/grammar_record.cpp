#include "formats/layout/language/detail/terminals.hpp"

namespace brygga::layout::language::detail {

namespace {

constexpr std::string_view a_type =
    "a type: text, digits, number, ore, kronor, date, time, timestamp, code, personal-number, organisation-number, "
    "identity-number, bankgiro, plusgiro, bank-account, iban, ocr or gs1";

constexpr auto plain_type = any_of("text", "digits", "ore", "personal-number", "organisation-number", "identity-number",
                                   "bankgiro", "plusgiro", "bank-account", "iban", "ocr", "gs1");
constexpr auto date_form_name = any_of("CCYYMMDD", "YYMMDD", "CCYY-MM-DD", "DD.MM.CCYY", "DD/MM/CCYY");
constexpr auto time_form_name = any_of("HHMMSS", "HHMM", "HH:MM:SS", "HH:MM");
constexpr auto timestamp_form_name = any_of("CCYYMMDDHHMMSS", "CCYY-MM-DDTHH:MM:SS");
constexpr auto personal_kind_name = any_of("name", "address", "identity", "account", "own-account", "reference", "text");

auto type_of(field_tree& made) {
    const auto type = [&](std::string_view text) { return word(text)[note(made.type)]; };
    const auto form = note(made.form);
    return plain_type[note(made.type)]                                                                                       //
           | (type("number") >> -(number[form] >> word("decimals")))                                                         //
           | (type("kronor") >> word("with") >> quoted[form])                                                                //
           | (type("date") >> told("a form: CCYYMMDD, YYMMDD, CCYY-MM-DD, DD.MM.CCYY or DD/MM/CCYY", date_form_name[form]))  //
           | (type("timestamp") >> timestamp_form_name[form])                                                                //
           | (type("time") >> time_form_name[form])                                                                          //
           | (type("code") >> told("the name of a code table", name[form]));
}

}  // namespace

bool parse_record(view text, record_tree& into, progress& seen) {
    bool conditional = false;
    const auto titles = quoted[note(into.first_text)] >> -quoted[note(into.second_text)];
    const auto when = word("when")[([&](auto&) { conditional = true; })];
    cursor first = text.data();
    const cursor last = first + text.size();
    const auto head = word("record") >> name[note(into.name)] >> titles >> (when | end_of_line);
    if (!x3::parse(first, last, x3::with<progress_tag>(seen)[head])) return false;
    if (!conditional) return true;
    return parse_condition(view(first, static_cast<std::size_t>(last - first)), into.when.emplace(), seen);
}

bool parse_record_line(view text, record_tree& into, progress& seen) {
    field_tree made;
    modifier_tree modifier;
    const auto place = told("columns FIRST-LAST, the number of a column or its \"HEADING\"",
                            columns[note(made.columns)] | number[note(made.column)] | quoted[note(made.heading)]);
    const auto filler = any_of("blank", "zeros", "reserved")[note(made.filler)] | quoted[note(made.filler)];
    const auto keep = [&](auto&) { made.modifiers.push_back(std::exchange(modifier, {})); };
    const auto plain_modifier = any_of("optional", "zeros", "left", "right", "signed", "unique")[note(modifier.word)];
    const auto personal = word("personal")[note(modifier.word)] >> personal_kind_name[note(modifier.kind)];
    const auto modifiers = *((plain_modifier | personal) >> x3::eps[keep]);
    const auto field = name[note(made.name)] >> told(a_type, type_of(made)) >> modifiers;
    const auto content = told("a name, blank, zeros, reserved or a \"constant\"", filler | field);
    made.broken = !understood(text, place >> content >> end_of_line, seen);
    into.fields.push_back(std::move(made));
    return !into.fields.back().broken;
}

}  // namespace brygga::layout::language::detail
