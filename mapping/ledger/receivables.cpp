#include "mapping/ledger/receivables.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "formats/core/money.hpp"
#include "mapping/ledger/allocation.hpp"

namespace brygga::ledger {

namespace {

constexpr std::string_view reason_invoice = "invoice";
constexpr std::string_view reason_credit_note = "credit-note";
constexpr std::string_view reason_offset = "credit-note-offset";
constexpr std::string_view reason_prepaid = "prepaid";
constexpr std::string_view reason_advance = "free-advance";

tl::unexpected<error> refuse(std::string_view rule, std::string_view text) {
    return fail(error_code::invalid_content, rule.empty() ? std::string(text) : fmt::format("{}: {}", rule, text));
}

// What of one advance goes to an invoice.
struct advance_share {
    row_id advance_id{};
    std::int64_t amount_ore{};
};

std::int64_t sum_of(const std::vector<advance_share>& shares) {
    std::int64_t sum_ore = 0;
    for (const advance_share& each : shares)
        sum_ore += each.amount_ore;
    return sum_ore;
}

result<void> post_claim(transaction& into, row_id invoice_id, const invoice& item) {
    entry claim{0, entry_kind::invoice, invoice_id, item.issue_date, 0, {}};
    for (const invoice_part& part : parts_of(item)) {
        if (part.amount_ore == 0) continue;
        claim.postings.push_back(
            {account::receivable, part.amount_ore, item.currency, invoice_id, part.part_no, item.customer_id, reason_invoice});
    }
    if (item.total_ore != 0)
        claim.postings.push_back({account::billing, -item.total_ore, item.currency, 0, 0, item.customer_id, reason_invoice});
    if (claim.postings.empty()) return {};  // an invoice of nothing: a document without a claim
    return into.add_entry(claim);
}

// Debits the advances and credits the invoice's parts.
result<void> post_advance_use(transaction& into, row_id invoice_id, const invoice& item, const std::vector<advance_share>& shares,
                              std::string_view reason) {
    auto open = into.invoice_with_id(invoice_id);
    if (!open) return tl::unexpected(std::move(open.error()));
    if (!*open) return fail(error_code::not_found, fmt::format("no invoice has the id {}", format_id(invoice_id)));
    entry use{0, entry_kind::advance_use, invoice_id, item.issue_date, 0, {}};
    for (const advance_share& each : shares)
        use.postings.push_back({account::advance, each.amount_ore, item.currency, each.advance_id, 0, item.customer_id, reason});
    const std::vector<std::int64_t> per_part = share(sum_of(shares), (*open)->parts);
    for (std::size_t i = 0; i < per_part.size(); ++i) {
        if (per_part[i] == 0) continue;
        use.postings.push_back({account::receivable, -per_part[i], item.currency, invoice_id, (*open)->parts[i].part.part_no,
                                item.customer_id, reason});
    }
    return into.add_entry(use);
}

// Takes `amount_ore` from what `left` says is there, in its order.
template <class Rows, class Left, class Id>
std::vector<advance_share> take(std::int64_t amount_ore, const Rows& rows, Left left, Id id) {
    std::vector<advance_share> shares;
    for (const auto& each : rows) {
        const std::int64_t taken_ore = std::min(amount_ore, left(each));
        if (taken_ore <= 0) continue;
        shares.push_back({id(each), taken_ore});
        amount_ore -= taken_ore;
    }
    return shares;
}

result<std::vector<advance_share>> prepaid_shares(transaction& into, const invoice& item) {
    auto found = into.find_reservation(item.prepaid->reservation_id);
    if (!found) return tl::unexpected(std::move(found.error()));
    if (!*found) return refuse("BILL-R24", "there is no such reservation");
    const reservation_state& reserved = **found;
    if (reserved.released) return refuse("BILL-R24", "the reservation has been released");
    if (reserved.row.customer_id != item.customer_id) return refuse("BILL-R24", "the reservation is another customer's");
    if (reserved.currency != item.currency) return refuse("BILL-R24", "the reservation is in another currency");
    const auto left = [](const reserved_part& each) { return each.reserved_ore - each.used_ore; };
    auto shares = take(item.prepaid->amount_ore, reserved.parts, left, [](const reserved_part& each) { return each.advance_id; });
    if (sum_of(shares) != item.prepaid->amount_ore)
        return refuse("BILL-R25",
                      fmt::format("{} öre deducted, {} left of the reservation", item.prepaid->amount_ore, sum_of(shares)));
    return shares;
}

result<std::int64_t> use_prepaid(transaction& into, row_id invoice_id, const invoice& item) {
    auto shares = prepaid_shares(into, item);
    if (!shares) return tl::unexpected(std::move(shares.error()));
    for (const advance_share& each : *shares) {
        auto used = into.use_reservation(item.prepaid->reservation_id, each.advance_id, invoice_id, each.amount_ore);
        if (!used) return tl::unexpected(std::move(used.error()));
    }
    auto posted = post_advance_use(into, invoice_id, item, *shares, reason_prepaid);
    if (!posted) return tl::unexpected(std::move(posted.error()));
    return item.prepaid->amount_ore;
}

result<std::int64_t> use_free_advances(transaction& into, row_id invoice_id, const invoice& item) {
    if (item.total_ore <= 0) return 0;
    auto free = into.free_advances_of(item.customer_id);
    if (!free) return tl::unexpected(std::move(free.error()));
    const auto left = [&](const open_advance& each) { return each.row.currency == item.currency ? each.free_ore : 0; };
    const auto shares = take(item.total_ore, *free, left, [](const open_advance& each) { return each.row.id; });
    if (shares.empty()) return 0;
    auto posted = post_advance_use(into, invoice_id, item, shares, reason_advance);
    if (!posted) return tl::unexpected(std::move(posted.error()));
    return sum_of(shares);
}

// The part that a credit note lowers.
struct named_part {
    row_id invoice_id{};
    std::uint16_t part_no{};
    std::int64_t invoiced_ore{};
    std::int64_t open_ore{};  // at most what is open on the whole invoice
};

result<named_part> find_part(transaction& into, const credit_note& item) {
    auto found = into.invoice_with_number(item.invoice_number);
    if (!found) return tl::unexpected(std::move(found.error()));
    if (!*found) return refuse("BILL-R30", "the credit note names an invoice that is not there");
    const open_invoice& invoice = **found;
    if (invoice.customer_id != item.customer_id) return refuse("BILL-R30", "the credit note names another customer's invoice");
    if (invoice.currency != item.currency) return refuse("BILL-R30", "the credit note names an invoice in another currency");
    for (const open_part& each : invoice.parts)
        if (each.part.kind == item.kind && each.part.supply_point == item.supply_point)
            return named_part{invoice.id, each.part.part_no, each.part.amount_ore, std::min(each.open_ore, invoice.open_ore())};
    return refuse("BILL-R30", "the invoice has no part for this utility and supply point");
}

// What the lines of a part come to without the rounding that it bears for the whole invoice; beside other parts an öre more: the
// value added tax of a part alone may be that much above its share of the tax of the whole.
result<std::int64_t> most_to_credit(transaction& into, const credit_note& item, const named_part& part) {
    const auto found = into.find_invoice(part.invoice_id);
    if (!found) return tl::unexpected(found.error());
    if (!*found) return part.invoiced_ore;
    std::int64_t lines_ore = 0;
    for (const invoice_line& each : (*found)->lines)
        if (each.kind == item.kind && each.supply_point == item.supply_point) lines_ore += each.amount_ore;
    return std::max(part.invoiced_ore, lines_ore) + (parts_of(**found).size() > 1 ? 1 : 0);
}

// The note itself is among those that are there.
result<void> check_credited(transaction& into, const credit_note& item, const named_part& part) {
    auto credited = into.credited_on(item.invoice_number, item.kind, item.supply_point);
    if (!credited) return tl::unexpected(std::move(credited.error()));
    const auto is_above = [&](std::int64_t most_ore) {
        ore_sum above = *credited;
        above -= most_ore;
        return !above.negative() && !(above == 0);
    };
    if (!is_above(part.invoiced_ore)) return {};
    const auto most_ore = most_to_credit(into, item, part);
    if (!most_ore) return tl::unexpected(most_ore.error());
    if (!is_above(*most_ore)) return {};
    return refuse("BILL-R30", fmt::format("the credit notes of this part make {} öre, more than the {} that were invoiced on it",
                                          credited->text(), part.invoiced_ore));
}

result<void> post_credit(transaction& into, row_id note_id, const credit_note& item, posting_outcome& outcome) {
    auto part = find_part(into, item);
    if (!part) return tl::unexpected(std::move(part.error()));
    auto possible = check_credited(into, item, *part);
    if (!possible) return possible;
    entry credit{0, entry_kind::credit_note, note_id, item.issue_date, 0, {}};
    credit.postings.push_back({account::billing, item.amount_ore, item.currency, 0, 0, item.customer_id, reason_credit_note});
    credit.postings.push_back(
        {account::credit_note, -item.amount_ore, item.currency, note_id, 0, item.customer_id, reason_credit_note});
    std::int64_t offset_ore = 0;
    if (item.settlement == credit_settlement::offset)
        offset_ore = std::max<std::int64_t>(0, std::min(item.amount_ore, part->open_ore));
    if (offset_ore > 0) {
        credit.postings.push_back({account::credit_note, offset_ore, item.currency, note_id, 0, item.customer_id, reason_offset});
        credit.postings.push_back(
            {account::receivable, -offset_ore, item.currency, part->invoice_id, part->part_no, item.customer_id, reason_offset});
    }
    outcome.other_id = part->invoice_id;
    outcome.offset_ore = offset_ore;
    if (item.settlement == credit_settlement::offset) outcome.not_offset_ore = item.amount_ore - offset_ore;
    return into.add_entry(credit);
}

// Two open invoices with one reference: what is paid with it cannot be told apart.
result<void> find_same_reference(transaction& into, const invoice& item, posting_outcome& outcome) {
    if (item.reference.empty()) return {};
    auto other = into.other_open_with_reference(item.reference, outcome.document.id);
    if (!other) return tl::unexpected(std::move(other.error()));
    outcome.other_id = other->value_or(0);
    return {};
}

std::optional<error> first_fault(const std::vector<document_fault>& faults) {
    if (faults.empty()) return std::nullopt;
    return refuse(faults.front().rule, faults.front().text).value();
}

}  // namespace

std::vector<document_fault> faults_of(const invoice& item) {
    std::vector<document_fault> faults;
    ore_sum sum;
    for (std::size_t i = 0; i < item.lines.size(); ++i) {
        sum += item.lines[i].amount_ore;
        if (item.lines[i].supply_point.empty())
            faults.push_back({"BILL-R29", fmt::format("/lines/{}/supply_point", i), "every line has a supply point"});
    }
    if (item.lines.empty()) faults.push_back({"BILL-R29", "/lines", "an invoice has at least one line"});
    sum += item.rounding_ore;
    if (!(sum == item.total_ore))
        faults.push_back({"BILL-R29", "/total_ore",
                          fmt::format("the lines and the rounding make {} öre, the total is {}", sum.text(), item.total_ore)});
    if (item.total_ore < 0) faults.push_back({{}, "/total_ore", "an invoice is not negative: that is a credit note"});
    if (item.due_date < item.issue_date) faults.push_back({{}, "/due_date", "the due date is not before the issue date"});
    if (item.prepaid && (item.prepaid->amount_ore <= 0 || item.prepaid->amount_ore > item.total_ore))
        faults.push_back({"BILL-R24", "/prepaid/amount_ore",
                          fmt::format("what is deducted is more than nothing and at most the total, {} öre", item.total_ore)});
    return faults;
}

std::vector<document_fault> faults_of(const credit_note& item) {
    std::vector<document_fault> faults;
    if (item.invoice_number.empty())
        faults.push_back({"BILL-R30", "/invoice_number", "a credit note names the invoice that it lowers"});
    if (item.supply_point.empty()) faults.push_back({"BILL-R30", "/supply_point", "a credit note names the part that it lowers"});
    if (item.amount_ore <= 0) faults.push_back({{}, "/amount_ore", "a credit note is more than nothing"});
    return faults;
}

result<posting_outcome> post_invoice(transaction& into, const invoice& item, const receivables_policy& policy) {
    if (auto fault = first_fault(faults_of(item))) return tl::unexpected(std::move(*fault));
    posting_outcome outcome;
    auto done = into.attempt([&]() -> result<void> {
        auto put = into.put_invoice(item);
        if (!put) return tl::unexpected(std::move(put.error()));
        outcome.document = std::move(*put);
        if (outcome.document.kind != put_kind::inserted) return {};
        const row_id id = outcome.document.id;
        auto claimed = post_claim(into, id, item);
        if (!claimed) return claimed;
        result<std::int64_t> used = 0;
        if (item.prepaid)
            used = use_prepaid(into, id, item);
        else if (policy.use_free_advances)
            used = use_free_advances(into, id, item);
        if (!used) return tl::unexpected(std::move(used.error()));
        outcome.advance_used_ore = *used;
        return find_same_reference(into, item, outcome);
    });
    if (!done) return tl::unexpected(std::move(done.error()));
    return outcome;
}

result<posting_outcome> post_credit_note(transaction& into, const credit_note& item) {
    if (auto fault = first_fault(faults_of(item))) return tl::unexpected(std::move(*fault));
    posting_outcome outcome;
    auto done = into.attempt([&]() -> result<void> {
        auto put = into.put_credit_note(item);
        if (!put) return tl::unexpected(std::move(put.error()));
        outcome.document = std::move(*put);
        if (outcome.document.kind != put_kind::inserted) return {};
        return post_credit(into, outcome.document.id, item, outcome);
    });
    if (!done) return tl::unexpected(std::move(done.error()));
    return outcome;
}

// Its own entries come first: nothing can be posted to an invoice before it is. What a person nets later is no part of it.
result<std::int64_t> advance_used_by(row_id invoice_id, transaction& in) {
    constexpr std::size_t enough = 8;
    const auto entries = in.entries_about(invoice_id, enough);
    if (!entries) return tl::unexpected(entries.error());
    std::int64_t used = 0;
    for (const entry& each : *entries)
        if (each.kind == entry_kind::advance_use && each.source_id == invoice_id)
            for (const posting& part : each.postings)
                if (part.to == account::advance && (part.reason == reason_prepaid || part.reason == reason_advance))
                    used += part.amount_ore;
    return used;
}

std::string_view rule_of(const error& failure) noexcept {
    const std::string_view text = failure.text;
    const std::size_t end = text.find(": ");
    const std::size_t dash = text.find("-R");
    if (end == std::string_view::npos || dash == std::string_view::npos || dash > end) return {};
    const std::string_view id = text.substr(0, end);
    const bool plain =
        std::all_of(id.begin(), id.end(), [](char c) { return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-'; });
    return plain ? id : std::string_view{};
}

}  // namespace brygga::ledger
