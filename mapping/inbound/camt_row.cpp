#include "mapping/inbound/camt_row.hpp"

#include <algorithm>
#include <string>

#include "formats/core/sha256.hpp"
#include "formats/core/text.hpp"
#include "formats/iso20022/camt/meaning.hpp"

namespace brygga::inbound {

namespace {

constexpr std::size_t reference_columns = 25;  // of BgMax: a longer text is no reference, unless it is stated as one
constexpr char ocr_reference = '2', text_reference = '3', no_reference = '0';  // referenskod

void add_line(std::string& message, std::string_view line) {
    if (line.empty()) return;
    if (!message.empty()) message += '\n';
    message += line;
}

// Everything that stands beside the reference, in the order of iso20022-incoming.md 6.1.
void fill_message(const camt::transaction& data, std::size_t first_unstructured, std::string& into) {
    into.clear();
    for (const camt::structured& each : data.remittances)
        for (const xml::value& line : each.additional)
            add_line(into, camt::told(line));
    for (std::size_t i = first_unstructured; i < data.unstructured.size(); ++i)
        add_line(into, camt::told(data.unstructured[i]));
}

bool passes(std::string_view reference, const ocr_agreement& agreement) {
    return agreement.level != ocr_level::none && ocr::validate(reference, agreement) == ocr_verdict::valid;
}

char code_of(std::string_view reference, const ocr_agreement& agreement) {
    if (reference.empty()) return no_reference;
    return passes(reference, agreement) ? ocr_reference : text_reference;
}

// One reference, or the first free text in its place.
void fill_reference(const camt::payment_view& view, const ocr_agreement& agreement, ledger::payment& row) {
    const camt::transaction& data = *view.data;
    const bool structured = !view.parts.empty() && !view.parts.front().reference.empty();
    std::string_view reference;
    if (structured) {
        reference = view.parts.front().reference;
    } else if (!data.unstructured.empty()) {
        reference = camt::told(data.unstructured[0]);
        if (count_code_points(reference) > reference_columns) reference = {};  // a message
    }
    row.reference = reference;
    row.reference_code = code_of(reference, agreement);
    fill_message(data, structured || reference.empty() ? 0 : 1, row.message);
}

// Several references. Further numbers of one remittance are candidates for its one amount: then nobody knows the split.
void fill_references(const camt::payment_view& view, const ocr_agreement& agreement, ledger::payment& row) {
    const bool deduction = row.kind == ledger::payment_kind::deduction;
    const bool split = view.parts_add_up && view.parts.size() == view.data->remittances.size();
    for (const camt::part& each : view.parts) {
        if (each.reference.empty() && !split) continue;
        const std::int64_t ore = split ? each.amount_ore.value_or(0) - each.taken_off_ore : 0;
        row.references.push_back(
            {std::string(each.reference), code_of(each.reference, agreement), each.credit_note && !deduction ? -ore : ore});
    }
    row.reference.clear();
    row.reference_code = no_reference;
    fill_message(*view.data, 0, row.message);
}

void fill_payer(const camt::payment_view& view, ledger::payer& into) {
    const camt::party& payer = view.data->debtor;
    into = {};
    into.bankgiro = view.payer_bankgiro;
    into.name = camt::told(payer.name);
    into.street = camt::street_of(payer);
    for (const xml::value& line : payer.address_lines) {
        std::string& to = into.street.empty() ? into.street : into.extra_name;
        if (!to.empty()) to += ", ";
        to += camt::told(line);
    }
    into.postcode = camt::told(payer.postcode);
    into.town = camt::told(payer.town);
    if (const std::string_view country = camt::told(payer.country); country != "SE") into.country_code = country;
    into.identity_number = camt::identity_of(payer);
    into.account = camt::told(view.data->debtor_account.iban);
    if (into.account.empty()) into.account = camt::bank_account_of(view.data->debtor_account);
}

}  // namespace

void fill_row(std::string_view bytes, const camt::payment_view& view, const section_facts& section,
              const ocr_agreement& agreement, ledger::payment& row) {
    row.id = 0;
    row.batch_id = section.batch_id;
    row.deposit_id = section.deposit_id;
    row.ordinal = view.ordinal;
    row.section_ordinal = view.entry_ordinal;
    row.kind = view.credit ? ledger::payment_kind::payment : ledger::payment_kind::deduction;
    row.amount_ore = view.amount_ore;
    row.currency = section.currency;
    row.value_date = section.value_date;
    row.bankgiro = view.bankgiro.empty() ? std::string_view(section.bankgiro) : view.bankgiro;
    row.channel = ' ';
    row.serial = camt::told(view.data->servicer_reference);
    row.deduction_code = view.credit ? ' ' : ledger::unknown_deduction;
    row.image = false;
    row.references.clear();
    if (view.parts.size() > 1)
        fill_references(view, agreement, row);
    else
        fill_reference(view, agreement, row);
    fill_payer(view, row.from);
    row.content_hash = sha256_hex(bytes.substr(view.begin, view.end - view.begin));
}

}  // namespace brygga::inbound
