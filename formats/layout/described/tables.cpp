#include "formats/layout/described/tables.hpp"

#include <algorithm>
#include <limits>

#include <boost/container/small_vector.hpp>

#include "formats/layout/described/conditions.hpp"

namespace brygga::layout::described {

namespace {

constexpr std::size_t usual_fields = 16;

using language::described_field;
using language::described_filler;
using language::described_record;
using language::field_type;
using language::filler_kind;

form form_of(const described_field& field) noexcept {
    switch (field.type) {
        case field_type::number:
        case field_type::ore:
            return field.is_signed || field.optional ? form::text : form::number;
        case field_type::digits:
        case field_type::date:
        case field_type::time:
        case field_type::timestamp:
        case field_type::personal_number:
        case field_type::organisation_number:
        case field_type::identity_number:
        case field_type::bankgiro:
        case field_type::plusgiro:
        case field_type::bank_account:
        case field_type::gs1:
        case field_type::text:
        case field_type::code:
        case field_type::kronor:
        case field_type::iban:
        case field_type::ocr:
            return form::text;
    }
    return form::text;
}

// Digits without other marks in them are written with zeros where a value is short.
bool is_digits_only(const described_field& field) noexcept {
    switch (field.type) {
        case field_type::digits:
        case field_type::bankgiro:
        case field_type::plusgiro:
        case field_type::bank_account:
        case field_type::personal_number:
        case field_type::organisation_number:
        case field_type::identity_number:
        case field_type::gs1:
            return true;
        case field_type::date:
            return field.day_form == language::date_form::ccyymmdd || field.day_form == language::date_form::yymmdd;
        case field_type::time:
            return field.clock_form == language::time_form::hhmmss || field.clock_form == language::time_form::hhmm;
        case field_type::timestamp:
            return field.moment_form == language::timestamp_form::ccyymmddhhmmss;
        case field_type::text:
        case field_type::number:
        case field_type::ore:
        case field_type::kronor:
        case field_type::code:
        case field_type::iban:
        case field_type::ocr:
            return false;
    }
    return false;
}

alignment alignment_of(const described_field& field) noexcept {
    switch (field.aligned) {
        case language::field_alignment::left:
            return alignment::left;
        case language::field_alignment::right:
            return alignment::right;
        case language::field_alignment::of_type:
            break;
    }
    const bool is_number = field.type == field_type::number || field.type == field_type::ore || field.type == field_type::kronor;
    return is_number ? alignment::right : alignment::as_written;
}

std::uint16_t longest_of(const language::code_table& table) noexcept {
    std::size_t out = 1;
    for (const language::code_entry& each : table.entries)
        out = std::max(out, each.value.size());
    return static_cast<std::uint16_t>(std::min<std::size_t>(out, std::numeric_limits<std::uint16_t>::max()));
}

field_info field_info_of(const described_field& field, const language::description& of) {
    const bool only_marks = field.type != field_type::text && field.type != field_type::code && field.type != field_type::iban;
    const std::uint16_t longest = field.type == field_type::code ? longest_of(of.tables[field.table]) : std::uint16_t{0};
    if (of.separated)
        return {field.name, field.first, field.last, form::text, field.guard, alignment::as_written, only_marks, longest};
    form fills = form_of(field);
    if (fills == form::text && is_digits_only(field) && field.aligned == language::field_alignment::of_type)
        fills = field.optional ? form::optional_digits : form::digits;
    return {field.name, field.first, field.last, fills, field.guard, alignment_of(field), only_marks, longest};
}

}  // namespace

filler_info filler_info_of(const described_filler& each) {
    switch (each.holds) {
        case filler_kind::blank:
            return {each.first, each.last, filler::blank, {}};
        case filler_kind::zeros:
            return {each.first, each.last, filler::blank_or_zeros, {}};
        case filler_kind::reserved:
            return {each.first, each.last, filler::anything, {}};
        case filler_kind::constant:
            return {each.first, each.last, filler::constant, each.constant};
    }
    return {};
}

record_tables::record_tables(language::description what) : what_(std::move(what)) {
    place_headings();
    tables_.reserve(what_.records.size());
    codes_are_ascii_ =
        std::all_of(what_.records.begin(), what_.records.end(), [](const described_record& each) { return is_ascii(each.code); });
    for (const described_record& each : what_.records) {
        add_table(each);
        told_by_.push_back(each.when ? mentioned(*each.when).fields : std::vector<std::size_t>());
    }
    add_sections();
    document_.format_id = what_.id;
    document_.version = what_.version;
    document_.width = what_.width;
    document_.code_first = std::max<std::uint16_t>(what_.code_first, 1);
    document_.code_width =
        what_.code_first == 0 ? std::uint16_t{0} : static_cast<std::uint16_t>(what_.code_last - what_.code_first + 1);
    document_.separated = what_.separated;
    const auto is_8_bit = [](encoding each) { return each != encoding::utf_8; };
    const auto stated = std::find_if(what_.encodings.begin(), what_.encodings.end(), is_8_bit);
    if (stated != what_.encodings.end()) document_.eight_bit = *stated;
    document_.guesses_cp850 = std::count_if(what_.encodings.begin(), what_.encodings.end(), is_8_bit) > 1;
    document_.headings = headings_;
    document_.sections = sections_;
    document_.place = [this](const record_line& line, const section_layout* now) { return place(line, now); };
}

// Fields with headings get the columns that their headings have in the layout.
void record_tables::place_headings() {
    if (!what_.separated) return;
    for (described_record& record : what_.records)
        for (described_field& field : record.fields) {
            if (field.heading.empty()) continue;
            const auto known = std::find(headings_.begin(), headings_.end(), field.heading);
            field.first = field.last = static_cast<std::uint16_t>(known - headings_.begin() + 1);
            if (known == headings_.end()) headings_.push_back(field.heading);
        }
    document_.by_heading = !headings_.empty();
    what_.width = static_cast<std::uint16_t>(headings_.size());
    for (const described_record& each : what_.records)
        what_.width = std::max(what_.width, width_of(each));
    if (!document_.by_heading) name_columns();
}

// A header that is not read is written with the names of the fields.
void record_tables::name_columns() {
    for (std::uint16_t column = 1; column <= what_.width; ++column) {
        std::string name = column == what_.code_first ? "code" : std::to_string(column);
        for (const described_record& record : what_.records)
            for (const described_field& field : record.fields)
                if (field.first == column) name = field.name;
        headings_.push_back(std::move(name));
    }
}

std::uint16_t record_tables::width_of(const described_record& kind) const noexcept {
    if (!what_.separated || document_.by_heading) return what_.width;
    std::uint16_t last = kind.code.empty() ? std::uint16_t{0} : what_.code_last;
    for (const described_field& each : kind.fields)
        last = std::max(last, each.last);
    return last;
}

void record_tables::add_table(const described_record& kind) {
    table& made = tables_.emplace_back();
    for (const described_field& each : kind.fields)
        made.fields.push_back(field_info_of(each, what_));
    for (const described_filler& each : kind.fillers)
        made.fillers.push_back(filler_info_of(each));
    made.with_code = made.fillers;
    const bool is_field = std::any_of(kind.fields.begin(), kind.fields.end(),
                                      [this](const described_field& each) { return each.first == what_.code_first; });
    if (!kind.code.empty() && !is_field)
        made.with_code.push_back({what_.code_first, what_.code_last, filler::constant, kind.code});
    std::sort(made.with_code.begin(), made.with_code.end(),
              [](const filler_info& a, const filler_info& b) { return a.first < b.first; });
}

// Its code stands for it where that tells it from the others of its section, else its name.
void record_tables::add_info(std::size_t kind, const std::vector<std::size_t>& beside) {
    const described_record& from = what_.records[kind];
    const bool leads = what_.code_first == 1 || what_.separated;
    const bool is_known_by_code =
        leads && !from.code.empty() && std::none_of(beside.begin(), beside.end(), [&](std::size_t other) {
            return other != kind && (what_.records[other].code == from.code || what_.records[other].name == from.code);
        });
    const table& of = tables_[kind];
    if (is_known_by_code && !what_.separated)
        infos_.push_back({from.code, from.title, what_.width, of.fields, of.fillers, what_.code_last, nullptr});
    else
        infos_.push_back(
            {is_known_by_code ? from.code : from.name, from.title, width_of(from), of.fields, of.with_code, 0, nullptr});
    kinds_.push_back(kind);
}

void record_tables::add_sections() {
    std::vector<std::vector<std::size_t>> kinds;
    for (const language::described_section& each : what_.sections) {
        std::vector<std::size_t>& of = kinds.emplace_back();
        of.push_back(each.opens);
        if (each.closes != language::none) of.push_back(each.closes);
        of.insert(of.end(), each.records.begin(), each.records.end());
    }
    std::vector<std::size_t> outside;
    for (std::size_t i = 0; i != what_.records.size(); ++i)
        if (std::none_of(kinds.begin(), kinds.end(),
                         [i](const auto& each) { return std::find(each.begin(), each.end(), i) != each.end(); }))
            outside.push_back(i);
    if (!outside.empty()) kinds.push_back(std::move(outside));
    for (const auto& each : kinds) {
        in_section_.push_back({infos_.size(), each.size(), false});
        for (const std::size_t kind : each)
            add_info(kind, each);
    }
    for (std::size_t i = 0; i != kinds.size(); ++i) {
        const bool named = i < what_.sections.size();
        in_section_[i].is_closed = named && what_.sections[i].closes != language::none;
        sections_.push_back({named ? std::string_view(what_.sections[i].name) : std::string_view(),
                             std::span(infos_).subspan(in_section_[i].first, in_section_[i].size)});
    }
}

bool record_tables::is(const record_line& line, std::size_t kind) const {
    const described_record& meant = what_.records[kind];
    if (!meant.code.empty()) {
        const std::string_view code = line.columns.slice(what_.code_first, what_.code_last);
        const std::string_view told = line.rows == nullptr ? code : trimmed(code);
        if (told != meant.code && (codes_are_ascii_ || to_utf8(told, line.columns.in) != meant.code)) return false;
    }
    return !meant.when || meets_condition(line, kind);
}

bool record_tables::meets_condition(const record_line& line, std::size_t kind) const {
    const described_record& meant = what_.records[kind];
    boost::container::small_vector<read_value, usual_fields> read(meant.fields.size());
    for (const std::size_t each : told_by_[kind]) {
        const described_field& field = meant.fields[each];
        read_field(field, line.columns.slice(field.first, field.last), line.columns.in, what_, read[each]);
    }
    return holds(*meant.when, {&meant, read.data(), &line.columns});
}

const record_info* record_tables::find(const record_line& line, std::size_t first, std::size_t size) const {
    for (std::size_t i = first; i != first + size; ++i)
        if (is(line, kinds_[i])) return &infos_[i];
    return nullptr;
}

// A record outside all sections ends one that nothing closes.
bool record_tables::stays_open(const section_layout* now) const noexcept {
    return now != nullptr && !now->id.empty() && in_section_[static_cast<std::size_t>(now - sections_.data())].is_closed;
}

line_place record_tables::place(const record_line& line, const section_layout* now) const {
    if (what_.sections.empty()) return {find(line, 0, infos_.size()), &sections_.front(), &sections_.front()};
    if (now != nullptr && !now->id.empty()) {
        const auto at = static_cast<std::size_t>(now - sections_.data());
        const section_kinds& in = in_section_[at];
        if (in.is_closed && is(line, kinds_[in.first + 1])) return {&infos_[in.first + 1], now, nullptr};
        const std::size_t others = in.is_closed ? 2 : 1;
        if (const record_info* const found = find(line, in.first + others, in.size - others)) return {found, now, now};
    }
    for (std::size_t i = 0; i != what_.sections.size(); ++i)
        if (is(line, kinds_[in_section_[i].first])) return {&infos_[in_section_[i].first], &sections_[i], &sections_[i]};
    if (sections_.size() != what_.sections.size())
        if (const record_info* const found = find(line, in_section_.back().first, in_section_.back().size))
            return {found, &sections_.back(), stays_open(now) ? now : nullptr};
    return {nullptr, now, now};
}

}  // namespace brygga::layout::described
