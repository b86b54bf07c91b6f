#include "formats/einvoice/rules/rule.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

namespace brygga::einvoice {

namespace {

std::optional<place> place_of_allowance(element at) {
    const element_name around = at.parent().is();
    const bool in_line = around == "InvoiceLine"_el || around == "CreditNoteLine"_el;
    const bool in_document = around == "Invoice"_el || around == "CreditNote"_el;
    if (around == "Price"_el) return place::price_allowance;
    if (is_charge(at) && in_line) return place::line_charge;
    if (is_charge(at) && in_document) return place::document_charge;
    if (is_allowance(at) && in_line) return place::line_allowance;
    if (is_allowance(at) && in_document) return place::document_allowance;
    return std::nullopt;
}

std::optional<place> place_of_address(element at) {
    const element around = at.parent();
    if (around.is() == "TaxRepresentativeParty"_el) return place::representative_address;
    if (around.parent().is() == "AccountingSupplierParty"_el) return place::supplier_address;
    if (around.parent().is() == "AccountingCustomerParty"_el) return place::customer_address;
    return std::nullopt;
}

// Of elements whose name is enough.
constexpr std::pair<element_name, place> by_name[] = {
    {"AccountingSupplierParty"_el, place::supplier},
    {"AccountingCustomerParty"_el, place::customer},
    {"TaxRepresentativeParty"_el, place::representative},
    {"PayeeParty"_el, place::payee},
    {"LegalMonetaryTotal"_el, place::legal_total},
    {"TaxTotal"_el, place::tax_total},
    {"TaxSubtotal"_el, place::subtotal},
    {"PaymentMeans"_el, place::payment_means},
    {"BillingReference"_el, place::billing_reference},
    {"AdditionalDocumentReference"_el, place::additional_reference},
    {"InvoiceLine"_el, place::line},
    {"CreditNoteLine"_el, place::line},
    {"AdditionalItemProperty"_el, place::item_property},
    {"PartyTaxScheme"_el, place::party_tax_scheme},
    {"TaxCategory"_el, place::tax_category},
    {"ClassifiedTaxCategory"_el, place::line_category},
};

std::optional<place> place_of(element at) {
    const element_name is = at.is(), around = at.parent().is();
    if (is == "AllowanceCharge"_el) return place_of_allowance(at);
    if (is == "PostalAddress"_el) return place_of_address(at);
    if (is == "Address"_el) return around == "DeliveryLocation"_el ? std::optional(place::delivery_address) : std::nullopt;
    if (is == "InvoicePeriod"_el)
        return around == "InvoiceLine"_el || around == "CreditNoteLine"_el ? place::line_period : place::document_period;
    const auto* const found =
        std::find_if(std::begin(by_name), std::end(by_name), [is](const auto& each) { return each.first == is; });
    return found == std::end(by_name) ? std::nullopt : std::optional(found->second);
}

}  // namespace

bool is_charge(element allowance) {
    const std::string_view said = allowance.child("ChargeIndicator"_el).text();
    return said == "true" || said == "1";
}

bool is_allowance(element allowance) {
    const std::string_view said = allowance.child("ChargeIndicator"_el).text();
    return said == "false" || said == "0";
}

document_facts::document_facts(const tree& of) : root(of.root()), root_namespace(of.root_namespace()) {
    is_credit_note = root.is() == "CreditNote"_el;
    const auto note = [this](place which, element item) { at_[static_cast<std::size_t>(which)].push_back(item); };
    if (root) note(place::document, root);
    for (std::size_t i = 0; i != of.size(); ++i) {
        const element item = of.at(i);
        const element around = item.parent();
        const syntax_node* const outer = around ? syntax_[around.index()] : nullptr;
        syntax_.push_back(!around ? syntax_of(item.is()) : outer == nullptr ? nullptr : outer->child(item.is()));
        note(place::any, item);
        if (item.has_stray_text()) note(place::mixed, item);
        if (item.has_attributes()) note(place::attributed, item);
        // What stands where the schema has it not is no part of the invoice: an extension may hold anything.
        if (syntax_.back() == nullptr) continue;
        named_[static_cast<std::size_t>(item.is())].push_back(item);
        if (const auto which = place_of(item)) note(*which, item);
        if (item.is() == "TaxCategory"_el && item.parent().is() == "AllowanceCharge"_el) {
            if (is_allowance(item.parent())) note(place::allowance_category, item);
            if (is_charge(item.parent())) note(place::charge_category, item);
        }
    }
    const auto first = [this](element_name which) { return all(which).empty() ? element() : all(which).front(); };
    supplier = first("AccountingSupplierParty"_el).child("Party"_el);
    customer = first("AccountingCustomerParty"_el).child("Party"_el);
    representative = first("TaxRepresentativeParty"_el);
    legal_total = first("LegalMonetaryTotal"_el);
    for (const element each : all(place::document_period))
        if (!period && each.parent() == root) period = each;
    currency = first("DocumentCurrencyCode"_el).text();
    tax_currency = first("TaxCurrencyCode"_el).text();
    process = first("ProfileID"_el).text();
    constexpr path country = "PostalAddress/Country/IdentificationCode";
    add_bases(all(place::line), "Item/ClassifiedTaxCategory", "LineExtensionAmount", false);
    add_bases(all(place::document_charge), "TaxCategory", "Amount", false);
    add_bases(all(place::document_allowance), "TaxCategory", "Amount", true);
    supplier_country = country.first(supplier).text();
    customer_country = country.first(customer).text();
}

void document_facts::add_bases(const std::vector<element>& from, path category, path amount, bool subtracts) {
    for (const element each : from)
        category.each(each, [&](element of) {
            category_base& base = bases_[{of.child("ID"_el).text(), number_at(of, "Percent")}];
            const auto one = number_at(each, amount);
            base.is_number = base.is_number && one;
            if (one) base.sum += subtracts ? -*one : *one;
        });
}

judgement has(path what) {
    return [what](const document_facts&, element here, complaint& why) {
        if (what.first(here)) return true;
        why.expected = what.text();
        return false;
    };
}

judgement has_text(path what) {
    return [what](const document_facts&, element here, complaint& why) {
        if (!what.first(here).text().empty()) return true;
        why.expected = fmt::format("a value in {}", what.text());
        return false;
    };
}

judgement has_either(path a, path b) {
    return [a, b](const document_facts&, element here, complaint& why) {
        if (a.first(here) || b.first(here)) return true;
        why.expected = fmt::format("{} or {}", a.text(), b.text());
        return false;
    };
}

judgement has_attribute(path what, std::string_view name) {
    return [what, name](const document_facts&, element here, complaint& why) {
        bool all = true;
        what.each(here, [&](element at) {
            if (!all || at.attribute(name)) return;
            all = false;
            why.at = at;
            why.expected = "@" + std::string(name);
        });
        return all;
    };
}

judgement at_most_one(path what) {
    return [what](const document_facts&, element here, complaint& why) {
        std::size_t count = 0;
        what.each(here, [&](element at) {
            if (++count == 2) why.at = at;
        });
        if (count < 2) return true;
        why.expected = "at most one";
        why.found = std::to_string(count);
        return false;
    };
}

judgement two_decimals(path what) {
    return [what](const document_facts&, element here, complaint& why) {
        bool all = true;
        what.each(here, [&](element at) {
            const std::string_view text = at.raw();
            const std::size_t point = text.find('.');
            if (!all || point == std::string_view::npos || text.size() - point - 1 <= 2) return;
            all = false;
            why.at = at;
            why.expected = "at most two decimals";
        });
        return all;
    };
}

std::optional<decimal> number_at(element from, path what) {
    const element at = what.first(from);
    return at ? decimal::parse(at.raw()) : std::nullopt;
}

const std::vector<rule>& all_rules() {
    static const std::vector<rule> rules = [] {
        std::vector<rule> out;
        add_structure_rules(out);
        add_model_rules(out);
        add_total_rules(out);
        add_category_rules(out);
        add_code_list_rules(out);
        add_ubl_rules(out);
        add_peppol_rules(out);
        add_identity_rules(out);
        add_swedish_rules(out);
        return out;
    }();
    return rules;
}

}  // namespace brygga::einvoice
