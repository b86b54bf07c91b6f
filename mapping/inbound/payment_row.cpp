#include "mapping/inbound/payment_row.hpp"

#include <algorithm>
#include <array>

#include "formats/core/digits.hpp"
#include "mapping/inbound/matching.hpp"

namespace brygga::inbound {

namespace {

// Most texts are ASCII, which is the same in every encoding and needs no new string.
void assign(std::string& into, const layout::encoded_text& text) {
    if (is_ascii(text.bytes))
        into.assign(text.bytes);
    else
        into = text.utf8();
}

// A code as it stands, or '?' for a byte that is no character: the ledger holds UTF-8.
char as_code(char c) noexcept {
    return c >= 0x20 && c < 0x7F ? c : '?';
}

void trim_left(std::string& text) {
    text.erase(0, std::min(text.find_first_not_of(' '), text.size()));
}

// "c/o Name", "Att: Name", "Attn Name": a person at the address, not the street.
bool names_a_person(std::string_view text) {
    std::string start(trimmed(text).substr(0, 4));
    std::transform(start.begin(), start.end(), start.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    constexpr std::array marks{"c/o", "c.o", "att ", "att:", "att.", "attn"};
    return std::any_of(marks.begin(), marks.end(), [&](std::string_view mark) { return start.starts_with(mark); });
}

void fill_payer(const bgmax::payment_view& view, ledger::payer& into) {
    into.bankgiro.assign(short_bankgiro(view.record.payer_bankgiro));
    assign(into.name, view.name.name);
    assign(into.extra_name, view.name.extra_name);
    assign(into.street, view.street.street);
    assign(into.postcode, view.street.postcode);
    assign(into.town, view.town.town);
    assign(into.country, view.town.country);
    assign(into.country_code, view.town.country_code);
    assign(into.identity_number, view.organisation_number);
    trim_left(into.town);
    trim_left(into.identity_number);
    // Supplier payments (LB) put the street behind the name.
    if (trimmed(into.street).empty() && !into.extra_name.empty() && !names_a_person(into.extra_name)) {
        into.street.swap(into.extra_name);
        into.extra_name.clear();
    }
}

void fill_references(const bgmax::payment_view& view, std::vector<ledger::payment_reference>& into) {
    into.resize(view.extras.size());
    for (std::size_t i = 0; i < into.size(); ++i) {
        const bgmax::payment_record& record = view.extras[i].record;
        assign(into[i].reference, record.reference);
        into[i].code = as_code(static_cast<char>(record.code));
        into[i].amount_ore = view.extras[i].negative ? -record.amount_ore : record.amount_ore;
    }
}

void fill_message(const bgmax::payment_view& view, std::string& into, std::string& scratch) {
    into.clear();
    for (std::size_t i = 0; i < view.information.size(); ++i) {
        if (i != 0) into += '\n';
        assign(scratch, view.information[i]);
        into += scratch;
    }
}

}  // namespace

std::string_view short_bankgiro(std::string_view ten_digits) noexcept {
    return without_leading_zeros(trimmed(ten_digits));
}

void payment_rows::fill(const bgmax::payment_view& view, const section_facts& section, ledger::payment& row) {
    row.id = 0;
    row.batch_id = section.batch_id;
    row.deposit_id = section.deposit_id;
    row.ordinal = view.ordinal;
    row.section_ordinal = view.section_ordinal;
    row.kind = view.is_deduction ? ledger::payment_kind::deduction : ledger::payment_kind::payment;
    row.amount_ore = view.record.amount_ore;
    row.currency = section.currency;
    row.value_date = section.value_date;
    row.bankgiro = section.bankgiro;
    row.channel = as_code(static_cast<char>(view.record.by));
    row.serial.assign(trimmed(view.record.serial));
    assign(row.reference, view.record.reference);
    row.reference_code = as_code(static_cast<char>(view.record.code));
    row.deduction_code = view.is_deduction ? as_code(static_cast<char>(view.record.deduction)) : ' ';
    row.image = view.record.image == '1';
    fill_references(view, row.references);
    fill_message(view, row.message, scratch_);
    fill_payer(view, row.from);

    row.content_hash = bgmax::content_hash(view.lines, view.record.reference.in);
}

}  // namespace brygga::inbound
