#include <algorithm>
#include <array>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "formats/core/text.hpp"
#include "formats/layout/language/detail/checking.hpp"

namespace brygga::layout::language::detail {

namespace {

template <class Element>
void check_new_name(checking& at, const std::vector<Element>& known, view name, std::string_view what) {
    if (std::any_of(known.begin(), known.end(), [&](const Element& each) { return each.name == name; }))
        at.fault(name, fmt::format("another name: there is a {} {} already", what, name));
}

// What stands in a record's JSON beside its fields.
bool is_json_word(view name) noexcept {
    constexpr std::array<view, 7> words{"record", "section", "line", "end", "encoding", "file", "headings"};
    return std::find(words.begin(), words.end(), name) != words.end();
}

// Goes through the columns of one record: each begins where the one before it ends, but for those of the code.
class column_walk {
 public:
    column_walk(checking& at, const record_tree& record) : at_(at), record_(record) {
        if (record.second_text.empty()) return;
        code_ = {at.made.code_first, at.made.code_last};
        is_lost_ = at.made.code_first == 0;
    }

    // A line of unknown columns: the next one may begin anywhere.
    void lose() { is_lost_ = true; }

    void take(column_range place, view told) {
        if (std::exchange(is_lost_, false)) next_ = place.first;
        if (next_ == code_.first && place.first != next_) next_ = code_.last + 1U;
        const bool over_code = place.first <= code_.last && place.last >= code_.first;
        const bool is_code = place.first == code_.first && place.last == code_.last;
        if (over_code && !is_code)
            at_.fault(told, fmt::format("columns beside {}-{}, where the code stands", code_.first, code_.last));
        else if (place.first != next_)
            at_.fault(told, fmt::format("columns from {} on: those before end at {}", next_, next_ - 1));
        else if (limit() != 0 && place.last > limit())
            at_.fault(told, fmt::format("columns up to {}, the width", limit()));
        next_ = place.last + 1U;
        last_ = told;
    }

    void end() {
        if (next_ == code_.first) next_ = code_.last + 1U;
        if (is_lost_ || limit() == 0 || next_ > limit()) return;
        at_.fault(last_.empty() ? record_.name : last_,
                  fmt::format("columns up to {}, the width: {}-{} are missing", limit(), next_, limit()));
    }

 private:
    [[nodiscard]] std::size_t limit() const noexcept { return at_.is_fixed() ? at_.made.width : 0; }

