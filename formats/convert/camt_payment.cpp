#include "formats/convert/detail/camt_payment.hpp"

#include <algorithm>

#include "formats/core/check_digit.hpp"
#include "formats/core/digits.hpp"
#include "formats/core/money.hpp"
#include "formats/core/text.hpp"
#include "formats/xml/writer.hpp"

namespace brygga::convert::detail {

namespace {

constexpr std::size_t reference_columns = 25;
constexpr std::size_t longest_number = 35;  // Nb
constexpr std::size_t name_columns = 35;
constexpr std::size_t organisation_digits = 10;
constexpr std::size_t additional_texts = 3;  // AddtlRmtInf of one Strd

std::string right_trimmed(std::string text) {
    text.erase(text.find_last_not_of(' ') + 1);
    return text;
}

// A text that was cut to the columns, and there looks like an OCR reference: it would be read as one (CAMT-R31).
bool looks_like_ocr(const std::string& text, bgmax::reference_code code) noexcept {
    return code != bgmax::reference_code::ocr && text.size() == reference_columns && modulus_10_valid(text);
}

// The references, amounts and texts of one payment.
class remittance {
 public:
    remittance(const bgmax::payment_view& item, std::span<const netted_credit> credits, std::string_view currency, texts& in,
               camt::transaction& made)
        : item_(item), credits_(credits), currency_(currency), texts_(in), made_(made) {}

    void fill() {
        std::vector<std::string> information;
        for (const layout::encoded_text& each : item_.information)
            if (std::string text = right_trimmed(each.utf8()); !text.empty()) information.push_back(std::move(text));
        std::string own = trimmed_utf8(item_.record.reference);
        std::size_t next = 0;
        bool as_free_text = false;  // the first one is the reference where nothing else is
        if (item_.extras.empty() && !information.empty() && looks_like_ocr(own, item_.record.code)) {
            const bool fits = count_code_points(own + information[0]) <= longest_number;
            as_free_text = !fits && credits_.empty();
            if (fits || as_free_text) own += information[next++];
        }
        if (as_free_text) {
            free_text(std::move(own));
        } else if (!item_.extras.empty()) {
            if (!own.empty() && std::find(information.begin(), information.end(), own) == information.end()) free_text(own);
            divide(information);
        } else if (!own.empty() || (credits_.empty() && !information.empty())) {
            // Without a reference the texts stand there too: a first Ustrd alone would be taken for one.
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
    // An amount of zero is none, unless it stands beside others. What was cut is repeated whole in the texts.
    void divide(std::vector<std::string>& information) {
        const bool stated = std::any_of(item_.extras.begin(), item_.extras.end(),
                                        [](const bgmax::extra_reference& each) { return each.record.amount_ore != 0; });
        for (const bgmax::extra_reference& each : item_.extras) {
            std::string number = trimmed_utf8(each.record.reference);
            const auto whole = std::find_if(information.begin(), information.end(), [&](const std::string& text) {
                return text.size() > number.size() && text.starts_with(number) && count_code_points(text) <= longest_number;
            });
            if (looks_like_ocr(number, each.record.code) && whole != information.end()) {
                number = std::move(*whole);
                information.erase(whole);
            }
            camt::structured& made = add(std::move(number), each.record.code, 0, each.negative);
            if (stated) state(made, each.record.amount_ore, each.negative);
        }
    }

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
        if (amount_ore != 0) state(made, amount_ore, credit_note);
        return made;
    }

    void state(camt::structured& made, std::int64_t amount_ore, bool credit_note) {
        (credit_note ? made.credit_note : made.remitted) = texts_.keep(format_decimal_amount(amount_ore));
        (credit_note ? made.credit_note_currency : made.remitted_currency) = texts_.keep(std::string(currency_));
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
        state(made, credit.amount_ore, true);
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

// What fills the columns of a name goes on in those of the extra name, which else hold a line of the address. That line would
// become the street where there is none, and lose a blank before it.
void put_name(const bgmax::payment_view& item, texts& in, camt::party& payer) {
    std::string name = trimmed_utf8(item.name.name);
    std::string more = right_trimmed(item.name.extra_name.utf8());
    const std::size_t size = count_code_points(name);
    const bool full = size == name_columns || size + 1 == name_columns;  // the last column may hold a blank of it
    const bool has_street = !trimmed_utf8(item.street.street).empty();
    if (!more.empty() && full && (!has_street || more.front() == ' '))
        name += std::string(name_columns - size, ' ') + more;
    else if (!more.empty())
        payer.address_lines.add() = in.keep(trimmed_utf8(item.name.extra_name));
    put(payer.name, std::move(name), in);
}

// Two capitals, as the schema says.
std::string country_code(const bgmax::town_record& town, std::vector<std::string_view>& losses) {
    std::string code = trimmed_utf8(town.country_code);
    for (char& c : code)
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    if (code.empty() || (code.size() == 2 && std::all_of(code.begin(), code.end(), [](char c) { return c >= 'A' && c <= 'Z'; })))
        return code;
    losses.emplace_back("not carried: a country code that is not two letters");
    return {};
}

bool holds_unwritable(const bgmax::payment_view& item) {
    const auto one = [](const layout::encoded_text& each) { return xml::holds_forbidden(each.utf8()); };
    return one(item.record.reference) || one(item.name.name) || one(item.name.extra_name) || one(item.street.street) ||
           one(item.street.postcode) || one(item.town.town) || one(item.organisation_number) ||
           std::any_of(item.information.begin(), item.information.end(), one) ||
           std::any_of(item.extras.begin(), item.extras.end(),
                       [&](const bgmax::extra_reference& each) { return one(each.record.reference); });
}

void bankgiro_account(camt::account& to, std::string digits, texts& in) {
    if (digits.empty()) return;
    to.other = in.keep(std::move(digits));
    to.scheme_proprietary = in.keep("BGNR");
}

}  // namespace

std::vector<std::string_view> fill_transaction(const bgmax::payment_view& item, std::span<const netted_credit> credits,
                                               std::string_view bankgiro, std::string_view currency, texts& in,
                                               camt::transaction& made) {
    made.clear();
    in.clear();
    std::vector<std::string_view> losses;
    if (holds_unwritable(item)) losses.emplace_back("changed: characters that XML does not allow were written as U+FFFD");
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
    put_name(item, in, payer);
    put(payer.street, trimmed_utf8(item.street.street), in);
    put(payer.postcode, trimmed_utf8(item.street.postcode), in);
    put(payer.town, trimmed_utf8(item.town.town), in);
    put(payer.country, country_code(item.town, losses), in);
    std::string organisation = trimmed_utf8(item.organisation_number);
    while (organisation.size() > organisation_digits && organisation.front() == '0')
        organisation.erase(0, 1);
    if (!without_leading_zeros(organisation).empty()) payer.organisation.add().id = in.keep(std::move(organisation));
    bankgiro_account(made.debtor_account, std::string(without_leading_zeros(item.record.payer_bankgiro)), in);
    bankgiro_account(made.creditor_account, std::string(bankgiro), in);
    remittance(item, credits, currency, in, made).fill();
    return losses;
}

}  // namespace brygga::convert::detail
