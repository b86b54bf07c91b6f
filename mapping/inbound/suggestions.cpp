#include "mapping/inbound/suggestions.hpp"

#include <algorithm>
#include <utility>

#include "formats/core/check_digit.hpp"
#include "formats/core/identity.hpp"
#include "mapping/inbound/reasons.hpp"

namespace brygga::inbound {

namespace {

// How much each clue says. Two weak clues together outweigh one strong one.
constexpr std::uint32_t stated_reference_score = 60;
constexpr std::uint32_t stated_number_score = 50;
constexpr std::uint32_t edit_distance_score = 40;
constexpr std::uint32_t stated_customer_score = 35;
constexpr std::uint32_t payer_identity_score = 30;
constexpr std::uint32_t amount_score = 25;

class ranking {
 public:
    explicit ranking(std::string_view currency) : currency_(currency) {}

    void add(const ledger::open_invoice& invoice, std::string_view why, std::uint32_t score) {
        if (invoice.open_ore() <= 0 || invoice.currency != currency_) return;
        auto same = std::find_if(found_.begin(), found_.end(), [&](const suggestion& s) { return s.invoice_id == invoice.id; });
        if (same == found_.end()) same = found_.insert(found_.end(), {invoice.id, 0, {}});
        if (std::find(same->reasons.begin(), same->reasons.end(), why) != same->reasons.end()) return;
        same->reasons.push_back(why);
        same->score += score;
    }

    void add(const std::vector<ledger::open_invoice>& invoices, std::string_view why, std::uint32_t score) {
        for (std::size_t i = 0; i < std::min(invoices.size(), max_suggestion_sources); ++i)
            add(invoices[i], why, score);
    }

    [[nodiscard]] std::vector<suggestion> best() && {
        std::sort(found_.begin(), found_.end(), [](const suggestion& a, const suggestion& b) {
            return a.score != b.score ? a.score > b.score : a.invoice_id < b.invoice_id;
        });
        if (found_.size() > max_suggestions) found_.resize(max_suggestions);
        return std::move(found_);
    }

 private:
    std::string_view currency_;
    std::vector<suggestion> found_;
};

result<void> add_neighbours(const std::vector<std::string>& variants, ledger::transaction& from, ranking& into) {
    for (const std::string& variant : variants) {
        auto found = from.invoices_with_reference(variant);
        if (!found) return tl::unexpected(found.error());
        into.add(*found, reason::edit_distance_1, edit_distance_score);
    }
    return {};
}

result<void> add_open_of(std::string_view customer_id, std::string_view why, std::uint32_t score, ledger::transaction& from,
                         ranking& into) {
    auto open = from.open_invoices_of(customer_id);
    if (!open) return tl::unexpected(open.error());
    into.add(*open, why, score);
    return {};
}

result<void> add_number(const number_candidate& number, ledger::transaction& from, ranking& into) {
    if (number.kind == number_kind::customer)
        return add_open_of(number.digits, reason::stated_customer, stated_customer_score, from, into);
    auto by_reference = from.invoices_with_reference(number.digits);
    if (!by_reference) return tl::unexpected(by_reference.error());
    into.add(*by_reference, reason::stated_reference, stated_reference_score);
    auto by_number = from.invoice_with_number(number.digits);
    if (!by_number) return tl::unexpected(by_number.error());
    if (*by_number) into.add(**by_number, reason::stated_number, stated_number_score);
    return {};
}

// Whatever the payer wrote: the extra references too. Numbers that are one slip from a reference count, joined ones not.
result<void> add_stated(const ledger::payment& item, const ocr_agreement& ocr, ledger::transaction& from, ranking& into) {
    std::string text = texts_of(item).joined;
    for (const ledger::payment_reference& each : item.references) {
        text += '\n';
        text += each.reference;
    }
    const remittance found = find_numbers(text);
    std::size_t look_ups = max_variant_look_ups;
    for (std::size_t i = 0; i < std::min(found.numbers.size(), max_suggestion_numbers); ++i) {
        const number_candidate& number = found.numbers[i];
        auto added = add_number(number, from, into);
        if (!added) return added;
        if (number.joined || number.kind == number_kind::customer) continue;
        const std::vector<std::string> variants = neighbours(number.digits, ocr, std::min(look_ups, max_variants_of_a_number));
        look_ups -= variants.size();
        added = add_neighbours(variants, from, into);
        if (!added) return added;
    }
    return {};
}

result<void> add_payer(const ledger::payment& item, date today, ledger::transaction& from, ranking& into) {
    if (item.from.identity_number.empty()) return {};
    const auto payer = classify_identity(item.from.identity_number, today);
    if (!payer) return {};
    auto customers = from.customers_with_identity(payer->customer_key);
    if (!customers) return tl::unexpected(customers.error());
    for (const ledger::customer& each : *customers) {
        auto added = add_open_of(each.customer_id, reason::same_payer_identity, payer_identity_score, from, into);
        if (!added) return added;
    }
    return {};
}

}  // namespace

std::vector<std::string> neighbours(std::string_view digits, const ocr_agreement& ocr, std::size_t limit) {
    std::vector<std::string> found;
    if (!all_digits(digits) || digits.size() < min_candidate_digits || digits.size() > max_candidate_digits) return found;
    const auto consider = [&](std::string variant) {
        if (found.size() >= limit || variant == digits || variant.size() > max_candidate_digits) return;
        if (ocr::validate(variant, ocr) != ocr_verdict::valid) return;
        if (std::find(found.begin(), found.end(), variant) == found.end()) found.push_back(std::move(variant));
    };
    for (std::size_t i = 0; i + 1 < digits.size(); ++i) {
        std::string swapped(digits);
        std::swap(swapped[i], swapped[i + 1]);
        consider(std::move(swapped));
    }
    for (std::size_t i = 0; i < digits.size(); ++i)
        for (char digit = '0'; digit <= '9'; ++digit) {
            std::string wrong(digits);
            wrong[i] = digit;
            consider(std::move(wrong));
        }
    for (std::size_t i = 0; i < digits.size() && digits.size() > min_candidate_digits; ++i)
        consider(std::string(digits).erase(i, 1));
    for (std::size_t i = 0; i <= digits.size(); ++i)
        for (char digit = '0'; digit <= '9'; ++digit)
            consider(std::string(digits).insert(i, 1, digit));
    return found;
}

result<std::vector<suggestion>> suggest(const ledger::payment& item, std::int64_t amount_ore, const ocr_agreement& ocr,
                                        date today, ledger::transaction& from) {
    ranking found(item.currency);
    auto added = add_stated(item, ocr, from, found);
    if (added) added = add_payer(item, today, from, found);
    if (!added) return tl::unexpected(added.error());
    auto of_amount = from.open_invoices_of_amount(amount_ore, max_suggestion_sources);
    if (!of_amount) return tl::unexpected(of_amount.error());
    found.add(*of_amount, reason::amount_equals_open, amount_score);
    return std::move(found).best();
}

}  // namespace brygga::inbound
