// The form of a document, which is judged first (einvoice.md section 4.2): what its XML schema refuses, and what that allows and
// Peppol does not use. Of the schema what an invoice of Peppol can hold is known here, not all of UBL.
#include <algorithm>
#include <array>
#include <bitset>
#include <utility>

#include "formats/core/date.hpp"
#include "formats/einvoice/decimal.hpp"
#include "formats/einvoice/rules/form.hpp"
#include "formats/einvoice/rules/lists.hpp"
#include "formats/einvoice/rules/rule.hpp"
#include "formats/einvoice/text.hpp"

namespace brygga::einvoice {

namespace {

// Peppol has one of each; the schema allows more, and a rule of its own speaks of them.
constexpr std::array repeatable = {
    "AddressLine"_el,
    "AllowanceCharge"_el,
    "AllowanceChargeReason"_el,
    "ClassifiedTaxCategory"_el,
    "ContractDocumentReference"_el,
    "Delivery"_el,
    "Description"_el,
    "DescriptionCode"_el,
    "DespatchDocumentReference"_el,
    "DocumentDescription"_el,
    "DocumentReference"_el,
    "InvoicePeriod"_el,
    "Note"_el,
    "OrderLineReference"_el,
    "OriginatorDocumentReference"_el,
    "PartyIdentification"_el,
    "PartyLegalEntity"_el,
    "PartyName"_el,
    "PartyTaxScheme"_el,
    "PaymentID"_el,
    "PaymentTerms"_el,
    "ProjectReference"_el,
    "ReceiptDocumentReference"_el,
    "TaxCategory"_el,
    "TaxExemptionReason"_el,
    "TaxTotal"_el,
};

bool is_ubl(const document_facts& document, element here, complaint& why) {
    why.expected = "an Invoice or CreditNote of UBL 2.1";
    tell_name(why, here);
    const std::string_view own = document.is_credit_note ? credit_note_namespace : invoice_namespace;
    return document.syntax(here) != nullptr && document.root_namespace == own;
}

// Told of the first that stands again.
bool stand_once(const document_facts& document, element here, complaint& why) {
    if (document.syntax(here) == nullptr) return true;
    std::bitset<detail::vocabulary.size() + 1> seen;
    for (element at = here.first_child(); at; at = at.next()) {
        const syntax_node* const known = document.syntax(at);
        const bool is_single =
            known != nullptr && known->most == 1 && std::find(repeatable.begin(), repeatable.end(), at.is()) == repeatable.end();
        if (is_single && seen.test(static_cast<std::size_t>(at.is()))) {
            why.at = at;
            why.expected = "one of them";
            tell_name(why, at);
            return false;
        }
        if (is_single) seen.set(static_cast<std::size_t>(at.is()));
    }
    return true;
}

context numbers() {
    context out = amounts;
    out.names.insert(out.names.end(), {"InvoicedQuantity"_el, "CreditedQuantity"_el, "BaseQuantity"_el, "Percent"_el,
                                       "MultiplierFactorNumeric"_el});
    return out;
}

bool is_number(const document_facts&, element here, complaint& why) {
    why.expected = "a decimal number";
    return decimal::parse(here.raw()).has_value();
}

bool is_boolean(const document_facts&, element here, complaint& why) {
    const std::string_view text = here.text();
    why.expected = "true or false";
    return text == "true" || text == "false" || text == "1" || text == "0";
}

bool is_of_other_kind(element_name which) {
    constexpr std::array names = {"InvoiceTypeCode"_el, "InvoiceLine"_el,      "InvoicedQuantity"_el,  "DueDate"_el,
                                  "CreditNoteLine"_el,  "CreditedQuantity"_el, "CreditNoteTypeCode"_el};
    return std::find(names.begin(), names.end(), which) != names.end();
}

bool is_in_its_namespace(const document_facts& document, element here, complaint& why) {
    const syntax_node* const syntax = document.syntax(here);
    why.expected = "the namespace of the schema";
    tell_name(why, here);
    if (!here.parent() || document.syntax(here.parent()) == nullptr || here.part() == vocabulary_part::extension) return true;
    // Of no namespace of UBL, or an element that the other kind of document has.
    if (syntax == nullptr) return here.part() != vocabulary_part::other && !is_of_other_kind(here.is());
    return here.part() == syntax->part;
}

// What the schema demands and no rule of EN 16931 speaks of.
bool has_what_it_needs(const document_facts&, element here, complaint& why) {
    constexpr std::pair<element_name, element_name> needs[] = {
        {"OrderReference"_el, "ID"_el},
        {"CardAccount"_el, "PrimaryAccountNumberID"_el},
        {"CardAccount"_el, "NetworkID"_el},
        {"ContractDocumentReference"_el, "ID"_el},
        {"ReceiptDocumentReference"_el, "ID"_el},
        {"DespatchDocumentReference"_el, "ID"_el},
        {"OriginatorDocumentReference"_el, "ID"_el},
        {"DocumentReference"_el, "ID"_el},
        {"OrderLineReference"_el, "LineID"_el},
        {"AddressLine"_el, "Line"_el},
    };
    for (const auto& [of, child] : needs)
        if (here.is() == of && !here.child(child)) {
            why.expected = detail::vocabulary[static_cast<std::size_t>(child) - 1];
            return false;
        }
    return true;
}

bool is_day_or_base64(const document_facts&, element here, complaint& why) {
    if (here.is() == "PaymentDueDate"_el) {
        why.expected = "CCYY-MM-DD, a day of the calendar";
        return parse_iso_date(here.text()).has_value();
    }
    why.expected = "base64";
    why.found = "something else";
    return is_base64(here.raw());
}

// Of an element in one that is used.
bool is_used(const document_facts& document, element here, complaint& why) {
    why.expected = "no such element";
    tell_name(why, here);
    return document.syntax(here) != nullptr || !here.parent() || document.syntax(here.parent()) == nullptr ||
           (here.is() == "UBLVersionID"_el && here.parent() == document.root);
}

}  // namespace

void add_structure_rules(std::vector<rule>& to) {
    // clang-format off
    const rule rules[] = {
        {"EINV-S01", severity::error, place::document, is_ubl, "The document is well-formed, and an invoice or credit note of UBL 2.1."},
        {"EINV-S02", severity::error, place::any, are_in_order<document_facts>, "Elements stand in the order of their schema."},
        {"EINV-S03", severity::error, place::any, stand_once, "What the schema has once stands once."},
        {"EINV-S04", severity::error, numbers(), is_number, "Amounts, quantities and rates are decimal numbers."},
        {"EINV-S05", severity::error, {"ChargeIndicator"_el}, is_boolean, "An indicator is true or false."},
        {"EINV-S06", severity::error, place::any, is_in_its_namespace, "Elements are of the namespace that the schema gives them."},
        {"EINV-S07", severity::error, {"OrderReference"_el, "CardAccount"_el, "ContractDocumentReference"_el, "ReceiptDocumentReference"_el, "DespatchDocumentReference"_el, "OriginatorDocumentReference"_el, "DocumentReference"_el, "OrderLineReference"_el, "AddressLine"_el}, has_what_it_needs, "What the schema demands is there."},
        {"EINV-S08", severity::error, {"PaymentDueDate"_el, "EmbeddedDocumentBinaryObject"_el}, is_day_or_base64, "A day is one, and an attachment is in base64."},
        {"EINV-S09", severity::error, place::mixed, has_no_stray_text<document_facts>, "An element that holds others holds no text beside them."},
        {"UBL-CR", severity::warning, place::any, is_used, "An element that Peppol does not use does not stand there (UBL-CR-001 to 680)."},
    };
    // clang-format on
    to.insert(to.end(), std::begin(rules), std::end(rules));
}

}  // namespace brygga::einvoice
