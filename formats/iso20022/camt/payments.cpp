// Payments: what they are for, and the rules about them.
#include <algorithm>

#include <fmt/format.h>

#include "formats/core/check_digit.hpp"
#include "formats/core/currency.hpp"
#include "formats/iso20022/camt/detail/reading.hpp"
#include "formats/iso20022/camt/meaning.hpp"

namespace brygga::camt::detail {

namespace {

bool is_bankgiro(std::string_view scheme) noexcept {
    return scheme == "BGNR" || scheme == "BGC";
}

// The digits of a bankgiro number, without hyphen, blanks and leading zeros; empty when the account is none.
void bankgiro_of(const account& item, std::string& digits) {
    digits.clear();
    std::string_view text;
    if (is_bankgiro(inner(item.scheme_proprietary.text)) || is_bankgiro(inner(item.issuer.text)))
        text = item.other.text;
    else if (is_bankgiro(inner(item.proxy_code.text)) || is_bankgiro(inner(item.proxy_proprietary.text)))
        text = item.proxy.text;
    for (const char c : text) {
        if (c < '0' || c > '9' || (digits.empty() && c == '0')) continue;
        digits += c;
    }
}

// Where the number of the receiving account stands.
struct account_place {
    std::string_view path;
    std::size_t offset{};
};
account_place place_of_creditor(const account& item) noexcept {
    if (item.other.present) return {"RltdPties/CdtrAcct/Id/Othr/Id", item.other.offset};
    if (item.proxy.present) return {"RltdPties/CdtrAcct/Prxy/Id", item.proxy.offset};
    if (item.iban.present) return {"RltdPties/CdtrAcct/Id/IBAN", item.iban.offset};
    return {"RltdPties/CdtrAcct/Id/BBAN", item.bban.offset};
}

// Of the amount of a Strd, by its index.
std::string amount_path(std::uint32_t remittance, std::string_view amount) {
    return fmt::format("RmtInf/Strd[{}]/RfrdDocAmt/{}", remittance + 1, amount);
}

bool is_credit_note(const document& item) noexcept {
    return inner(item.type.text) == "CREN";
}

// An invoice and its credit note may share a Strd that tells both amounts: then it is the invoice.
bool is_credit_note(const structured& item) noexcept {
    const auto notes =
        std::count_if(item.documents.begin(), item.documents.end(), [](const document& each) { return is_credit_note(each); });
    if (item.remitted.present && item.credit_note.present)
        return notes != 0 && notes == item.documents.end() - item.documents.begin();
    return notes != 0 || item.credit_note.present;
}

}  // namespace

void reading::close_payment(const transaction& item, std::size_t begin, std::size_t end) {
    if (item.amount.present || item.detail_amount.present)
        hand_on(item, begin, end, false);
    else
        waiting_ = {&item, begin, end};
}

void reading::settle_waiting(bool alone) {
    if (waiting_.data == nullptr) return;
    const waiting_payment payment = waiting_;
    waiting_ = {};
    hand_on(*payment.data, payment.begin, payment.end, alone);
}

void reading::hand_on(const transaction& item, std::size_t begin, std::size_t end, bool alone) {
    ++file_.records["TxDtls"];
    ++ordinal_;
    ++entry_.payments;
    payment_view made;
    made.entry = &entry_;
    made.ordinal = ordinal_;
    made.entry_ordinal = entry_.payments;
    made.place = place_;
    made.data = &item;
    made.begin = begin;
    made.end = end;
    made.credit = item.indicator.present ? is_credit(item.indicator, at_payment(), "CdtDbtInd", entry_.credit) : entry_.credit;
    if (alone) {
        made.has_amount = entry_.has_amount;
        made.amount_ore = entry_.amount_ore;
        made.currency = entry_.currency;
    } else if (item.amount.present || item.detail_amount.present) {
        const bool own = item.amount.present;
        const auto ore = own ? amount(item.amount, item.currency, at_payment(), "Amt")
                             : amount(item.detail_amount, item.detail_currency, at_payment(), "AmtDtls/TxAmt/Amt");
        made.has_amount = ore.has_value();
        made.amount_ore = ore.value_or(0);
        const value& currency = own ? item.currency : item.detail_currency;
        made.currency = inner(currency.text);
        compare_currency(currency, entry_.currency, at_payment(), own ? "Amt/@Ccy" : "AmtDtls/TxAmt/Amt/@Ccy");
    } else {
        report_.tell(rule::R10, severity::warning, at_payment(), "Amt", begin, {},
                     "an amount: without it the payments cannot be compared with the entry");
    }
    payment_rules(made, item);
    count_payment(made);
    if (into_ != nullptr) into_->payment(made);
    if (options_.passed) options_.passed(begin);
}

void reading::count_payment(const payment_view& item) {
    const std::int64_t ore = item.credit == entry_.credit ? item.amount_ore : -item.amount_ore;
    const bool countable = item.has_amount && item.currency == entry_.currency;
    entry_.has_amounts = entry_.has_amounts && countable;
    batch_.amounts_known = batch_.amounts_known && countable;
    entry_.net_ore += ore;
    batch_.net += ore;
    ++batch_.payments;
    entry_.has_returns = entry_.has_returns || item.returned;
}

void reading::receiving_bankgiro(payment_view& item, const transaction& data) {
    bankgiro_of(data.creditor_account, bankgiro_digits_);
    bankgiro_of(data.debtor_account, payer_digits_);
    item.bankgiro = bankgiro_digits_;
    item.payer_bankgiro = payer_digits_;
    const bool to_no_bankgiro = item.bankgiro.empty() && is_stated(data.creditor_account);
    const bool first = entry_.payments == 1;
    if (first) {
        entry_.bankgiro = bankgiro_digits_;
        entry_.to_no_bankgiro = to_no_bankgiro;
    }
    entry_.one_bankgiro = entry_.one_bankgiro && entry_.bankgiro == item.bankgiro && entry_.to_no_bankgiro == to_no_bankgiro;
    const bool stated = to_no_bankgiro || !item.bankgiro.empty();
    if (!first || !stated || entry_.from_reference.bankgiro.empty() || entry_.from_reference.bankgiro == item.bankgiro) return;
    const account_place place = place_of_creditor(data.creditor_account);
    report_.tell(rule::R15, severity::warning, at_payment(), place.path, place.offset,
                 to_no_bankgiro ? std::string_view("an account that is no bankgiro") : item.bankgiro,
                 fmt::format("{} as in NtryRef", entry_.from_reference.bankgiro));
}

std::optional<std::int64_t> reading::part_amount(const value& stated, const value& currency, const std::string& path) {
    if (!stated.present) return std::nullopt;
    compare_currency(currency, entry_.currency, at_payment(), path + "/@Ccy");
    // A hint how the payment is divided: the payment waits, and the message is as good as without it.
    const auto parsed = decimal_amount(stated);
    if (parsed && *parsed >= 0 && is_currency(inner(currency.text))) return *parsed;
    report_.hold(rule::R14, at_payment(), path, stated.offset, stated.text,
                 !parsed       ? parsed.error().text
                 : *parsed < 0 ? "an amount that is not negative"
                               : "an amount with a currency");
    return std::nullopt;
}

void reading::understand_parts(const transaction& item, const ocr_agreement* agreement) {
    parts_.clear();
    const auto add = [&](const value& reference, part like) {
        like.reference = inner(reference.text);
        like.ocr = agreement != nullptr && agreement->level != ocr_level::none && all_digits(like.reference) &&
                   ocr::validate(like.reference, *agreement) == ocr_verdict::valid;
        parts_.push_back(like);
    };
    for (std::uint32_t i = 0; i < item.remittances.size(); ++i) {
        const structured& each = item.remittances[i];
        part like;
        like.remittance = i;
        like.credit_note = is_credit_note(each);
        const auto remitted = part_amount(each.remitted, each.remitted_currency, amount_path(i, "RmtdAmt"));
        const auto noted = part_amount(each.credit_note, each.credit_note_currency, amount_path(i, "CdtNoteAmt"));
        like.amount_ore = like.credit_note && noted ? noted : remitted;
        if (!like.credit_note) like.taken_off_ore = noted.value_or(0);
        // Without a reference and an amount it is text.
        const bool text_only = !each.remitted.present && !each.credit_note.present && !like.credit_note;
        if (each.reference.present || each.documents.empty()) {
            if (!text_only || !inner(each.reference.text).empty()) add(each.reference, like);
            continue;
        }
        // Each number is a candidate for the one amount; that of an invoice before those of its credit notes.
        like.stated_as_document = true;
        for (const bool other : {false, true}) {
            like.document = 0;
            for (const document& number : each.documents) {
                if ((is_credit_note(number) != like.credit_note) == other) {
                    add(number.number, like);
                    like.amount_ore.reset();
                    like.taken_off_ore = 0;
                }
                ++like.document;
            }
        }
    }
}

void reading::payment_rules(payment_view& item, const transaction& data) {
    receiving_bankgiro(item, data);
    const receiver* ours = nullptr;
    for (const receiver& each : options_.receivers)
        if (each.bankgiro == item.bankgiro) ours = &each;
    if (!options_.receivers.empty() && ours == nullptr && !item.bankgiro.empty() && !not_ours_told_) {
        not_ours_told_ = true;
        position at = at_payment();
        at.ordinal = 0;  // the whole entry waits
        const account_place place = place_of_creditor(data.creditor_account);
        report_.hold(rule::R16, at, place.path, place.offset, item.bankgiro, "a bankgiro of ours");
    }
    understand_parts(data, ours == nullptr ? nullptr : &ours->ocr);
    item.parts = parts_;
    split_rule(item, data);
    item.returned = entry_.reversal || data.returned.present;
    if (item.returned)
        report_.hold(rule::R30, at_payment(), data.returned.present ? "RtrInf" : "RvslInd", item.begin,
                     data.return_code.present ? data.return_code.text : "true", "a payment that is no reversal");
    for (const part& each : parts_) {
        if (!each.stated_as_document || !each.ocr || each.credit_note) continue;
        report_.personal = true;
        report_.tell(rule::R31, severity::warning, at_payment(),
                     fmt::format("RmtInf/Strd[{}]/RfrdDocInf[{}]/Nb", each.remittance + 1, each.document + 1),
                     data.remittances[each.remittance].documents[each.document].number.offset, each.reference, "CdtrRefInf/Ref");
    }
    if (entry_.credit && !item.credit)
        report_.tell(rule::R32, severity::warning, at_payment(), "CdtDbtInd", data.indicator.offset, "DBIT", "CRDT");
}

void reading::split_rule(payment_view& item, const transaction& data) {
    ore_sum stated;
    bool all_stated = !parts_.empty();
    std::uint32_t seen = 0;
    for (const part& each : parts_) {
        if (each.remittance + 1 == seen) continue;  // a further number of the same remittance
        seen = each.remittance + 1;
        all_stated = all_stated && each.amount_ore.has_value();
        const std::int64_t ore = each.amount_ore.value_or(0);
        stated += each.credit_note ? -ore : ore;
        stated -= each.taken_off_ore;
    }
    // A debit payment is the use of a credit note, which counts negative whether or not it is called one.
    const bool adds_up = stated == item.amount_ore || (!item.credit && stated == -item.amount_ore);
    item.parts_add_up = all_stated && item.has_amount && adds_up;
    if (all_stated && item.has_amount && !item.parts_add_up) {
        const structured& first = data.remittances[0];
        const value& place = first.remitted.present ? first.remitted : first.credit_note;
        report_.hold(rule::R14, at_payment(), amount_path(0, first.remitted.present ? "RmtdAmt" : "CdtNoteAmt"), place.offset,
                     fmt::format("{} öre", stated.text()), fmt::format("{} öre, the payment", item.amount_ore));
    }
}

}  // namespace brygga::camt::detail
