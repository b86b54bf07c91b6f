#include "formats/convert/detail/bgmax_payment.hpp"

#include <algorithm>
#include <utility>

#include "formats/core/check_digit.hpp"
#include "formats/core/text.hpp"
#include "formats/core/transliteration.hpp"
#include "formats/iso20022/camt/meaning.hpp"

namespace brygga::convert::detail {

namespace {

constexpr std::size_t reference_size = 25;
constexpr std::size_t information_size = 50;
constexpr std::size_t name_size = 35;
constexpr std::size_t postcode_size = 9;
constexpr std::size_t serial_size = 12;
constexpr std::size_t organisation_size = 10;
constexpr std::size_t bankgiro_size = 10;

constexpr std::string_view lost_letters = "not carried: letters outside ISO 8859-1 were written as '?'";
constexpr std::string_view other_letters = "changed: letters outside ISO 8859-1 were written as the nearest in it";
constexpr std::string_view lost_name = "not carried: a name or address line is longer than its field";
constexpr std::string_view lost_split =
    "not carried: the amounts of the references, which are not all there or do not make the payment (CAMT-R14)";
constexpr std::string_view as_text = "changed: references with a credit note were written as text";
constexpr std::string_view lost_payer = "not carried: the payer's bankgiro has more than ten digits";
constexpr std::string_view lost_account = "not carried: the payer's account, which is no bankgiro";
constexpr std::string_view lost_address =
    "not carried: parts of the payer's address that BgMax has no field for (department, building, floor, room, district)";
constexpr std::string_view lost_parties = "not carried: names of others in a reference (Invcr, Invcee)";
constexpr std::string_view lost_identity = "not carried: the payer's number is no ten or twelve digits";

void add_once(std::vector<std::string_view>& to, std::string_view what) {
    if (std::find(to.begin(), to.end(), what) == to.end()) to.push_back(what);
}

std::string text_of(std::string_view utf8, std::vector<std::string_view>& losses) {
    latin_1_text made = as_latin_1(utf8);
    if (made.lost) add_once(losses, lost_letters);
    if (made.replaced) add_once(losses, other_letters);
    return std::move(made.utf8);
}

// Fills the records of one payment and remembers what did not fit.
class filler {
 public:
    filler(const camt::payment_view& item, const ocr_agreement& agreement)
        : item_(item), data_(*item.data), agreement_(agreement) {}

    bgmax_payments fill() {
        if (item_.payer_bankgiro.size() <= bankgiro_size)
            made_.first.payer_bankgiro = item_.payer_bankgiro;
        else
            add_once(made_.losses, lost_payer);
        if (item_.payer_bankgiro.empty() && camt::is_stated(data_.debtor_account)) add_once(made_.losses, lost_account);
        made_.first.serial = serial();
        made_.first.image = '0';
        made_.first.is_deduction = !item_.credit;
        made_.first.amount_ore = item_.amount_ore;
        if (made_.first.is_deduction) made_.first.deduction = bgmax::deduction_code::blank;
        references();
        for (const camt::structured& each : data_.remittances)
            if (each.reference.present) documents_beside(each);
        for (const camt::structured& each : data_.remittances)
            for (const camt::value& more : each.additional)
                information(more.text);
        for (std::size_t i = data_.remittances.empty() ? 1 : 0; i < data_.unstructured.size(); ++i)
            information(data_.unstructured[i].text);
        information(data_.additional.text);
        for (const camt::structured& each : data_.remittances)
            lines_of_documents(each);
        payer();
        return std::move(made_);
    }

 private:
    std::string text(std::string_view utf8) { return text_of(utf8, made_.losses); }

    // As it fits into `size` columns.
    std::string fitting(std::string_view utf8, std::size_t size) {
        const std::string whole = text(utf8);
        const auto [kept, rest] = cut_after(whole, size);
        if (!rest.empty()) add_once(made_.losses, lost_name);
        return std::string(kept);
    }

    std::string serial() const {
        const std::string_view own = data_.servicer_reference.text;
        return own.size() == serial_size && all_digits(own) ? std::string(own) : std::string();
    }

    void information(std::string_view utf8) { add_information(made_, utf8); }

