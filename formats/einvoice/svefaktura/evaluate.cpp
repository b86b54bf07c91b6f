#include "formats/einvoice/svefaktura/evaluate.hpp"

#include <algorithm>

#include "formats/einvoice/svefaktura/rule.hpp"
#include "formats/einvoice/svefaktura/syntax.hpp"
#include "formats/einvoice/text.hpp"

namespace brygga::einvoice::svefaktura {

document_facts::document_facts(const tree& of, std::string_view from)
    : root(of.root()), bytes(from), root_namespace(of.root_namespace()) {
    for (std::size_t i = 0; i != of.size(); ++i) {
        const element item = of.at(i);
        const element around = item.parent();
        const syntax_node* const outer = around ? syntax_[around.index()] : nullptr;
        syntax_.push_back(!around ? svefaktura::syntax_of(item.is()) : outer == nullptr ? nullptr : outer->child(item.is()));
        all.push_back(item);
    }
    constexpr path seller_party = "SellerParty/Party", seller_scheme = "PartyTaxScheme/TaxScheme/ID";
    constexpr path rows = "TaxTotal/TaxSubTotal", line = "InvoiceLine", allowance = "AllowanceCharge";
    seller = seller_party.first(root);
    is_credit_note = root.child("InvoiceTypeCode"_el).text() == "381";
    currency = root.child("InvoiceCurrencyCode"_el).text();
    vat_currency = root.child("TaxCurrencyCode"_el).text();
    seller_scheme.each(seller, [this](element each) {
        has_seller_vat = has_seller_vat || each.text() == "VAT";
        has_seller_number = has_seller_number || each.text() == "SWT";
    });
    for (const element each : all)
        if (first_currency.empty() && each.is() != "TaxCurrencyTaxAmount"_el)
            first_currency = each.attribute("amountCurrencyID").value_or("");
    issued = day_of(root.child("IssueDate"_el).text());
    rows.each(root, [this](element each) {
        taxable += or_zero(each, "TaxableAmount");
        vat += or_zero(each, "TaxAmount");
        const element category = each.child("TaxCategory"_el);
        categories_.insert(category.child("ID"_el).text());
        if (const auto rate = number_at(category, "Percent")) rates_.emplace(category.child("ID"_el).text(), *rate);
    });
    line.each(root, [this](element each) { lines += or_zero(each, "LineExtensionAmount"); });
    allowance.each(root, [this](element each) {
        const std::string_view said = each.child("ChargeIndicator"_el).text();
        (said == "true" || said == "1" ? charges : allowances) += or_zero(each, "Amount");
    });
}

bool is_not_negative(const document_facts&, element here, complaint& why) {
    why.expected = "0 or more";
    const auto number = decimal::parse(here.raw());
    return !number || *number >= decimal();
}

std::optional<decimal> number_at(element from, path what) {
    const element at = what.first(from);
    return at ? decimal::parse(at.raw()) : std::nullopt;
}

decimal or_zero(element from, path what) {
    return number_at(from, what).value_or(decimal());
}

std::optional<date> day_of(std::string_view text) {
    constexpr std::size_t day = 10;
    return parse_iso_date(text.substr(0, day));
}

const std::vector<rule>& all_rules() {
    static const std::vector<rule> made = [] {
        std::vector<rule> out;
        add_form_rules(out);
        add_document_rules(out);
        add_party_rules(out);
        add_amount_rules(out);
        return out;
    }();
    return made;
}

std::span<const rule_info> rules() {
    static const std::vector<rule_info> rows = [] {
        std::vector<rule_info> out;
        for (const rule& each : all_rules())
            out.push_back({static_cast<std::uint16_t>(out.size()), each.id, name(each.level), each.title, help_of_rules});
        return out;
    }();
    return rows;
}

const language& language_of(std::string_view bytes) {
    return xml::look_at_root(bytes).uri == object_envelope_namespace ? object_envelope : basic_invoice;
}

void evaluate(const tree& document, std::string_view bytes, finding_list& to) {
    const document_facts facts(document, bytes);
    teller telling(bytes, to);
    if (document.fault()) telling.tell_fault(*document.fault());
    for (std::size_t i = 0; i != all_rules().size(); ++i) {
        const rule& item = all_rules()[i];
        const auto judge = [&](element here) {
            complaint why;
            if (!item.holds(facts, here, why)) telling.tell(i, item.level, here, why);
        };
        if (item.on.how == context::kind::at_path) {
            item.on.from_root.each(facts.root, judge);
            continue;
        }
        for (const element each : facts.all)
            if (item.on.how == context::kind::any ||
                std::find(item.on.names.begin(), item.on.names.end(), each.is()) != item.on.names.end())
                judge(each);
    }
}

}  // namespace brygga::einvoice::svefaktura
