#include "mapping/inbound/payment_booker.hpp"

#include <algorithm>
#include <cassert>
#include <utility>

#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

#include "mapping/inbound/reasons.hpp"
#include "mapping/payouts/request.hpp"

namespace brygga::inbound {

namespace {

using ledger::account;

bool is_deduction(const ledger::payment& row) {
    return row.kind == ledger::payment_kind::deduction;
}

bool is_split(const ledger::payment& row) {
    return std::any_of(row.references.begin(), row.references.end(),
                       [](const ledger::payment_reference& each) { return each.amount_ore != 0; });
}

// What the payment did to the bank account.
std::int64_t bank_ore(const ledger::payment& row) {
    return is_deduction(row) ? -row.amount_ore : row.amount_ore;
}

// Of an identity number in whichever form; empty for what is shorter.
std::string_view last_ten(std::string_view digits) noexcept {
    constexpr std::size_t wanted = 10;
    return digits.size() < wanted ? std::string_view() : digits.substr(digits.size() - wanted);
}

std::string_view without_blanks(std::string_view text) noexcept {
    const std::size_t first = text.find_first_not_of(' ');
    return first == std::string_view::npos ? std::string_view() : text.substr(first, text.find_last_not_of(' ') + 1 - first);
}

nlohmann::json as_json(const std::vector<suggestion>& suggestions) {
    nlohmann::json list = nlohmann::json::array();
    for (const suggestion& each : suggestions)
        list.push_back({{"invoice_id", ledger::format_id(each.invoice_id)}, {"score", each.score}, {"reasons", each.reasons}});
    return list;
}

}  // namespace

result<void> payment_booker::book(ledger::payment& row, const booking_place& place, const payment_holds& holds,
                                  const match_rules& rules, logical_result& counts) {
    if (auto sealed = seal_payer(row); !sealed) return sealed;
    auto added = into_.add_payment(row);
    if (!added) return added;
    if (!holds.rules.empty()) {
        use_.clear();
        for (const std::string_view rule : holds.rules)
            use_.report(rule);
        use_.suspense_ore = bank_ore(row);
    } else if (row.amount_ore != 0 || is_split(row)) {
        auto matched = match(row, rules, into_, use_);
        if (!matched) return matched;
    } else {
        use_.clear();
    }
    assert(use_.total_ore() == bank_ore(row));
    // A payment of zero can still move money: an invoice paid with a credit note, both stated in TK22 and TK23.
    if (row.amount_ore != 0 || !use_.parts.empty() || !use_.uses.empty() || !use_.advances.empty() || use_.suspense_ore != 0) {
        auto posted = post(row);
        if (!posted) return posted;
    }
    count(row, holds, counts);
    if (use_.reasons.empty()) return {};
    return hold(row, place, holds, rules);
}

result<void> payment_booker::add_without_entry(ledger::payment& row, bool is_news, logical_result& counts) {
    if (auto sealed = seal_payer(row); !sealed) return sealed;
    if (auto added = into_.add_payment(row); !added) return added;
    ++counts.matched;
    if (!is_news) return {};
    booked_sums& sums = counts.sums[row.currency];
    sums.booked_ore += bank_ore(row);
    sums.matched_ore += bank_ore(row);
    return {};
}

result<void> payment_booker::load_protected() {
    if (protected_) return {};
    const auto all = into_.protections().protected_customers();
    if (!all) return tl::unexpected(all.error());
    protected_persons known;
    for (const std::string& each : *all) {
        const auto who = into_.find_customer(each);
        if (!who) return tl::unexpected(who.error());
        known.customers.insert(each);
        if (*who) known.identities.emplace(last_ten((*who)->identity_number));
    }
    known.identities.erase("");
    protected_ = std::move(known);
    return {};
}

// By what was paid, or by who says to pay.
result<bool> payment_booker::is_of_protected(const ledger::payment& row) {
    if (auto loaded = load_protected(); !loaded) return tl::unexpected(std::move(loaded.error()));
    if (protected_->customers.empty()) return false;
    if (protected_->identities.contains(last_ten(row.from.identity_number))) return true;
    std::vector<std::string_view> references = {row.reference};
    for (const ledger::payment_reference& each : row.references)
        references.push_back(each.reference);
    for (const std::string_view reference : references) {
        const std::string_view plain = without_blanks(reference);
        if (plain.empty()) continue;
        const auto paid = into_.invoices_with_reference(plain);
        if (!paid) return tl::unexpected(paid.error());
        for (const ledger::open_invoice& each : *paid)
            if (protected_->customers.contains(each.customer_id)) return true;
    }
    return false;
}

result<void> payment_booker::seal_payer(ledger::payment& row) {
    const auto sealed = is_of_protected(row);
    if (!sealed) return tl::unexpected(sealed.error());
    if (!*sealed) return {};
    for (std::string* each : {&row.from.name, &row.from.extra_name, &row.from.street, &row.from.postcode, &row.from.town,
                              &row.from.country, &row.from.country_code, &row.message})
        each->clear();
    return {};
}

result<void> payment_booker::post(const ledger::payment& row) {
    entry_.id = 0;
    entry_.kind = is_deduction(row) ? ledger::entry_kind::deduction : ledger::entry_kind::payment;
    entry_.source_id = row.id;
    entry_.value_date = row.value_date;
    entry_.postings.clear();
    const auto add = [&](account to, std::int64_t amount_ore, ledger::row_id subject, std::uint16_t part_no,
                         std::string_view customer_id, std::string_view why) {
        entry_.postings.push_back({to, amount_ore, row.currency, subject, part_no, customer_id, why});
    };
    if (row.amount_ore != 0)
        add(account::bank, bank_ore(row), row.deposit_id, 0, {}, is_deduction(row) ? reason::deducted : reason::received);
    for (const settled_part& each : use_.parts) {
        const ledger::open_invoice& invoice = use_.invoices[each.invoice];
        add(account::receivable, -each.amount_ore, invoice.id, each.part_no, invoice.customer_id, each.reason);
    }
    for (const used_credit& each : use_.uses) {
        const ledger::open_credit& credit = use_.credits[each.credit];
        add(account::credit_note, each.amount_ore, credit.id, 0, credit.customer_id, each.reason);
    }
    auto advanced = post_advances(row);
    if (!advanced) return advanced;
    if (use_.suspense_ore != 0) add(account::suspense, -use_.suspense_ore, row.id, 0, {}, use_.reasons.front());
    return into_.add_entry(entry_);
}

result<void> payment_booker::post_advances(const ledger::payment& row) {
    for (const left_advance& each : use_.advances) {
        ledger::advance advance{0, each.customer_id, row.id, row.value_date, row.currency};
        auto added = into_.add_advance(advance);
        if (!added) return added;
        entry_.postings.push_back(
            {account::advance, -each.amount_ore, row.currency, advance.id, 0, each.customer_id, reason::surplus});
    }
    return {};
}

result<std::string> payment_booker::detail(const ledger::payment& row, const payment_holds& holds, const match_rules& rules) {
    nlohmann::json detail{{"amount_ore", bank_ore(row)}, {"suspense_ore", use_.suspense_ore}};
    if (holds.same_as != 0) detail["same_as"] = ledger::format_id(holds.same_as);
    if (use_.suspense_ore > 0 && with_suggestions_ < max_payments_with_suggestions) {
        ++with_suggestions_;
        auto found = suggest(row, use_.suspense_ore, rules.ocr, today_, into_);
        if (!found) return tl::unexpected(found.error());
        detail["suggestions"] = as_json(*found);
    }
    return detail.dump();
}

result<void> payment_booker::hold(const ledger::payment& row, const booking_place& place, const payment_holds& holds,
                                  const match_rules& rules) {
    auto text = detail(row, holds, rules);
    if (!text) return tl::unexpected(text.error());
    ledger::hold item;
    item.file_id = place.file_id;
    item.subject = ledger::hold_subject::payment;
    item.logical_no = place.logical_no;
    item.section_no = place.section_no;
    item.payment_id = row.id;
    item.reasons = fmt::format("{}", fmt::join(use_.reasons, ","));
    item.detail = std::move(*text);
    auto added = into_.add_hold(item);
    if (!added) return added;
    const nlohmann::json logged{
        {"hold_id", ledger::format_id(item.id)}, {"reasons", item.reasons}, {"suspense_ore", use_.suspense_ore}};
    if (auto told = tell_payouts(row); !told) return told;
    return into_.append_log("payment-held", row.id, logged.dump());
}

// A credit note of which more is deducted than is open may be on its way back to the customer already.
result<void> payment_booker::tell_payouts(const ledger::payment& row) {
    if (!is_deduction(row)) return {};
    std::vector<std::string_view> references = {row.reference};
    for (const ledger::payment_reference& each : row.references)
        references.push_back(each.reference);
    for (const std::string_view each : references) {
        const auto credits = each.empty() ? std::vector<ledger::open_credit>{} : into_.credits_with_reference(each);
        if (!credits) return tl::unexpected(credits.error());
        for (const ledger::open_credit& credit : *credits)
            if (auto told = payouts::credit_deducted(credit.id, credit.customer_id, into_); !told) return told;
    }
    return {};
}

// Each payment counts once among matched, unmatched and held; one of zero that settled nothing counts nowhere.
void payment_booker::count(const ledger::payment& row, const payment_holds& holds, logical_result& counts) const {
    booked_sums& sums = counts.sums[row.currency];
    sums.booked_ore += bank_ore(row);
    sums.matched_ore += use_.settled_ore();
    sums.suspense_ore += use_.suspense_ore;
    for (const left_advance& each : use_.advances)
        sums.advances_ore += each.amount_ore;
    if (!use_.advances.empty()) ++counts.advances;
    if (!holds.rules.empty())
        ++counts.held;
    else if (use_.suspense_ore != 0)
        ++counts.unmatched;
    else if (row.amount_ore != 0 || !use_.parts.empty() || !use_.uses.empty())
        ++counts.matched;
}

}  // namespace brygga::inbound