    [[nodiscard]] bool is_ocr(std::string_view reference) const {
        return agreement_.level != ocr_level::none && all_digits(reference) &&
               ocr::validate(reference, agreement_) == ocr_verdict::valid;
    }

    // The reference of the payment or deduction itself; the rest of a long text opens the information.
    void refer(bgmax::payment_out& to, std::string_view reference) {
        if (reference.empty()) return;
        const std::string whole = text(reference);
        const auto [kept, rest] = cut_after(whole, reference_size);
        to.reference = kept;
        to.code = is_ocr(reference) ? bgmax::reference_code::ocr : bgmax::reference_code::text;
        information(rest);
    }

    void references() {
        std::vector<camt::part> own;
        std::vector<camt::part> notes;
        std::vector<std::string_view> candidates;  // further numbers for the amount of one remittance
        std::uint32_t seen = 0;
        for (const camt::part& each : item_.parts) {
            const bool again = each.remittance + 1 == seen;
            seen = each.remittance + 1;
            if (again)
                candidates.push_back(each.reference);
            else
                (each.credit_note ? notes : own).push_back(each);
            // A credit note without a number of its own.
            if (each.taken_off_ore != 0) notes.push_back({{}, false, true, false, each.taken_off_ore, 0, each.remittance});
        }
        if (!item_.parts_add_up && states_amounts()) add_once(made_.losses, lost_split);
        // A debit payment is itself the use of the credit note that it names: nothing is taken off it.
        if (!item_.credit && own.empty()) own = std::exchange(notes, {});
        if (!item_.credit && item_.parts.size() == 1) notes.clear();
        if (!notes.empty() && (!item_.parts_add_up || !item_.credit)) return references_as_text();
        take_off(notes);
        if (data_.remittances.empty() && !data_.unstructured.empty()) {
            refer(made_.first, camt::inner(data_.unstructured[0].text));
        } else if (own.size() == 1) {
            refer(made_.first, own.front().reference);
        } else if (own.size() > 1) {
            split(own);
        }
        for (const std::string_view each : candidates)
            information(each);
    }

    [[nodiscard]] bool states_amounts() const {
        return std::any_of(data_.remittances.begin(), data_.remittances.end(),
                           [](const camt::structured& each) { return each.remitted.present || each.credit_note.present; });
    }

    // TK22 for each; without amounts unless they make the payment (BGMAX-R46).
    void split(const std::vector<camt::part>& own) {
        for (const camt::part& each : own) {
            const std::string whole = text(each.reference);
            const auto [kept, rest] = cut_after(whole, reference_size);
            bgmax::reference_out part;
            part.reference = kept;
            part.code = part.reference.empty()   ? bgmax::reference_code::none
                        : is_ocr(each.reference) ? bgmax::reference_code::ocr
                                                 : bgmax::reference_code::text;
            part.amount_ore = item_.parts_add_up ? *each.amount_ore : 0;
            made_.first.references.push_back(std::move(part));
            if (!rest.empty()) information(each.reference);
        }
    }

    // TK21 for each credit note; the payment is then what it was before they were taken off.
    void take_off(const std::vector<camt::part>& notes) {
        for (const camt::part& each : notes) {
            bgmax::payment_out made;
            made.is_deduction = true;
            made.payer_bankgiro = made_.first.payer_bankgiro;
            made.serial = made_.first.serial;
            made.amount_ore = *each.amount_ore;
            made.deduction = bgmax::deduction_code::blank;
            refer(made, each.reference);
            made_.first.amount_ore += *each.amount_ore;
            made_.deductions.push_back(std::move(made));
        }
    }

    // A reference stands alone in its columns.
    void documents_beside(const camt::structured& item) {
        for (const camt::document& each : item.documents)
            if (camt::inner(each.number.text) != camt::inner(item.reference.text)) information(camt::inner(each.number.text));
    }

    void lines_of_documents(const camt::structured& item) {
        for (const camt::document& document : item.documents)
            for (const camt::value& each : document.lines)
                information(each.text);
        if (!camt::told(item.invoicer).empty() || !camt::told(item.invoicee).empty()) add_once(made_.losses, lost_parties);
    }

