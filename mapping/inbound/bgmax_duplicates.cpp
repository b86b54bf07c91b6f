#include "mapping/inbound/bgmax_duplicates.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "mapping/inbound/duplicates.hpp"

namespace brygga::inbound {

namespace {

struct place {
    std::uint64_t line{};
    std::string_view record;
    std::uint16_t first_column{}, last_column{};
    std::uint32_t section{};
    std::string_view serial;
};

// Returns whether the rule holds or refuses: a profile may have made it a warning, or it may be switched off.
bool report(finding_list& into, bgmax::rule broken, severity level, const place& where, std::string found, std::string expected) {
    const auto in_force = into.add(static_cast<std::size_t>(broken), level, [&] {
        finding made;
        made.where = {where.line, 0, where.first_column, where.last_column};
        made.record = where.record;
        if (!where.record.empty()) made.field = "serial";
        made.found = std::move(found);
        made.expected = std::move(expected);
        made.section = where.section;
        made.serial = where.serial;
        return made;
    });
    return in_force && *in_force >= severity::hold;
}

}  // namespace

result<std::optional<ledger::known_payment>> bgmax_duplicates::file(std::string_view identity) {
    auto known = before_.find_batch("bgmax", identity);
    if (known && *known)
        report(plan_.ledger_findings, bgmax::rule::R60, severity::error, {plan_.file.first_line, {}, 0, 0, 0, {}},
               fmt::format("file {}", identity.substr(0, 12)),
               fmt::format("not imported before; batch {} holds it", ledger::format_id((*known)->id)));
    return known;
}

result<void> bgmax_duplicates::section(section_plan& section) {
    if (!section.has_date) return {};
    const bool again = of_file_.again(section);
    auto known = deposits_of_number(section, plan_.compared, before_);
    if (!known) return tl::unexpected(known.error());
    if (known->empty()) {
        auto compared = from_camt_without_number(section);
        if (again && section.may_repeat.empty()) wait(section, "a deposit that is not in the file already", 0);
        return compared;
    }
    for (const ledger::known_deposit& each : *known) {
        if (again || each.source == "bgmax" || !same_money(section, each)) continue;
        const auto other = holds_other_payments(each, section, false, before_);
        if (!other) return tl::unexpected(other.error());
        if (*other) continue;
        is_there(section, each);
        return {};
    }
    wait(section,
         fmt::format("a deposit number not imported before in {}; deposit {} of {} has it",
                     static_cast<int>(section.row.payment_date.year()), ledger::format_id(known->front().id),
                     known->front().format),
         known->front().id);
    return {};
}

void bgmax_duplicates::is_there(section_plan& section, const ledger::known_deposit& earlier) {
    section.already_in = earlier.id;
    report(plan_.ledger_findings, bgmax::rule::R61, severity::info, {section.line, "15", 46, 50, section.row.section_no, {}},
           section.row.serial,
           fmt::format("not booked again: deposit {} holds it, by {}", ledger::format_id(earlier.id), earlier.source));
}

void bgmax_duplicates::wait(section_plan& section, std::string expected, ledger::row_id may_be) {
    if (!report(plan_.ledger_findings, bgmax::rule::R61, severity::hold, {section.line, "15", 46, 50, section.row.section_no, {}},
                section.row.serial, expected))
        return;
    section.held_by.push_back(bgmax::info(bgmax::rule::R61).id);
    section.may_repeat = std::move(expected);
    section.may_be = may_be;
}

// One of both has no number. The bank's numbers of all payments tell the deposit; the day and the amount alone decide nothing, so
// a person does. So too where camt has brought payments of it grouped in another way.
result<void> bgmax_duplicates::from_camt_without_number(section_plan& section) {
    const auto same = deposit_of_same_payments(section, before_);
    if (!same) return tl::unexpected(same.error());
    if (*same) {
        is_there(section, **same);
        return {};
    }
    const auto twins = deposits_.twins_of(section);
    if (!twins) return tl::unexpected(twins.error());
    const auto by_references = same_by_our_references(section, *twins, false, before_);
    if (!by_references) return tl::unexpected(by_references.error());
    if (*by_references) {
        is_there(section, **by_references);
        return {};
    }
    if (!twins->empty())
        wait(section, may_be_one_of(*twins), twins->front().id);
    else if (section.repeats)
        wait(section, seen_before(*section.repeats), section.repeats->deposit_id);
    if (!twins->empty() || section.repeats) return {};
    const auto holds_some = payments_.that_holds_some_of(section);
    if (!holds_some) return tl::unexpected(holds_some.error());
    if (*holds_some) wait(section, of_the_day(section, **holds_some), **holds_some);
    return {};
}

result<std::optional<ledger::known_payment>> bgmax_duplicates::same_serial(const ledger::payment& row) {
    return before_.payment_with_serial({row.serial, row.amount_ore, two_years_before(row.value_date)});
}

result<std::optional<ledger::known_payment>> bgmax_duplicates::same_place(const ledger::payment& row,
                                                                          const section_plan& section) {
    ledger::transaction::place where{row.bankgiro, row.value_date, section.row.serial, row.section_ordinal, {}, {}};
    if (section.row.serial == no_deposit_serial) {
        where.amount_ore = row.amount_ore;
        where.reference = row.reference;
    }
    return before_.payment_at(where);
}

result<void> bgmax_duplicates::payment(const ledger::payment& row, const section_plan& section, std::uint64_t line,
                                       payment_holds& holds) {
    const bool numbered = !row.serial.empty();
    auto known = numbered ? same_serial(row) : same_place(row, section);
    if (!known) return tl::unexpected(known.error());
    if (!*known) return {};
    auto earlier = before_.find_payment((*known)->id);
    if (!earlier) return tl::unexpected(earlier.error());
    if (*earlier && (*earlier)->batch_id == row.batch_id) return {};

    const bgmax::rule broken = numbered ? bgmax::rule::R62 : bgmax::rule::R63;
    const bool deduction = row.kind == ledger::payment_kind::deduction;
    const place where{line, deduction ? "21" : "20", 58, 69, section.row.section_no, row.serial};
    if (!report(plan_.ledger_findings, broken, severity::hold, where,
                numbered ? row.serial : fmt::format("payment {} of the deposit", row.section_ordinal), seen_before(**known)))
        return {};
    holds.rules.push_back(bgmax::info(broken).id);
    holds.same_as = (*known)->id;
    return {};
}

}  // namespace brygga::inbound
