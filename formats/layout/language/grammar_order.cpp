#include "formats/layout/language/detail/terminals.hpp"

namespace brygga::layout::language::detail {

namespace {

constexpr token_parser record_field{end_of_record_field, "RECORD.FIELD"};

const auto is_record = [](auto& found) { x3::_val(found) = order_tree{order_kind::record, x3::_attr(found), {}, {}}; };
const auto take = [](auto& found) { x3::_val(found) = std::move(x3::_attr(found)); };
// Repeats of a repeated group stand around it.
const auto repeat = [](auto& found) {
    order_tree& made = x3::_val(found);
    if (!made.repeat.empty()) made = order_tree{order_kind::sequence, {}, {}, {made}};
    made.repeat = x3::_attr(found);
};
const auto add = [](order_kind kind) {
    return [kind](auto& found) {
        x3::_val(found).kind = kind;
        x3::_val(found).parts.push_back(std::move(x3::_attr(found)));
    };
};

struct item_id;
struct sequence_id;
struct choice_id;
const x3::rule<item_id, order_tree> item = "item";
const x3::rule<sequence_id, order_tree> sequence = "sequence";
const x3::rule<choice_id, order_tree> choice = "choice";

const auto item_def = (record_name[is_record] | (word("(") >> nested(choice)[take] >> word(")"))) >>
                      -any_of("?", "*", "+")[repeat];
const auto sequence_def = +item[add(order_kind::sequence)];
const auto choice_def = sequence[add(order_kind::choice)] % word("|");
BOOST_SPIRIT_DEFINE(item, sequence, choice)

// count of RECORD {+ count of RECORD}, sum of RECORD.FIELD {+|- RECORD.FIELD}
struct total_draft {
    total_tree& made;
    term_tree term;

    auto counted() {
        return [this](auto& found) { made.terms.push_back({true, false, x3::_attr(found)}); };
    }
    auto summed() {
        return [this](auto& found) { made.terms.push_back({false, term.subtracts, x3::_attr(found)}); };
    }
    auto sign(bool subtracts) {
        return [this, subtracts](auto&) { term.subtracts = subtracts; };
    }
};

}  // namespace

bool parse_order(view text, order_statement_tree& into, progress& seen) {
    const auto keep = [&](auto& found) { into.order = std::move(x3::_attr(found)); };
    return understood(text, word("order")[note(into.word)] >> choice[keep] >> end_of_statement, seen);
}

bool parse_total(view text, total_tree& into, progress& seen) {
    total_draft draft{into, {}};
    const auto counted = told("a record or all", record_name[draft.counted()] | word("all")[draft.counted()]);
    const auto counts = (word("count") >> word("of") >> counted) % word("+");
    const auto sign = word("+")[draft.sign(false)] | word("-")[draft.sign(true)];
    const auto sums = word("sum") >> word("of") >> record_field[draft.summed()] >> *(sign >> record_field[draft.summed()]);
    const auto within = word("within") >> record_name[note(into.within)];
    const auto statement = word("total") >> record_field[note(into.carrier)] >> word("=") >> (counts | sums) >> -within;
    return understood(text, statement >> end_of_statement, seen);
}

}  // namespace brygga::layout::language::detail