    void references_as_text() {
        add_once(made_.losses, as_text);
        for (const camt::part& each : item_.parts)
            information(each.reference);
    }

    void payer() {
        const camt::party& from = data_.debtor;
        const std::string street = camt::street_of(from);
        const std::string box = camt::box_of(from);
        std::vector<std::string_view> lines;
        if (!box.empty() && box != street) lines.push_back(box);
        for (const camt::value& each : from.address_lines)
            lines.push_back(camt::told(each));
        std::size_t next_line = 0;
        const auto take_line = [&] { return next_line < lines.size() ? lines[next_line++] : std::string_view(); };
        bgmax::payment_out& to = made_.first;
        to.street = fitting(street.empty() ? take_line() : std::string_view(street), name_size);
        const std::string name = text(camt::told(from.name.empty() ? from.bank_name : from.name));
        const auto [first, rest] = cut_after(name, name_size);
        to.name = first;
        to.extra_name = fitting(rest.empty() ? take_line() : rest, name_size);
        to.postcode = fitting(camt::told(from.postcode), postcode_size);
        to.town = fitting(camt::told(from.town), name_size);
        const std::string_view country = camt::told(from.country);
        if (country != "SE" && country.size() == 2) to.country_code = text(country);
        if (next_line < lines.size()) add_once(made_.losses, lost_name);
        if (std::any_of(from.other_address.begin(), from.other_address.end(),
                        [](const camt::value& each) { return !camt::told(each).empty(); }))
            add_once(made_.losses, lost_address);
        const std::string digits = camt::identity_of(from);
        if (!digits.empty()) to.organisation_number = digits.substr(digits.size() - organisation_size);
        if (camt::has_other_number(from)) add_once(made_.losses, lost_identity);
    }

    const camt::payment_view& item_;
    const camt::transaction& data_;
    const ocr_agreement& agreement_;
    bgmax_payments made_;
};

}  // namespace

std::pair<std::string_view, std::string_view> cut_after(std::string_view utf8, std::size_t size) {
    std::size_t at = 0;
    const auto continues = [&] { return at < utf8.size() && (static_cast<unsigned char>(utf8[at]) & 0xC0) == 0x80; };
    for (; size != 0 && at < utf8.size(); --size)
        for (++at; continues();)
            ++at;
    return {utf8.substr(0, at), utf8.substr(at)};
}

// One character in UTF-8: up to U+00FF.
bool is_latin_1(std::string_view character) noexcept {
    return character.size() == 1 || (character.size() == 2 && static_cast<unsigned char>(character[0]) <= 0xC3);
}

latin_1_text as_latin_1(std::string_view utf8) {
    latin_1_text made;
    for (std::string_view rest = utf8; !rest.empty();) {
        const std::size_t plain = static_cast<std::size_t>(
            std::find_if(rest.begin(), rest.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x80; }) - rest.begin());
        // The letter before may be one with a combining mark.
        const std::size_t sure = plain == rest.size() ? plain : plain - std::min<std::size_t>(plain, 1);
        made.utf8 += rest.substr(0, sure);
        rest.remove_prefix(sure);
        if (rest.empty()) break;
        const auto [spelling, character] = first_character(rest);
        rest.remove_prefix(spelling.size());
        if (is_latin_1(character)) {
            made.utf8 += character;
            continue;
        }
        const auto replacement = replacement_of(character);
        (replacement ? made.replaced : made.lost) = true;
        made.utf8 += replacement.value_or("?");
    }
    for (char& c : made.utf8)
        if (static_cast<unsigned char>(c) < 0x20) c = ' ';
    return made;
}

void add_information(bgmax_payments& to, std::string_view utf8) {
    const std::string whole = text_of(utf8, to.losses);
    for (std::string_view left = whole; !left.empty();) {
        const auto [kept, rest] = cut_after(left, information_size);
        if (const std::size_t last = kept.find_last_not_of(' '); last != std::string_view::npos)
            to.first.information.emplace_back(kept.substr(0, last + 1));
        left = rest;
    }
}

bgmax_payments bgmax_payments_of(const camt::payment_view& item, const ocr_agreement& agreement) {
    return filler(item, agreement).fill();
}

}  // namespace brygga::convert::detail
