// Adds the findings of a Bankgirot file and remembers which section or record each of them holds. Internal to the readers.
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "formats/bankgirot/hold_mark.hpp"
#include "formats/core/finding.hpp"
#include "formats/layout/places.hpp"

namespace brygga::bankgirot {

// Where a finding belongs; ordinal 0 makes a hold one of the whole section.
struct subject {
    std::uint32_t section_no{}, ordinal{};
    std::string_view serial;
};

template <class Rule>
class reporter {
 public:
    reporter(finding_list& findings, std::vector<hold_mark<Rule>>& holds) noexcept : findings_(&findings), holds_(&holds) {}

    // A finding on one field of a line.
    void field(Rule broken, severity level, const layout::record_line& line, const layout::record_info& record,
               const layout::field_info& field, const subject& about, std::string_view expected) {
        add(broken, level, about, [&] {
            finding out = layout::field_finding(line, record, field);
            out.expected = expected;
            return out;
        });
    }
    void field(Rule broken, severity level, const layout::record_line& line, const layout::record_info& record,
               std::string_view field_name, const subject& about, std::string_view expected) {
        field(broken, level, line, record, *record.find(field_name), about, expected);
    }

    // The same on a field of text that should hold digits or a word of the format: a name may have slipped there.
    void slipped_field(Rule broken, severity level, const layout::record_line& line, const layout::record_info& record,
                       std::string_view field_name, const subject& about, std::string_view expected) {
        add(broken, level, about, [&] {
            finding out = layout::field_finding(line, record, *record.find(field_name));
            out.personal = out.personal || out.found.find_first_not_of("0123456789 ") != std::string::npos;
            out.expected = expected;
            return out;
        });
    }

    // A finding on columns without a value.
    void filler(Rule broken, severity level, const layout::record_line& line, const layout::record_info& record,
                const layout::filler_info& columns, const subject& about) {
        add(broken, level, about, [&] { return layout::filler_finding(line, record, columns); });
    }

    // A finding on a place with a text of its own.
    void place(Rule broken, severity level, const location& where, std::string_view record_code, const subject& about,
               std::string_view found, std::string_view expected) {
        add(broken, level, about, [&] {
            finding out;
            out.where = where;
            out.record = record_code;
            out.found = found;
            out.expected = expected;
            return out;
        });
    }

 private:
    template <class Make>
    void add(Rule broken, severity level, const subject& about, const Make& make) {
        const auto in_force = findings_->add(static_cast<std::size_t>(broken), level, [&] {
            finding out = make();
            out.section = about.section_no;
            out.serial = about.serial;
            return out;
        });
        if (in_force == severity::hold) remember({about.section_no, about.ordinal, broken});
    }

    void remember(const hold_mark<Rule>& mark) {
        if (holds_->size() < max_holds) {
            holds_->push_back(mark);
            return;
        }
        const bool told = std::any_of(holds_->begin() + std::ptrdiff_t{max_holds}, holds_->end(),
                                      [&](const hold_mark<Rule>& each) { return each.broken == mark.broken; });
        if (!told) holds_->push_back({0, 0, mark.broken});
    }

    finding_list* findings_;
    std::vector<hold_mark<Rule>>* holds_;
};

}  // namespace brygga::bankgirot
