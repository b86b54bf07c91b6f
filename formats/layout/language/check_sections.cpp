#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "formats/layout/language/detail/checking.hpp"

namespace brygga::layout::language::detail {

namespace {

class section_check {
 public:
    section_check(checking& at, const section_tree& tree) : at_(at), tree_(tree) {}

    described_section check() {
        made_.name = tree_.name;
        made_.title = unquoted(tree_.title);
        made_.opens = none;
        for (const section_line_tree& line : tree_.lines)
            for (const view each : line.records)
                take(line, each);
        if (!opened_ && !tree_.broken) at_.fault(tree_.name, "opens RECORD in the lines below");
        return made_;
    }

    [[nodiscard]] view opener() const noexcept { return opened_.value_or(view()); }

 private:
    void take(const section_line_tree& line, view name) {
        const bool opens = line.word == "opens";
        if (opens && std::exchange(opened_, name)) at_.fault(line.word, "opens once");
        const std::size_t record = find_record(at_, name);
        if (record == none) return;
        if (!taken_.insert(record).second) at_.fault(name, "each record once");
        if (opens) {
            made_.opens = record;
        } else if (line.word == "closes") {
            if (made_.closes != none) at_.fault(line.word, "closes once");
            made_.closes = record;
        } else {
            made_.records.push_back(record);
        }
    }

    checking& at_;
    const section_tree& tree_;
    described_section made_;
    std::optional<view> opened_;
    std::set<std::size_t> taken_;
};

// Where a record may stand: bit 0 is outside sections, then one for each section.
using places = std::vector<bool>;

std::vector<places> places_of(const description& made) {
    const std::size_t count = made.sections.size() + 1;
    std::vector<places> out(made.records.size(), places(count, false));
    places inside(made.records.size(), false);
    for (std::size_t i = 0; i < made.sections.size(); ++i) {
        const described_section& section = made.sections[i];
        for (const std::size_t each : section.records)
            out[each][i + 1] = inside[each] = true;
        if (section.closes != none) out[section.closes][i + 1] = inside[section.closes] = true;
        out[section.opens][0] = true;
    }
    for (std::size_t record = 0; record < out.size(); ++record) {
        if (!inside[record]) out[record][0] = true;
        for (std::size_t i = 0; i < made.sections.size(); ++i)  // without a record that closes, what comes next ends a section
            if (made.sections[i].closes == none && out[record][0]) out[record][i + 1] = true;
    }
    return out;
}

// A condition is of the fields and fillers of its record: of other ones the same words may mean something else.
bool means_the_same(const condition& what, const described_record& first, const described_record& second) {
    if (what.kind == condition_kind::fillers) return first.fillers == second.fillers;
    for (const operand& each : what.operands)
        if (const auto* const field = std::get_if<field_reference>(&each); field != nullptr && field->record == none)
            if (first.fields[field->field] != second.fields[field->field]) return false;
    return std::all_of(what.parts.begin(), what.parts.end(),
                       [&](const condition& part) { return means_the_same(part, first, second); });
}

bool hides(const described_record& first, const described_record& second) {
    if (first.code != second.code) return false;
    return !first.when || (first.when == second.when && means_the_same(*first.when, first, second));
}

}  // namespace

void check_sections(checking& at) {
    const std::size_t faults = at.texts.fault_count();
    std::map<std::size_t, std::string_view> opened;
    for (const section_tree& each : at.tree.sections) {
        const auto same = [&](const described_section& known) { return known.name == each.name; };
        if (std::any_of(at.made.sections.begin(), at.made.sections.end(), same))
            at.fault(each.name, fmt::format("another name: there is a section {} already", each.name));
        section_check check(at, each);
        at.made.sections.push_back(check.check());
        const view by = check.opener();
        if (at.made.sections.back().opens == none) continue;
        const auto [known, is_new] = opened.emplace(at.made.sections.back().opens, each.name);
        if (!is_new) at.fault(by, fmt::format("another record: it opens {} already", known->second));
    }
    const auto broken = [](const section_tree& each) { return each.broken; };
    at.sections_doubtful = at.texts.fault_count() != faults || at.tree.incomplete ||
                           std::any_of(at.tree.sections.begin(), at.tree.sections.end(), broken);
}

void check_kinds(checking& at) {
    const std::vector<described_record>& records = at.made.records;
    if (at.sections_doubtful) return;
    const std::vector<places> where = places_of(at.made);
    for (std::size_t second = 0; second < records.size(); ++second) {
        if (at.doubtful[second]) continue;
        if (records.size() > 1 && records[second].code.empty() && !records[second].when) {
            at.fault(at.tree.records[second].name, "a code or \"when CONDITION\", to tell this record from others");
            continue;
        }
        places hidden(where[second].size(), false);
        const described_record* by = nullptr;
        for (std::size_t first = 0; first < second; ++first) {
            if (at.doubtful[first] || !hides(records[first], records[second])) continue;
            for (std::size_t i = 0; i < hidden.size(); ++i)
                if (where[first][i] && where[second][i]) {
                    hidden[i] = true;
                    by = &records[first];
                }
        }
        if (by != nullptr && hidden == where[second])
            at.fault(at.tree.records[second].first_text,
                     fmt::format("something that tells this record from {}, which is stated before it", by->name));
    }
}

}  // namespace brygga::layout::language::detail