    checking& at_;
    const record_tree& record_;
    std::size_t next_ = 1;
    bool is_lost_ = false;
    view last_;
    struct {
        std::size_t first = 0, last = 0;
    } code_;
};

std::optional<column_range> place_of(checking& at, const field_tree& field) {
    if (at.is_fixed()) {
        if (!field.columns.empty()) return columns_from(at, field.columns);
        at.fault(field.place(), "columns FIRST-LAST: records are fixed");
        return std::nullopt;
    }
    if (!field.column.empty()) {
        const auto column = number_from(at, field.column, 1, max_layout_fields);
        return column ? std::optional(column_range{*column, *column}) : std::nullopt;
    }
    const bool headed = at.made.separated->header;
    if (field.heading.empty() || !headed)
        at.fault(field.place(),
                 headed ? "a \"HEADING\" or the number of a column" : "the number of a column: there is no header");
    return std::nullopt;
}

void check_filler(checking& at, const field_tree& field, column_range place, described_record& made) {
    described_filler filler{place.first, place.last, {}, {}};
    if (field.filler == "blank") {
        filler.holds = filler_kind::blank;
    } else if (field.filler == "zeros") {
        filler.holds = filler_kind::zeros;
    } else if (field.filler == "reserved") {
        filler.holds = filler_kind::reserved;
    } else {
        filler.holds = filler_kind::constant;
        filler.constant = file_text(at, field.filler).value_or("");
        const std::size_t columns = place.last - place.first + 1U;
        if (!filler.constant.empty() && count_code_points(filler.constant) != columns)
            at.fault(field.filler, fmt::format("a text of {} characters", columns));
        else if (!made.code.empty() && place.first == at.made.code_first && filler.constant != made.code)
            at.fault(field.filler, fmt::format("\"{}\", the code of the record", made.code));
    }
    made.fillers.push_back(std::move(filler));
}

void check_heading(checking& at, const field_tree& field, described_record& made, described_field& of) {
    of.heading = file_text(at, field.heading).value_or("");
    const auto same = [&](const described_field& each) { return !of.heading.empty() && each.heading == of.heading; };
    if (std::any_of(made.fields.begin(), made.fields.end(), same)) at.fault(field.heading, "a heading that is not taken yet");
}

void check_line(checking& at, const field_tree& field, described_record& made, column_walk& walk) {
    const auto place = place_of(at, field);
    if (place)
        walk.take(*place, field.place());
    else
        walk.lose();
    if (!field.filler.empty()) {
        if (!at.is_fixed())
            at.fault(field.filler, "a name: fillers are for fixed records");
        else if (place)
            check_filler(at, field, *place, made);
        return;
    }
    check_new_name(at, made.fields, field.name, "field");
    if (is_json_word(field.name))
        at.fault(field.name, "another name: in JSON record, section, line, end, encoding, file and headings are others");
    described_field of = check_field(at, field, place ? place->last - place->first + 1U : 0U);
    if (place) {
        of.first = place->first;
        of.last = place->last;
    }
    if (!field.heading.empty()) check_heading(at, field, made, of);
    made.fields.push_back(std::move(of));
}

void check_code(checking& at, const record_tree& record, described_record& made) {
    const bool stated = !record.second_text.empty();
    made.title = unquoted(stated ? record.second_text : record.first_text);
    if (!stated) return;
    const view told = record.first_text;
    made.code = file_text(at, told).value_or("");
    const std::size_t columns = at.made.code_last - at.made.code_first + 1U;
    if (at.made.code_first == 0) {
        if (std::find(at.tree.words.begin(), at.tree.words.end(), "code") == at.tree.words.end())
            at.fault(told, "no code: no statement says where codes stand");
    } else if (at.is_fixed() && !made.code.empty() && count_code_points(made.code) != columns) {
        at.fault(told, fmt::format("a code of {} character{}", columns, columns == 1 ? "" : "s"));
    }
}

void check_lines(checking& at, const record_tree& record, described_record& made) {
    column_walk walk(at, record);
    if (record.fields.size() > max_layout_fields) {
        at.fault(record.name, fmt::format("a record of at most {} lines", max_layout_fields));
        return;
    }
    bool headed = false, numbered = false;
    for (const field_tree& each : record.fields) {
        if (each.broken) {
            walk.lose();
            continue;
        }
        (each.heading.empty() ? numbered : headed) = true;
        if (headed && numbered) {
            at.fault(each.place(), "either headings or numbers of columns in a record");
            return;
        }
        check_line(at, each, made, walk);
    }
    walk.end();
}

// Where one record is read by its headings, all are: the header says for the whole file where columns stand.
void check_headings(checking& at) {
    const auto is_headed = [](const record_tree& each) { return !each.fields.empty() && !each.fields.front().heading.empty(); };
    const auto& records = at.tree.records;
    if (at.is_fixed() || std::none_of(records.begin(), records.end(), is_headed)) return;
    for (const record_tree& each : records)
        if (!each.fields.empty() && !each.fields.front().broken && !is_headed(each))
            at.fault(each.name, "fields with headings, as in another record");
    if (at.tree.code && !at.tree.code->column.empty())
        at.fault(at.tree.code->column, "no code column where fields have headings: a record says `when`");
}

}  // namespace

void check_tables(checking& at) {
    for (const codes_tree& each : at.tree.tables) {
        check_new_name(at, at.made.tables, each.name, "code table");
        code_table made{std::string(each.name), {}};
        std::set<std::string> known;
        for (const code_entry_tree& entry : each.entries) {
            auto value = file_text(at, entry.value);
            if (!value) continue;
            if (!known.insert(*value).second) at.fault(entry.value, "each value once");
            made.entries.push_back({std::move(*value), unquoted(entry.text)});
        }
        if (each.entries.empty() && !each.broken) at.fault(each.name, "values in the lines below");
        at.made.tables.push_back(std::move(made));
    }
}

void check_records(checking& at) {
    if (at.tree.records.empty() && !at.tree.incomplete)
        at.fault(at.tree.format.empty() ? at.tree.begin : at.tree.format, "a statement record in this format");
    for (const record_tree& each : at.tree.records) {
        check_new_name(at, at.made.records, each.name, "record");
        described_record made;
        made.name = each.name;
        const std::size_t faults = at.texts.fault_count();
        check_code(at, each, made);
        at.doubtful.push_back(at.texts.fault_count() != faults);
        check_lines(at, each, made);
        if (each.fields.empty() && !each.broken && !at.is_fixed()) at.fault(each.name, "fields in the lines below");
        at.made.records.push_back(std::move(made));
    }
    check_headings(at);
}

}  // namespace brygga::layout::language::detail
