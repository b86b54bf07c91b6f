#include "formats/convert/detail/camt_payment.hpp"

#include <algorithm>

#include "formats/core/digits.hpp"
#include "formats/core/money.hpp"

namespace brygga::convert::detail {

namespace {

constexpr std::size_t additional_texts = 3;  // AddtlRmtInf of one Strd

// The references, amounts and texts of one payment.
class remittance {
 public:
    remittance(const bgmax::payment_view& item, std::span<const netted_credit> credits, std::string_view currency, texts& in,
               camt::transaction& made)
        : item_(item), credits_(credits), currency_(currency), texts_(in), made_(made) {}

    void fill() {
        std::vector<std::string> information;
        for (const layout::encoded_text& each : item_.information)
            if (std::string text = trimmed_utf8(each); !text.empty()) information.push_back(std::move(text));
        const std::string own = trimmed_utf8(item_.record.reference);
        std::size_t next = 0;
        if (!item_.extras.empty()) {
            if (!own.empty() && std::find(information.begin(), information.end(), own) == information.end()) free_text(own);
            for (const bgmax::extra_reference& each : item_.extras)
                add(trimmed_utf8(each.record.reference), each.record.code, each.record.amount_ore, each.negative);
        } else if (!own.empty()) {
            camt::structured& only = add(own, item_.record.code, item_.record.amount_ore, false);
            for (; credits_.empty() && next < information.size() && next < additional_texts; ++next)
                only.additional.add() = texts_.keep(std::move(information[next]));
        } else if (!credits_.empty()) {
            add({}, bgmax::reference_code::none, item_.record.amount_ore, false);  // what the credits are taken off
        }
        for (const netted_credit& each : credits_)
            add(each);
        for (; next < information.size(); ++next)
            free_text(std::move(information[next]));
    }

 private:
    void free_text(std::string text) { made_.unstructured.add() = texts_.keep(std::move(text)); }

    camt::structured& add(std::string reference, bgmax::reference_code code, std::int64_t amount_ore, bool credit_note) {
        camt::structured& made = made_.remittances.add();
        if (!credit_note && code == bgmax::reference_code::ocr) {
            made.reference_type = texts_.keep("SCOR");
            made.reference = texts_.keep(std::move(reference));
        } else if (!reference.empty()) {
            camt::document& document = made.documents.add();
            document.type = texts_.keep(credit_note ? "CREN" : "CINV");
            document.number = texts_.keep(std::move(reference));
        }
        if (amount_ore == 0) return made;
        (credit_note ? made.credit_note : made.remitted) = texts_.keep(format_decimal_amount(amount_ore));
        (credit_note ? made.credit_note_currency : made.remitted_currency) = texts_.keep(std::string(currency_));
        return made;
    }

    void add(const netted_credit& credit) {
        camt::structured& made = made_.remittances.add();
        const auto number = [&](std::string text) {
            camt::document& document = made.documents.add();
            document.type = texts_.keep("CREN");
            if (!text.empty()) document.number = texts_.keep(std::move(text));
        };
        for (const std::string& each : credit.numbers)
            number(each);
        if (credit.numbers.empty()) number({});  // the type alone says what the amount is
        made.credit_note = texts_.keep(format_decimal_amount(credit.amount_ore));
        made.credit_note_currency = texts_.keep(std::string(currency_));
    }

    const bgmax::payment_view& item_;
    std::span<const netted_credit> credits_;
    std::string_view currency_;
    texts& texts_;
    camt::transaction& made_;
};

void put(camt::value& to, std::string text, texts& in) {
    if (!text.empty()) to = in.keep(std::move(text));
}

void bankgiro_account(camt::account& to, std::string digits, texts& in) {
    if (digits.empty()) return;
    to.other = in.keep(std::move(digits));
    to.scheme_proprietary = in.keep("BGNR");
}

}  // namespace

void fill_transaction(const bgmax::payment_view& item, std::span<const netted_credit> credits, std::string_view bankgiro,
                      std::string_view currency, texts& in, camt::transaction& made) {
    made.clear();
    in.clear();
    const std::string_view serial = item.record.serial;
    if (serial.find_first_not_of(' ') != std::string_view::npos) made.servicer_reference = in.keep(std::string(serial));
    std::int64_t amount_ore = item.record.amount_ore;
    for (const netted_credit& each : credits)
        amount_ore -= each.amount_ore;
    // The table knows which of the two a version has.
    made.amount = made.detail_amount = in.keep(format_decimal_amount(amount_ore));
    made.currency = made.detail_currency = in.keep(std::string(currency));
    made.indicator = in.keep(item.is_deduction ? "DBIT" : "CRDT");
    camt::party& payer = made.debtor;
    put(payer.name, trimmed_utf8(item.name.name), in);
    put(payer.street, trimmed_utf8(item.street.street), in);
    put(payer.postcode, trimmed_utf8(item.street.postcode), in);
    put(payer.town, trimmed_utf8(item.town.town), in);
    put(payer.country, trimmed_utf8(item.town.country_code), in);
    if (std::string more = trimmed_utf8(item.name.extra_name); !more.empty())
        payer.address_lines.add() = in.keep(std::move(more));
    const std::string organisation = trimmed_utf8(item.organisation_number);
    if (const std::string_view number = without_leading_zeros(organisation); !number.empty())
        payer.organisation.add().id = in.keep(std::string(number));
    bankgiro_account(made.debtor_account, std::string(without_leading_zeros(item.record.payer_bankgiro)), in);
    bankgiro_account(made.creditor_account, std::string(bankgiro), in);
    remittance(item, credits, currency, in, made).fill();
}

}  // namespace brygga::convert::detail
