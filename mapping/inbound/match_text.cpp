#include "mapping/inbound/match_text.hpp"

#include <algorithm>
#include <utility>

#include "formats/core/text.hpp"
#include "mapping/inbound/reasons.hpp"

namespace brygga::inbound {

namespace {

constexpr std::size_t reference_columns = 25;
constexpr std::size_t message_columns = 50;

struct found_invoices {
    std::vector<ledger::open_invoice> open;  // each once
    bool paid = false;                       // some number named a paid one
    bool other_currency = false;
    bool complete = true;
};

bool has(const std::vector<ledger::open_invoice>& invoices, ledger::row_id id) {
    return std::any_of(invoices.begin(), invoices.end(), [id](const ledger::open_invoice& each) { return each.id == id; });
}

result<found_invoices> search(std::string_view text, std::string_view currency, const match_rules& rules,
                              ledger::transaction& from) {
    const remittance numbers = find_numbers(text);
    found_invoices found;
    found.complete = numbers.complete;
    for (const number_candidate& number : numbers.numbers) {
        auto meant = invoices_meant(number, rules.ocr, from);
        if (!meant) return tl::unexpected(meant.error());
        for (ledger::open_invoice& each : *meant) {
            if (each.currency != currency)
                found.other_currency = true;
            else if (each.open_ore() <= 0)
                found.paid = true;
            else if (!has(found.open, each.id))
                found.open.push_back(std::move(each));
        }
    }
    return found;
}

std::int64_t sum_open(const std::vector<ledger::open_invoice>& invoices) {
    std::int64_t sum = 0;
    for (const ledger::open_invoice& each : invoices)
        sum += each.open_ore();
    return sum;
}

std::string_view why_nothing(const ledger::payment& item, const found_invoices& found) {
    if (found.paid) return reason::already_paid;
    if (found.other_currency) return reason::other_currency;
    return trimmed(item.reference).empty() && item.message.empty() ? reason::no_reference : reason::unknown_reference;
}

}  // namespace

std::string_view trimmed(std::string_view text) noexcept {
    const std::size_t first = text.find_first_not_of(' ');
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(' ') - first + 1);
}

remittance_texts texts_of(const ledger::payment& item) {
    remittance_texts texts{item.reference, std::nullopt};
    std::string spaced = item.reference;
    bool full = count_code_points(item.reference) >= reference_columns;
    bool differs = false;
    for (std::string_view rest = item.message; !rest.empty();) {
        const std::size_t end = std::min(rest.find('\n'), rest.size());
        const std::string_view line = rest.substr(0, end);
        rest.remove_prefix(std::min(end + 1, rest.size()));
        if (!full) texts.joined += '\n';
        spaced += full ? ' ' : '\n';
        differs = differs || full;
        texts.joined += line;
        spaced += line;
        full = count_code_points(line) >= message_columns;
    }
    if (differs) texts.spaced = std::move(spaced);
    return texts;
}

result<std::vector<ledger::open_invoice>> invoices_meant(const number_candidate& number, const ocr_agreement& ocr,
                                                         ledger::transaction& from) {
    if (number.kind == number_kind::customer) return std::vector<ledger::open_invoice>{};
    if (ocr::validate(number.digits, ocr) == ocr_verdict::valid) {
        auto by_reference = from.invoices_with_reference(number.digits);
        if (!by_reference || !by_reference->empty()) return by_reference;
    }
    std::vector<ledger::open_invoice> meant;
    if (number.kind != number_kind::invoice) return meant;
    auto by_number = from.invoice_with_number(number.digits);
    if (!by_number) return tl::unexpected(by_number.error());
    if (*by_number) meant.push_back(std::move(**by_number));
    return meant;
}

result<std::int64_t> match_by_text(const ledger::payment& item, const match_rules& rules, ledger::transaction& from,
                                   settlement& into) {
    const remittance_texts texts = texts_of(item);
    auto found = search(texts.joined, item.currency, rules, from);
    if (found && found->complete && found->open.empty() && texts.spaced)
        found = search(*texts.spaced, item.currency, rules, from);
    if (!found) return tl::unexpected(found.error());

    const bool several = found->open.size() > 1;
    if (!found->complete)
        into.suspend(item.amount_ore, reason::text_too_long);
    else if (found->open.empty())
        into.suspend(item.amount_ore, why_nothing(item, *found));
    else if (several && sum_open(found->open) != item.amount_ore)
        into.suspend(item.amount_ore, reason::sum_differs);
    if (!into.reasons.empty()) return 0;

    std::int64_t left_ore = item.amount_ore;
    for (ledger::open_invoice& each : found->open)
        left_ore =
            into.pay(into.keep(std::move(each)), left_ore, several ? reason::remittance_text_sum : reason::remittance_text);
    return left_ore;
}

}  // namespace brygga::inbound
