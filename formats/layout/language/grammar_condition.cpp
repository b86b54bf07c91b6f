#include "formats/layout/language/detail/terminals.hpp"

namespace brygga::layout::language::detail {

namespace {

constexpr token_parser a_field{end_of_field, "a field"};
constexpr token_parser a_value{end_of_value, "a number"};
constexpr token_parser a_total{end_of_record_field, "RECORD.FIELD of a total"};
constexpr token_parser a_rule_id{end_of_rule_id, "the id of a rule, such as PARK-R01"};

const auto operand_of = [](operand_kind kind) {
    return [kind](auto& found) { x3::_val(found) = operand_tree{kind, x3::_attr(found)}; };
};
const auto add_operand = [](auto& found) { x3::_val(found).operands.push_back(std::move(x3::_attr(found))); };
const auto add_part = [](auto& found) { x3::_val(found).parts.push_back(std::move(x3::_attr(found))); };
const auto take = [](auto& found) { x3::_val(found) = std::move(x3::_attr(found)); };
const auto is = [](condition_kind kind) { return [kind](auto& found) { x3::_val(found).kind = kind; }; };
const auto compares = [](auto& found) {
    x3::_val(found).kind = condition_kind::compare;
    x3::_val(found).how = x3::_attr(found);
};
const auto of_fillers = [](auto& found) {
    x3::_val(found).kind = condition_kind::fillers;
    x3::_val(found).how = x3::_attr(found);
};
// "given" is what "is blank" is not.
const auto is_given = [](auto& found) {
    condition_tree blank = std::move(x3::_val(found));
    blank.kind = condition_kind::is_blank;
    x3::_val(found) = condition_tree{condition_kind::no, {}, {}, {std::move(blank)}};
};
// `a and b and c` is one condition of three parts; `a` alone is itself.
const auto joined_as = [](condition_kind kind) {
    return [kind](auto& found) {
        condition_tree& made = x3::_val(found);
        if (made.parts.size() > 1)
            made.kind = kind;
        else
            made = condition_tree(std::move(made.parts.front()));
    };
};

struct operand_id;
struct value_id;
struct comparison_id;
struct single_id;
struct both_id;
struct either_id;
struct condition_id;
const x3::rule<value_id, operand_tree> value = "value";
const x3::rule<operand_id, operand_tree> operand = "operand";
const x3::rule<comparison_id, condition_tree> comparison = "comparison";
const x3::rule<single_id, condition_tree> single = "single";
const x3::rule<both_id, condition_tree> both = "both";
const x3::rule<either_id, condition_tree> either = "either";
const x3::rule<condition_id, condition_tree> whole_condition = "condition";

const auto value_def = day[operand_of(operand_kind::day)]           //
                       | a_value[operand_of(operand_kind::number)]  //
                       | quoted[operand_of(operand_kind::text)];
const auto operand_def = a_field[operand_of(operand_kind::field)] | value[take];
const auto an_operand = told("a field, a number, a day or \"text\"", operand);
const auto a_given_value = told("a number, a day or \"text\"", value);
const auto comparison_def = an_operand[add_operand] >>
                            ((any_of("=", "!=", "<", "<=", ">", ">=")[compares] >> an_operand[add_operand])  //
                             | (word("in")[is(condition_kind::one_of)] >> word("(") >> a_given_value[add_operand] % word(",") >>
                                word(")"))  //
                             | (word("is") >> (word("blank")[is(condition_kind::is_blank)] | word("given")[is_given] |
                                               word("valid")[is(condition_kind::is_valid)])));
const auto single_def = (word("not")[is(condition_kind::no)] >> nested(single)[add_part])  //
                        | any_of("fillers")[of_fillers]                                    //
                        | (word("(") >> nested(whole_condition)[take] >> word(")"))        //
                        | comparison[take];
const auto both_def = single[add_part] % word("and") >> x3::eps[joined_as(condition_kind::all)];
const auto either_def = both[add_part] % word("or") >> x3::eps[joined_as(condition_kind::any)];
const auto whole_condition_def =
    (word("if")[is(condition_kind::when)] >> either[add_part] >> word("then") >> either[add_part])  //
    | either[take];
BOOST_SPIRIT_DEFINE(value, operand, comparison, single, both, either, whole_condition)

}  // namespace

bool parse_condition(view text, condition_tree& into, progress& seen) {
    const auto keep = [&](auto& found) { into = std::move(x3::_attr(found)); };
    return understood(text, whole_condition[keep] >> end_of_statement, seen);
}

bool parse_rule(view text, rule_tree& into, progress& seen) {
    bool conditional = false;
    const auto level = any_of("error", "hold", "warning", "info");
    const auto head = word("rule") >> a_rule_id[note(into.id)] >> level[note(into.level)] >> quoted[note(into.title)] >>
                      quoted[note(into.help)];
    const auto test = any_of("size", "unknown", "content", "required", "codes", "check-digit", "date", "unique", "order",
                             "encoding", "tabs", "fill", "heading", "columns");
    const auto totals = any_of("total")[note(into.test)] >> -a_total[note(into.total)];
    const auto built_in = word("for") >> (totals | test[note(into.test)]) >> end_of_statement;
    const auto own = word("on") >> record_name[note(into.on)] >> word(":")[([&](auto&) { conditional = true; })];
    cursor first = text.data();
    const cursor last = first + text.size();
    if (!x3::parse(first, last, x3::with<progress_tag>(seen)[head >> (own | built_in)])) return false;
    if (!conditional) return true;
    return parse_condition(view(first, static_cast<std::size_t>(last - first)), into.must_hold, seen);
}

}  // namespace brygga::layout::language::detail
