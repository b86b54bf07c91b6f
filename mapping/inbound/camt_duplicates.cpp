#include "mapping/inbound/camt_duplicates.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "formats/core/sha256.hpp"

namespace brygga::inbound {

std::string camt_identity(const camt::message_file& file, std::string_view bytes) {
    sha256 hash;
    const auto add = [&](std::string_view text) { hash.add(fmt::format("{}:{}", text.size(), text)); };
    add(fmt::format("{}", static_cast<int>(file.version.kind)));
    add(file.id);
    if (!file.page.empty()) add("page " + file.page);
    for (const camt::container_facts& each : file.containers) {
        if (!each.page.empty()) add("page " + each.page);
        add(each.id);
        add(each.account);
    }
    if (file.id.empty()) add(sha256_hex(bytes));  // without an id it is the same message only when it is the same file
    return hash.hex();
}

result<std::optional<earlier_message>> camt_duplicates::message(std::string_view identity, const ledger::exchanged_file& file) {
    auto known = before_.find_batch("camt", identity);
    if (!known) return tl::unexpected(known.error());
    if (!*known) return std::nullopt;
    auto same = before_.first_file_with(file.sha256);
    if (!same) return tl::unexpected(same.error());
    earlier_message out{(*known)->file_name, same->has_value() && (*same)->id != file.id};
    report(plan_, camt::rule::R20, severity::error, {nullptr, 0, 0, {}, 0, "MsgId", {}},
           fmt::format("message {}{}", identity.substr(0, 12), out.same_content ? "" : " with other content"),
           fmt::format("not imported before; batch {} holds it", ledger::format_id((*known)->id)));
    return out;
}

result<void> camt_duplicates::section(section_plan& section) {
    if (!section.has_date) return {};
    const bool twice = twice_.contains(section.row.section_no);
    auto known = deposits_of_number(section, plan_.compared, before_);
    if (!known) return tl::unexpected(known.error());
    auto elsewhere = booked_elsewhere(section, *known);
    if (!elsewhere) return tl::unexpected(elsewhere.error());
    if (*elsewhere && (twice || (*elsewhere)->format == format_)) {
        wait(section, may_be_one_of({&**elsewhere, 1}), (*elsewhere)->id);
    } else if (*elsewhere) {
        is_there(section, **elsewhere);
    } else {
        auto compared = maybe_repeated(section, *known);
        if (compared) compared = with_totals(section);
        if (!compared) return compared;
        if (twice && section.may_repeat.empty())
            wait(section, "a deposit whose number, and the bank's references of its payments, no other of the message has", 0);
    }
    return {};
}

void camt_duplicates::is_there(section_plan& section, const ledger::known_deposit& earlier) {
    section.already_in = earlier.id;
    const entry_place& place = plan_.place_of(section);
    report(plan_, camt::rule::R22, severity::info, {&place, section.row.section_no, section.line, {}, place.begin, "NtryRef", {}},
           section.row.serial,
           fmt::format("not booked again: deposit {} holds it, by {}", ledger::format_id(earlier.id), earlier.format));
}

void camt_duplicates::within_message() {
    deposits_of_file of_file;
    std::vector<std::tuple<std::uint64_t, std::int64_t, std::uint32_t>> payments;  // number, amount, section
    for (const section_plan& each : plan_.sections) {
        if (each.has_date && of_file.again(each)) twice_.insert(each.row.section_no);
        for (const ledger::payment_trace& payment : each.traces)
            if (payment.number != 0) payments.emplace_back(payment.number, payment.amount_ore, each.row.section_no);
    }
    std::sort(payments.begin(), payments.end());
    for (std::size_t i = 1; i < payments.size(); ++i) {
        const auto& [number, amount_ore, section_no] = payments[i];
        const auto& [number_before, amount_before_ore, section_before] = payments[i - 1];
        if (number != number_before || amount_ore != amount_before_ore || section_no == section_before) continue;
        twice_.insert(section_no);
        // Neither is booked now, and who releases one must know of the other.
        if (!plan_.section_of(section_before)->held_by.empty()) twice_.insert(section_before);
    }
}

void camt_duplicates::wait(section_plan& section, std::string expected, ledger::row_id may_be) {
    const entry_place& place = plan_.place_of(section);
    if (report(plan_, camt::rule::R22, severity::hold,
               {&place, section.row.section_no, section.line, {}, place.begin, "NtryRef", {}}, section.row.serial, expected)) {
        add_once(section.held_by, camt::info(camt::rule::R22).id);
        section.may_repeat = std::move(expected);
        section.may_be = may_be;
    }
}

// By its number and amount in another format, else by the bank's references of its payments, each deposit for one section. Money
// that was given back to us is no receipt, though it looks like one.
result<std::optional<ledger::known_deposit>> camt_duplicates::booked_elsewhere(
    const section_plan& section, const std::vector<ledger::known_deposit>& same_number) {
    if (section.comes_back) return std::nullopt;
    for (const ledger::known_deposit& each : same_number) {
        if (each.format == format_ || !same_money(section, each)) continue;
        const auto other = holds_other_payments(each, section, each.source == "camt", before_);
        if (!other) return tl::unexpected(other.error());
        if (!*other) return each;
    }
    if (!same_number.empty()) return std::nullopt;
    auto found = deposit_of_same_payments(section, before_);
    if (found && *found && !taken_.insert((*found)->id).second) found->reset();
    return found;
}

// A number that was booked with other money or by the same format waits, and so do a deposit without a number that may be one
// of the same day and amount, and one with a payment that an earlier deposit holds: banks group payments in one channel otherwise
// than in another. What is booked wrongly to the bank cannot be taken back, what waits can be released.
result<void> camt_duplicates::maybe_repeated(section_plan& section, const std::vector<ledger::known_deposit>& same_number) {
    if (!same_number.empty()) {
        wait(section, may_be_one_of(same_number), same_number.front().id);
        return {};
    }
    const auto twins = deposits_.twins_of(section);
    if (!twins) return tl::unexpected(twins.error());
    const auto same = same_by_our_references(section, *twins, false, before_);
    if (!same) return tl::unexpected(same.error());
    if (*same) {
        is_there(section, **same);
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

// What a statement has said of the deposit before it came.
result<void> camt_duplicates::with_totals(const section_plan& section) {
    if (!has_number(section.row.serial)) return {};
    const auto totals =
        before_.known_totals(section.row.bankgiro, static_cast<int>(section.row.payment_date.year()), section.row.serial);
    if (!totals) return tl::unexpected(totals.error());
    const auto same = [&](const ledger::deposit_total& each) {
        return each.amount_ore == section.row.amount_ore && each.currency == section.row.currency;
    };
    if (totals->empty() || std::any_of(totals->begin(), totals->end(), same)) return {};
    const entry_place& place = plan_.place_of(section);
    report(plan_, camt::rule::R10, severity::warning,
           {&place, section.row.section_no, section.line, {}, place.begin, "Amt", section.row.serial},
           fmt::format("a deposit of {} {}", format_decimal_amount(section.row.amount_ore), section.row.currency),
           fmt::format("the {} {} of a statement; see brygga status", format_decimal_amount(totals->front().amount_ore),
                       totals->front().currency));
    return {};
}

result<void> camt_duplicates::total(const total_plan& stated, ledger::row_id batch_id) {
    const ledger::deposit& row = stated.section.row;
    auto known = before_.known_deposits(row.bankgiro, static_cast<int>(row.payment_date.year()), row.serial);
    if (!known) return tl::unexpected(known.error());
    const auto booked = std::find_if(known->begin(), known->end(),
                                     [&](const ledger::known_deposit& each) { return same_money(stated.section, each); });
    if (booked != known->end())
        return before_.add_skipped({batch_id, row.section_no, booked->id, std::string(camt::info(camt::rule::R10).id)});
    const camt_subject where{&stated.place, row.section_no, stated.section.line, {}, stated.place.begin, "Amt", row.serial};
    const std::string found = fmt::format("a total of {} {}", format_decimal_amount(row.amount_ore), row.currency);
    if (known->empty())
        report(plan_, camt::rule::R10, severity::info, where, found, "its payments; they have not come yet");
    else
        report(plan_, camt::rule::R10, severity::warning, where, found,
               fmt::format("the {} {} of deposit {}", format_decimal_amount(known->front().amount_ore), known->front().currency,
                           ledger::format_id(known->front().id)));
    return before_.add_total(
        {batch_id, row.section_no, row.bankgiro, row.payment_date, row.serial, row.currency, row.amount_ore});
}

// The number of the deposit, the place in it and the amount are as good as a reference, which each channel writes its own way;
// where the deposit has no number the reference must agree too. Payments that camt itself brought have the bank's reference.
result<std::optional<ledger::known_payment>> camt_duplicates::same_payment(const ledger::payment& row,
                                                                           const section_plan& section) {
    if (ledger::tells_apart(row.serial)) {
        auto known = before_.payment_with_serial({row.serial, row.amount_ore, two_years_before(row.value_date)});
        if (!known || *known) return known;
    }
    ledger::transaction::place where{row.bankgiro,        row.value_date, section.row.serial,
                                     row.section_ordinal, row.amount_ore, std::nullopt};
    if (section.row.serial == no_deposit_serial) where.reference = row.reference;
    auto known = before_.payment_at(where);
    if (known && *known && !row.serial.empty() && (*known)->source == "camt") return std::nullopt;
    return known;
}

result<void> camt_duplicates::payment(const ledger::payment& row, const section_plan& section, const camt::payment_view& view,
                                      payment_holds& holds) {
    auto known = same_payment(row, section);
    if (!known) return tl::unexpected(known.error());
    if (!*known) return {};
    auto earlier = before_.find_payment((*known)->id);
    if (!earlier) return tl::unexpected(earlier.error());
    // Within a message only the same reference in two deposits is one payment: a bank may write one for all of a deposit.
    const bool same_batch = *earlier && (*earlier)->batch_id == row.batch_id;
    if (same_batch && (row.serial.empty() || (*earlier)->serial != row.serial || (*earlier)->deposit_id == row.deposit_id))
        return {};
    const entry_place& place = plan_.place_of(section);
    std::uint64_t line = 0;
    if (!plan_.ledger_findings.full()) {  // beyond that nobody will see it, and counting costs the whole entry
        const std::string_view passed = bytes_.substr(place.begin, view.begin - place.begin);
        line = section.line + static_cast<std::uint64_t>(std::count(passed.begin(), passed.end(), '\n'));
    }
    if (!report(plan_, camt::rule::R22, severity::hold,
                {&place, section.row.section_no, line, view.place, view.begin, "AcctSvcrRef", row.serial},
                fmt::format("payment {} of the deposit", row.section_ordinal), seen_before(**known)))
        return {};
    add_once(holds.rules, camt::info(camt::rule::R22).id);
    holds.same_as = (*known)->id;
    return {};
}

}  // namespace brygga::inbound
